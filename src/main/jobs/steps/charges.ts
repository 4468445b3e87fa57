import type { Money } from '../../../shared/domain/money.ts'
import { exactMoney } from '../../../shared/domain/moneyText.ts'
import type { ChargeRule } from '../../providers/spec.ts'
import type { QueueContext } from '../context.ts'
import { CHARGED_MORE, holdLane } from '../laneHolds.ts'
import { intentOf, type IntentId, type JobRow } from '../jobRow.ts'
import { periodsAt } from '../periods.ts'
import type { Charge, JobTx } from '../ports.ts'

/** The render was delivered: the provider's own figure, else the estimate, marked so. */
export function confirmCharge(
  ctx: QueueContext,
  tx: JobTx,
  { job, cost }: { job: JobRow; cost: Money | undefined },
): void {
  const amount = cost ?? job.estimate ?? reservedAmount(tx, job)
  const charge = tx.settleCharge(intentOf(job), {
    state: 'confirmed',
    amount,
    at: ctx.clock.now(),
  })
  if (charge !== null && cost !== undefined) noteOverrun(ctx, tx, { job, charge, cost })
  if (charge !== null) writeLedgerLine(ctx, charge)
}

function reservedAmount(tx: JobTx, job: JobRow): Money | null {
  const charge = tx.charge(intentOf(job))
  return charge === null ? null : { ...charge.money, estimated: true }
}

/**
 * The render ended without a delivery. Release only on evidence of no charge (money rule 18).
 * @returns true when something was or may have been charged
 */
export function endCharge(
  ctx: QueueContext,
  tx: JobTx,
  { job, cost, rule }: { job: JobRow; cost: Money | undefined; rule: ChargeRule },
): boolean {
  const intentId = intentOf(job)
  const at = ctx.clock.now()
  const free = cost === undefined ? rule === 'nothing' : cost.micros === 0
  const charge = free
    ? tx.settleCharge(intentId, { state: 'released', amount: null, at })
    : cost !== undefined
      ? tx.settleCharge(intentId, { state: 'confirmed', amount: cost, at })
      : tx.settleCharge(
          intentId,
          rule === 'full'
            ? { state: 'confirmed', amount: job.estimate, at }
            : { state: 'indeterminate', amount: null, at },
        )
  if (charge !== null && cost !== undefined) noteOverrun(ctx, tx, { job, charge, cost })
  if (charge !== null) writeLedgerLine(ctx, charge)
  return !free
}

/** The create surely made nothing. No ledger line: the journal tells it by the outcome, or never heard of it. */
export function releaseUnsent(tx: JobTx, intentId: IntentId, at: number): void {
  tx.settleCharge(intentId, { state: 'released', amount: null, at })
}

/**
 * A bill above the reservation stops the lane and raises every later reservation; one in another
 * currency, which a cap cannot count, stops it, too (money rules 18, 20).
 */
function noteOverrun(
  ctx: QueueContext,
  tx: JobTx,
  { job, charge, cost }: { job: JobRow; charge: Charge; cost: Money },
): void {
  const { estimate: price } = job
  if (cost.micros === 0) return
  const isPriced = price !== null && price.currency === cost.currency
  const ratio = isPriced && price.micros > 0 ? cost.micros / price.micros : 1
  if (ratio > tx.overrun(job.route)) tx.setOverrun(job.route, ratio)
  const stops = isPriced ? cost.micros > charge.reservedMicros : isUncounted(ctx, tx, { job, cost })
  if (!stops) return
  const mend = isPriced
    ? 'Check the price, then resume the lane.'
    : `A cap that stands does not count that. Give ${job.modelName} a price in ${cost.currency}, then resume the lane.`
  const expected = price === null ? 'which has no price' : `where ${exactMoney(price)} was expected`
  holdLane(tx, job, {
    needsPerson: true,
    heldReason: {
      kind: 'quota',
      code: CHARGED_MORE,
      message: `${ctx.providers.get(job.provider)?.name ?? job.provider} charged ${exactMoney(cost)} for ${job.modelName}, ${expected}. ${mend}`,
    },
  })
}

/**
 * A cap stands that does not count the bill: one in another currency, or any where the ledger holds the
 * price in its own. The currency of a cap does not change with its period: any will do.
 */
function isUncounted(
  ctx: QueueContext,
  tx: JobTx,
  { job, cost }: { readonly job: JobRow; readonly cost: Money },
): boolean {
  const holdsPrice = job.estimate !== null && job.estimate.micros > 0
  const caps = tx.caps(job.batchId, periodsAt(ctx.clock.now(), tx.timeZone()))
  return caps.some(({ cap }) => holdsPrice || cap.currency !== cost.currency)
}

/** The journal follows the ledger; a line that is lost here is written again by the next merge. */
function writeLedgerLine(ctx: QueueContext, charge: Charge): void {
  const line = {
    intentId: charge.intentId,
    state: charge.state,
    money: charge.money,
    at: ctx.clock.now(),
  }
  ctx.journal
    .ledger(line)
    .catch((error: unknown) =>
      ctx.log.warn({ error: String(error) }, 'a ledger line did not reach the journal'),
    )
}
