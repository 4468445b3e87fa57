import type { BatchId } from '../../shared/domain/ids.ts'
import type { JobView } from '../../shared/domain/job.ts'
import type { EngineEvent } from '../engine.ts'

export interface NightWatchOptions {
  /** True for work whose end ends a night: run "tonight", or anything while no windows are set. */
  readonly isNightWork: (batchId: BatchId) => boolean
  /** Everything is paused by the person: the night is not over. */
  readonly isPaused: () => boolean
  readonly after: (ms: number, fn: () => void) => () => void
  /** The work of a night is done, or can go no further. */
  readonly onEnded: () => void
  /** There is work again. */
  readonly onWork: () => void
}

/** Long enough that a pause between two jobs is no end. */
const QUIET_MS = 2_000

/** What is needed of the engine's events. */
type Told =
  | { readonly type: 'job'; readonly job: Pick<JobView, 'status' | 'batchId' | 'error'> }
  | Exclude<EngineEvent, { type: 'job' }>

/** A look in vain is none, nor is what a person ends. */
const isWork = ({ status, error }: Pick<JobView, 'status' | 'error'>): boolean =>
  status === 'succeeded' || (status === 'running' && error === null)

/** Finds the end of a night in what the engine tells: something was worked on, and nothing goes on. */
export function createNightWatch(options: NightWatchOptions): (event: Told) => void {
  const { isNightWork, isPaused, after, onEnded, onWork } = options
  let hasWorked = false
  let cancel = (): void => {}
  const end = (): void => {
    if (isPaused()) return
    hasWorked = false
    onEnded()
  }
  return (event) => {
    if (event.type === 'job') {
      if (isWork(event.job)) hasWorked ||= isNightWork(event.job.batchId)
      return
    }
    if (event.type !== 'rest') return
    cancel()
    cancel = () => {}
    if (event.rest === 'working') onWork()
    else if (hasWorked) cancel = after(QUIET_MS, end)
  }
}
