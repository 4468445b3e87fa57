import type { Money } from '../../../shared/domain/money.ts'
import { exactMoney } from '../../../shared/domain/moneyText.ts'
import type { ChargeRule } from '../../providers/spec.ts'
import type { QueueContext } from '../context.ts'
import { intentOf, type IntentId, type JobRow } from '../jobRow.ts'
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
 * currency, which no cap counts, stops it, too (money rules 18, 20).
 */
function noteOverrun(
  ctx: QueueContext,
  tx: JobTx,
  { job, charge, cost }: { job: JobRow; charge: Charge; cost: Money },
): void {
  const { estimate, credential } = job
  if (estimate === null || estimate.micros === 0 || cost.micros === 0) return
  const isOther = estimate.currency !== cost.currency
  const ratio = cost.micros / estimate.micros
  if (!isOther && ratio > tx.overrun(job.route)) tx.setOverrun(job.route, ratio)
  if ((!isOther && cost.micros <= charge.reservedMicros) || credential === null) return
  const mend = isOther
    ? `No cap counts that. Give ${job.modelName} a price in ${cost.currency}, then resume the lane.`
    : 'Check the price, then resume the lane.'
  tx.setLane(job.provider, credential, {
    needsPerson: true,
    heldReason: {
      kind: 'quota',
      code: 'CHARGED_MORE',
      message: `${ctx.providers.get(job.provider)?.name ?? job.provider} charged ${exactMoney(cost)} for ${job.modelName} where ${exactMoney(estimate)} was expected. ${mend}`,
    },
  })
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
