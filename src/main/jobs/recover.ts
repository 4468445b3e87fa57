import type { JobError } from '../../shared/domain/errors.ts'
import { applyEvent, persist } from './advance.ts'
import type { QueueContext } from './context.ts'
import type { ProviderId } from '../../shared/domain/ids.ts'
import { intentOf, type IntentId } from './jobRow.ts'
import type { JobTx, OrphanRow } from './ports.ts'
import { recover } from './recovery.ts'
import { unknownPatch } from './steps/answer.ts'
import { releaseUnsent } from './steps/charges.ts'

/** Nothing of ours waits longer; what does was written before the clock was set back. Unscaled ms. */
const LONGEST_WAIT_MS = 2 * 3_600_000

/** At start: every job that an earlier engine run held is put back, settled or goes on. Returns how many. */
export async function recoverOrphans(ctx: QueueContext): Promise<number> {
  return persist(ctx, (tx) => {
    const now = ctx.clock.now()
    tx.bringForward({ now, latest: now + ctx.scaled(LONGEST_WAIT_MS) })
    for (const { id, provider } of tx.openIntents()) settleLost(ctx, tx, { id, provider })
    const orphans = tx.orphans(ctx.run)
    for (const orphan of orphans) recoverOne(ctx, tx, orphan)
    return orphans.length
  })
}

const LOST: JobError = {
  kind: 'unknown',
  code: 'STOPPED_WHILE_SENDING',
  message: 'Dailies stopped between sending this request and reading its answer.',
}

/** Whether or not the row of its job can be read: what may be paid for is looked for. */
function settleLost(
  ctx: QueueContext,
  tx: JobTx,
  { id, provider }: { readonly id: IntentId; readonly provider: ProviderId },
): void {
  const at = ctx.clock.now()
  const paid = ctx.providers.get(provider)?.traits.paid ?? true
  tx.updateIntent(id, unknownPatch(ctx, { at, error: LOST, paid }))
  tx.settleCharge(id, { state: 'indeterminate', amount: null, at })
}

function recoverOne(ctx: QueueContext, tx: JobTx, { job, intent }: OrphanRow): void {
  const now = ctx.clock.now()
  const intentId = intentOf(job)
  switch (recover({ step: job.step, hasOperation: job.operation !== null, intent })) {
    case 'goOn':
      applyEvent(tx, { job, at: now }, { type: 'recovered' })
      return
    case 'putBack':
      releaseUnsent(tx, intentId, now)
      applyEvent(tx, { job, at: now }, { type: 'putBack', runAt: now })
      return
    case 'settle': {
      if (intent === 'accepted') settleLost(ctx, tx, { id: intentId, provider: job.provider })
      applyEvent(tx, { job, at: now }, { type: 'submitUnknown', error: LOST })
    }
  }
}
