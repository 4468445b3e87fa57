import type { Ended } from '../helpers/engineChild.ts'
import type { HostedId } from '../helpers/providerBench.ts'
import { openLab, type LabResult } from './lab.ts'
import { unmount, type Trouble } from './troubles.ts'

/** An engine that has not come to its end by then hangs. */
const LONGEST_MS = 120_000

/** Plays one trouble on one provider; null: this machine does not permit it. */
export async function playTrouble(
  trouble: Trouble,
  { provider, jobs }: { readonly provider: HostedId; readonly jobs: number },
): Promise<LabResult | null> {
  const { settings = {}, faults = [], meanwhile, orders, capMicros, host, expects } = trouble
  const cap = capMicros === undefined ? null : { micros: capMicros, currency: 'USD' }
  const lab = await openLab({ provider, jobs, settings, cap, host })
  try {
    for (const fault of faults) await lab.server.fault(fault)
    const engine = lab.start(orders)
    const timer = setTimeout(() => void engine.child.kill('SIGKILL'), LONGEST_MS)
    await engine.seen('opened')
    const isPlayed = meanwhile === undefined ? undefined : await meanwhile(lab, engine)
    if (isPlayed === null) engine.child.kill('SIGKILL')
    const last: Ended = await engine.ended
    clearTimeout(timer)
    if (isPlayed === null) return null
    const result = await lab.result(last)
    const unmet = expects?.(result) ?? null
    return unmet === null ? result : { ...result, problems: [...result.problems, unmet] }
  } finally {
    unmount(lab)
    await lab.close()
  }
}
