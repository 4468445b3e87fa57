import type { JobId } from '../../shared/domain/ids.ts'
import { transition, type JobEvent } from './jobMachine.ts'
import { jobEventView } from './jobView.ts'
import { isStoreError } from './storeError.ts'
import type { JobRow } from './jobRow.ts'
import type { QueueContext } from './context.ts'
import type { JobTx } from './ports.ts'

/**
 * Takes the job as it stands now, lets `decide` name what happened, writes the change and announces it
 * once it is on disk. `decide` may write other tables in the same transaction; null changes nothing.
 */
export async function advance(
  ctx: QueueContext,
  which: JobRow | JobId,
  decide: (tx: JobTx, job: JobRow) => JobEvent | null,
): Promise<JobRow> {
  const done = await persist(ctx, (tx) => {
    const job = typeof which === 'string' ? mustHave(tx, which) : tx.current(which)
    const event = decide(tx, job)
    if (event === null) return { job, view: null }
    const changed = applyEvent(tx, { job, at: ctx.clock.now() }, event)
    return { job: changed, view: jobEventView(tx, changed) }
  })
  if (done.view !== null) tell(ctx, done.view)
  return done.job
}

function tell(ctx: QueueContext, { event, needs }: ReturnType<typeof jobEventView>): void {
  ctx.emit(event)
  if (needs !== undefined) ctx.emit(needs)
}

/** One transition inside a transaction that is already open. */
export function applyEvent(
  tx: JobTx,
  { job, at }: { readonly job: JobRow; readonly at: number },
  event: JobEvent,
): JobRow {
  if ('error' in event && event.error !== undefined && event.type !== 'missed')
    tx.addAttempt(job, event.error, at)
  return tx.patchJob(job, transition(job, event, at))
}

const RETRY_WRITE_MS = 2_000
const TRIES_AFTER_STOP = 3

/**
 * A write that must not be lost: when the disk is full or the database is locked, claims halt and the
 * write is tried again until it is on disk. The journal holds the same facts meanwhile. An engine that
 * stops does not wait for that: what its journal knows, the next start finds. Rows that could not be read
 * are announced as what waits for the person.
 */
export async function persist<T>(ctx: QueueContext, fn: (tx: JobTx) => T): Promise<T> {
  let asked: readonly ReturnType<typeof jobEventView>[] = []
  for (let afterStop = 0; ; afterStop += ctx.signal.aborted ? 1 : 0) {
    try {
      const value = await ctx.store.write((tx) => {
        const done = fn(tx)
        asked = tx.askedAbout().map((job) => jobEventView(tx, job))
        return done
      })
      for (const view of asked) tell(ctx, view)
      return value
    } catch (error) {
      if (!isStoreError(error) || afterStop >= TRIES_AFTER_STOP) throw error
      ctx.halt({
        code: error.code === 'diskFull' ? 'diskFull' : 'databaseUnavailable',
        message: error.message,
      })
      ctx.log.warn({ code: error.code }, 'a write to the database failed; trying again')
      await new Promise<void>((resolve) => ctx.clock.after(ctx.scaled(RETRY_WRITE_MS), resolve))
    }
  }
}

function mustHave(tx: JobTx, id: JobId): JobRow {
  const job = tx.job(id)
  if (job === null) throw new TypeError(`${id} is not in the database`)
  return job
}
