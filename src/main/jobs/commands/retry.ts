import type { JobId } from '../../../shared/domain/ids.ts'
import type { RetryReport } from '../../../shared/ipc/reports.ts'
import type { RetryTarget } from '../../engine.ts'
import { persist } from '../advance.ts'
import type { QueueContext } from '../context.ts'
import type { JobRow } from '../jobRow.ts'
import type { JobCopy } from '../copyPort.ts'
import type { JobTx } from '../ports.ts'
import { announce } from './announce.ts'
import { NOT_COPIED } from './change.ts'
import { retriedRows } from './targets.ts'
import type { UndoStack } from './undo.ts'

export const IN_DOUBT =
  'Its last request may have been charged and is still looked for. Sending it again may pay twice.'

/** Each as a new job in the place of the old one. */
export async function retry(
  ctx: QueueContext,
  stack: UndoStack,
  { target, despiteDoubt }: { readonly target: RetryTarget; readonly despiteDoubt: boolean },
): Promise<RetryReport> {
  const at = ctx.clock.now()
  const { made, skipped } = await persist(ctx, (tx) => {
    const copies: JobCopy[] = []
    const { rows, unread } = retriedRows(tx, target)
    const left: { jobId: JobId; why: string; inDoubt: boolean }[] = unread.map((one) => ({
      ...one,
      inDoubt: false,
    }))
    const ids = rows.map(({ id }) => id)
    const [notCopied, retried] = [tx.notCopied(ids), tx.retriedAmong(ids)]
    for (const job of rows) {
      const why = retried.has(job.id)
        ? 'It was retried already.'
        : (whyNotRetry(tx, job, despiteDoubt) ?? (notCopied.has(job.id) ? NOT_COPIED : null))
      if (why !== null)
        left.push({ jobId: job.id, why, inDoubt: why === IN_DOUBT && !isSending(tx, job) })
      else copies.push({ of: job.id, id: ctx.chance.newId('job'), at, asRetry: true })
    }
    return { made: tx.cloneJobs(copies), skipped: left }
  })
  announce(ctx, { jobs: made })
  const undo = stack.add(made.map(({ id }) => ({ kind: 'made', id })))
  return { jobIds: made.map(({ id }) => id), skipped, undo }
}

/**
 * Bulk retry skips what has unsettled money (money rule 7). A person who was told that it may pay twice
 * may insist, once nothing is being sent any more; the lost answer is watched for all the same.
 */
function whyNotRetry(tx: JobTx, job: JobRow, despiteDoubt: boolean): string | null {
  if (job.status !== 'failed' && job.status !== 'cancelled')
    return `It is ${job.status}; only failed and cancelled jobs are retried.`
  const intent = job.intentId === null ? null : tx.intent(job.intentId)
  const isWatched = intent?.outcome === 'unknown' && intent.nextLookAt !== null
  if (isSending(tx, job) || (isWatched && !despiteDoubt)) return IN_DOUBT
  return null
}

/** Nobody may insist while it is on its way. */
const isSending = (tx: JobTx, { intentId }: JobRow): boolean =>
  intentId !== null && tx.intent(intentId)?.outcome === 'open'
