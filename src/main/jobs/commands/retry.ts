import type { JobId } from '../../../shared/domain/ids.ts'
import type { JobTarget, RetryReport } from '../../engine.ts'
import { persist } from '../advance.ts'
import type { QueueContext } from '../context.ts'
import type { JobRow } from '../jobRow.ts'
import { jobEventView } from '../jobView.ts'
import type { JobTx } from '../ports.ts'
import { rowsOf } from './targets.ts'

export async function retry(ctx: QueueContext, target: JobTarget): Promise<RetryReport> {
  const at = ctx.clock.now()
  const report = await persist(ctx, (tx) => {
    const jobIds: JobId[] = []
    const skipped: { jobId: JobId; why: string }[] = []
    const events = []
    for (const job of rowsOf(tx, target, { retryable: true })) {
      const why = whyNotRetry(tx, job)
      if (why !== null) {
        skipped.push({ jobId: job.id, why })
        continue
      }
      const id = ctx.chance.newId('job')
      events.push(jobEventView(tx, tx.cloneJob(job.id, { id, at, asRetry: true })).event)
      jobIds.push(id)
    }
    return { jobIds, skipped, events }
  })
  for (const event of report.events) ctx.emit(event)
  return report
}

/** Bulk retry skips what has unsettled money (money rule 7). */
function whyNotRetry(tx: JobTx, job: JobRow): string | null {
  if (job.status !== 'failed' && job.status !== 'cancelled')
    return `It is ${job.status}; only failed and cancelled jobs are retried.`
  if (tx.retriedBy(job.id) !== null) return 'It was retried already.'
  const intent = job.intentId === null ? null : tx.intent(job.intentId)
  if (intent?.outcome === 'open' || (intent?.outcome === 'unknown' && intent.nextLookAt !== null))
    return 'Its last request may have been charged and is still looked for. Run its row again instead if that is what you want.'
  // Made again from the journal, which keeps no fields: what would be sent is not what was asked.
  if (Object.keys(tx.request(job.id).fields).length === 0)
    return 'Its request is not known in full. Run its row again instead.'
  return null
}
