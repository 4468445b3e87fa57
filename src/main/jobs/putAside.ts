import type { NeedsYouAction } from '../../shared/domain/job.ts'
import { advance } from './advance.ts'
import type { QueueContext } from './context.ts'
import type { JobRow } from './jobRow.ts'
import { settleBroken } from './steps/answer.ts'
import { isStoreError } from './storeError.ts'

/** An error as the log keeps it. */
export const saying = (error: unknown) => ({
  error: error instanceof Error ? (error.stack ?? error.message) : String(error),
})

/** A step threw: a bug of ours. Where money may stand open, the job waits for a person with what is known. */
export async function putAside(ctx: QueueContext, job: JobRow, error: unknown): Promise<void> {
  ctx.log.error({ jobId: job.id, step: job.step, ...saying(error) }, 'a step broke')
  await advance(ctx, job, (tx, now) => {
    if (now.status !== 'running') return null
    // That this is written shows that it is mended; looks and downloads begin where they were.
    if (isStoreError(error) && now.step !== 'submit') return { type: 'recovered' }
    // The clip lies there whole: it does not fail for want of a poster.
    if (now.step === 'finish') return { type: 'finished' }
    const isSent = now.intentId !== null && tx.intent(now.intentId) !== null
    if (now.step === 'submit') settleBroken(ctx, tx, now)
    const isUnpaid = now.operation === null && !tx.mayBeCharged(now)
    return {
      type: 'needsYou',
      note: {
        code: 'internalError',
        message: `A fault in Dailies stopped this job while it was in ${now.step}. ${isUnpaid ? 'Nothing of it is charged' : 'Nothing was sent again'}. Send a report from Settings, then decide.`,
        evidence: [
          String(error),
          ...(now.operation === null ? [] : [`operation ${now.operation.id}`]),
        ],
        actions: [...waysOn(now, isSent), 'sendAgain', 'giveUp'],
        isUnpaid,
      },
    }
  })
}

/** To what was paid for: an operation that is known is looked at again, one whose answer was lost may be named. */
const waysOn = ({ operation }: JobRow, isSent: boolean): readonly NeedsYouAction[] =>
  operation === null ? (isSent ? ['adopt'] : []) : ['retryDownload']
