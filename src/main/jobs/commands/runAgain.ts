import type { RouteRequest } from '../../../shared/domain/generation.ts'
import type { JobId } from '../../../shared/domain/ids.ts'
import type { RunAgainWish, RunAgainReport } from '../../engine.ts'
import { persist } from '../advance.ts'
import type { QueueContext } from '../context.ts'
import type { JobRow } from '../jobRow.ts'
import { jobEventView } from '../jobView.ts'
import type { JobCopy, JobTx } from '../ports.ts'
import { whyNotCopied } from './change.ts'

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
    const seeds: RunAgainWish['newSeed'][] = []
    const skipped: { jobId: JobId; why: string }[] = []
    for (const { jobId, newSeed } of wishes) {
      const job = tx.job(jobId)
      const why = job === null ? 'It is not there any more.' : whyNotCopied(tx, job)
      if (why !== null) {
        skipped.push({ jobId, why })
        continue
      }
      copies.push({ of: jobId, id: ctx.chance.newId('job'), at, asRetry: false, asNextTake: true })
      seeds.push(newSeed)
    }
    const rows = tx.cloneJobs(copies)
    const events = rows.map((row, index) => {
      const newSeed = seeds[index] ?? null
      const own = newSeed === null ? row : reseed(ctx, tx, { row, field: newSeed.field })
      return jobEventView(tx, own).event
    })
    return { jobIds: rows.map(({ id }) => id), skipped, events }
  })
  for (const event of report.events) ctx.emit(event)
  return { jobIds: report.jobIds, skipped: report.skipped }
}

function reseed(
  ctx: QueueContext,
  tx: JobTx,
  { row, field }: { readonly row: JobRow; readonly field: string | null },
): JobRow {
  const asked = tx.jobRequest(row.id)
  const seed = Math.floor(ctx.chance.random() * MOST_SEED)
  return tx.replaceRequest(row.id, { ...asked, request: withSeed(asked.request, field, seed) })
}

/** A route without a seed draws its own at each run. */
function withSeed(request: RouteRequest, field: string | null, seed: number): RouteRequest {
  if (field === null) return request
  return {
    ...request,
    fields: { ...request.fields, [field]: seed },
    expect: { ...request.expect, seed },
  }
}
