import { powerSaveBlocker } from 'electron'

/** Keeps the system from sleeping (the screen may) exactly as long as it is told to. */
export interface KeepAwake {
  set(awake: boolean): void
}

export function createKeepAwake(): KeepAwake {
  let id: number | null = null
  return {
    set(awake) {
      if (awake && id === null) id = powerSaveBlocker.start('prevent-app-suspension')
      if (!awake && id !== null) {
        powerSaveBlocker.stop(id)
        id = null
      }
    },
  }
}
