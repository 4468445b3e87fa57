import type { JobId } from '../../../shared/domain/ids.ts'
import type { RunAgainWish, RunAgainReport } from '../../engine.ts'
import { persist } from '../advance.ts'
import type { QueueContext } from '../context.ts'
import { jobEventView } from '../jobView.ts'
import type { JobCopy } from '../copyPort.ts'
import { NOT_COPIED } from './change.ts'

/** What every provider accepts. */
const MOST_SEED = 0x7fffffff

/**
 * Further takes of jobs that ran: new jobs in the same batch, under its cap, as the next take of their
 * prompt. Each is a create of its own, asked for by the person.
 */
export async function runAgain(
  ctx: QueueContext,
  wishes: readonly RunAgainWish[],
): Promise<RunAgainReport> {
  const at = ctx.clock.now()
  const report = await persist(ctx, (tx) => {
    const copies: JobCopy[] = []
    const skipped: { jobId: JobId; why: string }[] = []
    const ids = [...new Set(wishes.map(({ jobId }) => jobId))]
    const known = new Set(tx.jobs(ids).map(({ id }) => id))
    const notCopied = tx.notCopied(ids)
    for (const { jobId, newSeed } of wishes) {
      if (!known.has(jobId)) skipped.push({ jobId, why: 'It is not there any more.' })
      else if (notCopied.has(jobId)) skipped.push({ jobId, why: NOT_COPIED })
      else copies.push(nextTake(ctx, { jobId, newSeed, at }))
    }
    const rows = tx.cloneJobs(copies)
    const events = rows.map((row) => jobEventView(tx, row).event)
    return { jobIds: rows.map(({ id }) => id), skipped, events }
  })
  for (const event of report.events) ctx.emit(event)
  return { jobIds: report.jobIds, skipped: report.skipped }
}

function nextTake(
  ctx: QueueContext,
  { jobId, newSeed, at }: RunAgainWish & { at: number },
): JobCopy {
  const copy = { of: jobId, id: ctx.chance.newId('job'), at, asRetry: false, asNextTake: true }
  const field = newSeed?.field ?? null
  // A route without a seed draws its own at each run.
  if (field === null) return copy
  return { ...copy, reseed: { field, seed: Math.floor(ctx.chance.random() * MOST_SEED) } }
}
