import type { RouteRequest } from '../../../shared/domain/generation.ts'
import type { JobId } from '../../../shared/domain/ids.ts'
import type { RunAgainWish, RunAgainReport } from '../../engine.ts'
import { persist } from '../advance.ts'
import type { QueueContext } from '../context.ts'
import { jobEventView } from '../jobView.ts'
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
    const jobIds: JobId[] = []
    const skipped: { jobId: JobId; why: string }[] = []
    const events = []
    for (const { jobId, newSeed } of wishes) {
      const job = tx.job(jobId)
      const why = job === null ? 'It is not there any more.' : whyNotCopied(tx, job)
      if (why !== null) {
        skipped.push({ jobId, why })
        continue
      }
      const id = ctx.chance.newId('job')
      let row = tx.cloneJob(jobId, { id, at, asRetry: false, asNextTake: true })
      if (newSeed !== null) {
        const asked = tx.jobRequest(id)
        const seed = Math.floor(ctx.chance.random() * MOST_SEED)
        const request = withSeed(asked.request, newSeed.field, seed)
        row = tx.replaceRequest(id, { ...asked, request })
      }
      events.push(jobEventView(tx, row).event)
      jobIds.push(id)
    }
    return { jobIds, skipped, events }
  })
  for (const event of report.events) ctx.emit(event)
  return { jobIds: report.jobIds, skipped: report.skipped }
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
