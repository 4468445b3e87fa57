import { nextEdge, type NightWindow } from '../../shared/schedule/nightWindow.ts'
import type { WindowNow } from './claim.ts'
import type { QueueContext } from './context.ts'
import { advance } from './advance.ts'
import type { JobRow } from './jobRow.ts'
import { callFor } from './steps/callFor.ts'

/** The night windows as the engine asks for them. */
export interface NightWindows {
  /** By the clock on the wall. */
  view(): NightWindow
  /** @param now the engine's own time, in which the answer is given */
  at(now: number): WindowNow | null
  /** What becomes of what runs when a window closes. */
  atEnd(): 'finish' | 'stopFree'
}

/** Kept with the job until it waits for its next window. */
const STOPPED = 'Stopped at the end of the night window; it runs again in the next one.'

/** Timers of Node overflow above 2^31 ms, and the clock on the wall may be changed meanwhile. */
const LONGEST_WAIT_MS = 3_600_000

/** Watches the windows open and close. */
export interface WindowWatch {
  /** The plan or the clock changed: look now. */
  look(): void
  stop(): void
}

interface WatchOptions {
  readonly windows: NightWindows
  /** Epoch ms by the clock on the wall. */
  readonly wallNow: () => number
  readonly wake: () => void
}

/** One timer to the next edge; none when windows never change. Says each change once. */
export function watchWindows(ctx: QueueContext, options: WatchOptions): WindowWatch {
  const { windows, wallNow, wake } = options
  let kind = windows.view().kind
  let cancelTimer = (): void => {}
  const look = (): void => {
    cancelTimer()
    const window = windows.view()
    const wasOpen = kind === 'open' || kind === 'closing'
    if (window.kind !== kind) {
      kind = window.kind
      ctx.emit({ type: 'window', kind })
      wake()
      if (wasOpen && kind === 'closed' && windows.atEnd() === 'stopFree')
        void stopFree(ctx).then(wake)
    }
    const edge = nextEdge(window)
    if (edge === null) return
    const wait = Math.min(Math.max(1, edge - wallNow()), LONGEST_WAIT_MS)
    cancelTimer = ctx.clock.after(wait, look)
  }
  look()
  return { look, stop: () => cancelTimer() }
}

/** Stops renders of the night where a stopped one surely costs nothing; they wait for the next window. */
async function stopFree(ctx: QueueContext): Promise<void> {
  const tell = (error: unknown): void =>
    ctx.log.error({ error: String(error) }, 'a render of the night could not be stopped')
  try {
    const jobs = ctx.store.read((tx) =>
      tx
        .jobsOf('all', { running: true })
        .filter((job) => job.step === 'poll' && !job.cancelRequested)
        .filter((job) => tx.batch(job.batchId)?.tonight === true),
    )
    await Promise.all(jobs.map((job) => stopOne(ctx, job).catch(tell)))
  } catch (error) {
    tell(error)
  }
}

async function stopOne(ctx: QueueContext, job: JobRow): Promise<void> {
  const provider = ctx.providers.get(job.provider)
  if (provider?.cancel === undefined || provider.traits.charges.cancelled !== 'nothing') return
  const keyed = callFor(ctx, job)
  if (job.operation === null || !keyed.ok) return
  const outcome = await provider.cancel(job.operation, keyed.value.call)
  if (outcome.kind !== 'requested') return
  await advance(ctx, job, (_tx, now) =>
    now.status === 'running' && now.step === 'poll' && !now.cancelRequested
      ? { type: 'cancelSent', note: STOPPED }
      : null,
  )
}
