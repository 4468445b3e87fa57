import { powerMonitor } from 'electron'

export interface PowerListener {
  /** The machine woke, or its clock or its power may have changed: look at everything again. */
  readonly onChange: () => void
}

/** False where the system does not say. */
export const isOnBattery = (): boolean => powerMonitor.isOnBatteryPower()

/** Returns its end. */
export function watchPower({ onChange }: PowerListener): () => void {
  const events = ['resume', 'on-ac', 'on-battery', 'unlock-screen'] as const
  // Electron types each event on its own, though the listeners are alike.
  const monitor: NodeJS.EventEmitter = powerMonitor
  for (const event of events) monitor.on(event, onChange)
  return () => {
    for (const event of events) monitor.off(event, onChange)
  }
}
