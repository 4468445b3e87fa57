import type { Cap } from '../../../shared/domain/batch.ts'
import type { BatchId } from '../../../shared/domain/ids.ts'
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

export async function setBatchCap(
  ctx: QueueContext,
  batchId: BatchId,
  cap: Cap | null,
): Promise<void> {
  await persist(ctx, (tx) => tx.setBatch(batchId, { cap }))
  ctx.emit({ type: 'batch', batchId })
}

/** Never by how much more: two answers to one question must not add up. */
export async function answerCap(
  ctx: QueueContext,
  answer: CapAnswer,
): Promise<Result<void, Refusal>> {
  const done = await persist(ctx, (tx) => allowUpTo(ctx, tx, answer))
  if (done.ok) ctx.emit({ type: 'lanes' })
  return done
}

function allowUpTo(
  ctx: QueueContext,
  tx: JobTx,
  { scope, how, upTo }: CapAnswer,
): Result<void, Refusal> {
  const cap = tx.periodCap(scope)
  if (cap === null) return err(NO_CAP)
  const { currency } = cap
  if (currency !== upTo.currency) return err(otherCurrency(currency))
  const now = Math.max(ctx.clock.now(), tx.storedClock() ?? 0)
  const period = periodsAt(now, tx.timeZone())[scope]
  const micros = upTo.micros - cap.micros - tx.capExtra({ scope, period, currency })
  if (micros <= 0) return ok(undefined)
  if (how === 'raise') tx.setPeriodCap(scope, { currency, micros: cap.micros + micros })
  else tx.addCapExtra({ scope, period, currency, micros })
  return ok(undefined)
}

const NO_CAP: Refusal = {
  code: 'noCap',
  message: 'There is no such cap any more.',
}

const otherCurrency = (currency: string): Refusal => ({
  code: 'otherCurrency',
  message: `The cap is in ${currency} now. Look at it once more, then decide.`,
})
