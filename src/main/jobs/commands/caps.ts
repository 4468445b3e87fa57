import type { BatchId } from '../../../shared/domain/ids.ts'
import type { Cap } from '../../../shared/domain/batch.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import type { CapAnswer, PeriodScope, Refusal } from '../../engine.ts'
import { persist } from '../advance.ts'
import type { QueueContext } from '../context.ts'
import { periodsAt } from '../periods.ts'
import type { JobTx } from '../ports.ts'

/** The zone of a cap is the one in which the first was set: a journey moves no month (money rule 19). */
export async function setPeriodCap(
  ctx: QueueContext,
  scope: PeriodScope,
  cap: Cap | null,
): Promise<void> {
  await persist(ctx, (tx) => tx.setPeriodCap(scope, cap))
  ctx.emit({ type: 'lanes' })
}

/** What a person decided about a cap that holds jobs back. */
export async function answerCap(
  ctx: QueueContext,
  answer: CapAnswer,
): Promise<Result<void, Refusal>> {
  const done = await persist(ctx, (tx) => answerIn(ctx, tx, answer))
  if (done.ok) ctx.emit({ type: 'lanes' })
  if (done.ok && 'batchId' in answer) ctx.emit({ type: 'batch', batchId: answer.batchId })
  return done
}

function answerIn(ctx: QueueContext, tx: JobTx, answer: CapAnswer): Result<void, Refusal> {
  if (answer.how === 'stop') {
    tx.setBatch(answer.batchId, { paused: true })
    return ok(undefined)
  }
  return answer.scope === 'batch' ? raiseBatch(tx, answer) : raisePeriod(ctx, tx, answer)
}

function raiseBatch(
  tx: JobTx,
  { batchId, byMicros }: { readonly batchId: BatchId; readonly byMicros: number },
): Result<void, Refusal> {
  const cap = tx.batch(batchId)?.cap ?? null
  if (cap === null) return err(NO_CAP)
  tx.setBatch(batchId, { cap: { ...cap, micros: cap.micros + byMicros } })
  return ok(undefined)
}

function raisePeriod(
  ctx: QueueContext,
  tx: JobTx,
  { scope, how, byMicros }: Extract<CapAnswer, { scope: PeriodScope }>,
): Result<void, Refusal> {
  const cap = tx.periodCap(scope)
  if (cap === null) return err(NO_CAP)
  if (how === 'raise') tx.setPeriodCap(scope, { ...cap, micros: cap.micros + byMicros })
  else {
    const now = Math.max(ctx.clock.now(), tx.storedClock() ?? 0)
    const period = periodsAt(now, tx.timeZone())[scope]
    tx.addCapExtra({ scope, period, currency: cap.currency, micros: byMicros })
  }
  return ok(undefined)
}

const NO_CAP: Refusal = {
  code: 'noCap',
  message: 'There is no such cap any more.',
}
