import { exactMoney } from '../../shared/domain/moneyText.ts'
import type { ProviderId } from '../../shared/domain/ids.ts'
import type { Money } from '../../shared/domain/money.ts'
import { checkBudget, type BudgetAnswer, type PeriodScope } from './budget.ts'
import type { ClaimQuestion, ClaimRules } from './claim.ts'
import { inOrder, type JobRow } from './jobRow.ts'
import { periodEnd, type Periods } from './periods.ts'
import { nameOf } from './pickLane.ts'
import type { ClaimableBatch, JobTx } from './ports.ts'
import { routeHeldWords } from './routeHolds.ts'
import type { Blocked } from './whyWaiting.ts'

/** Unscaled ms. */
const CLOCK_AGAIN_MS = 2_000

/** A batch that jobs are taken from in this transaction. */
export interface OpenBatch {
  readonly batch: ClaimableBatch
  running: number
  /** Of its next job, as far as is known; it falls as the urgent ones are claimed. */
  priority: number
  /** Its next jobs, as they were read in this transaction. */
  ahead: JobRow[]
  /** How many are read at once. */
  readonly reads: number
  /** No cap counts for it, as was seen in this transaction. */
  isUncapped: boolean
}

export interface Turn {
  readonly entry: OpenBatch
  readonly provider: ProviderId
  /** See `claimPeriods`. */
  readonly periodsNow: () => Periods | null
}

/** A job that may be sent, with what is set aside for it. */
export interface Ready {
  readonly job: JobRow
  /** The job's own, or what it is now that prices have changed. */
  readonly estimate: Money | null
  readonly amount: Extract<BudgetAnswer, { kind: 'reserve' }>['amount']
  readonly periods: Periods
}

/** `lowerTo`: its next job is less urgent than was thought, so others come first. Writes nothing. */
export function nextOf(
  ctx: ClaimRules,
  { tx, now, window }: ClaimQuestion,
  { entry, provider, periodsNow }: Turn,
): Ready | Blocked | { readonly lowerTo: number } {
  const { batch } = entry
  const waits = whyBatchWaits({ window }, { ...batch, running: entry.running })
  if (waits !== null) return waits
  if (entry.ahead.length === 0)
    entry.ahead = [...tx.nextInBatch({ batchId: batch.id, provider, now, limit: entry.reads })]
  const [job] = entry.ahead
  if (job === undefined) {
    const at = tx.nextDueInBatch({ batchId: batch.id, provider })
    if (at !== null) return { why: 'later', until: at, detail: 'will be tried again' }
    const [held] = tx.heldRoutes({ batchId: batch.id, provider })
    return held === undefined
      ? { why: 'paused', until: null, detail: 'paused by you' }
      : { why: 'modelHeld', until: null, detail: routeHeldWords(held, nameOf(ctx, provider)) }
  }
  const stop = batch.stops ? tx.breakOf(batch.id) : null
  if (stop !== null && inOrder(stop, job) <= 0)
    return { why: 'breakPoint', until: null, detail: `stops before row ${stop.row} and asks you` }
  const priority = batch.ownPriority + job.priority
  if (priority < entry.priority) return { lowerTo: priority }
  const periods = periodsNow()
  if (periods === null) {
    const detail = `waits for an answer of ${nameOf(ctx, provider)}: its clock tells whether a new night or month has begun`
    return { why: 'clock', until: now + ctx.scaled(CLOCK_AGAIN_MS), detail }
  }
  // A cap is read anew for each job, since the last one used some of it; one that is not there stays so.
  const caps = entry.isUncapped ? [] : tx.caps(batch.id, periods)
  entry.isUncapped = caps.length === 0
  const estimate = estimateNow(ctx, tx, job)
  const answer = checkBudget({
    estimate,
    overrun: tx.overrun(job.route),
    caps,
    allowUnpriced: batch.allowUnpriced,
  })
  if (answer.kind !== 'reserve')
    return budgetBlock(answer, (scope) => {
      const over = periodEnd(scope, { now, period: periods[scope], timeZone: tx.timeZone() })
      // Work for the night goes on in a window, which may open later.
      const end = over !== null && batch.tonight && window !== null ? window.firstFrom(over) : over
      const most = tx.periodCap(scope)?.micros ?? Number.POSITIVE_INFINITY
      return end === null ? null : { end, most }
    })
  return { job, estimate, amount: answer.amount, periods }
}

/**
 * The price of the plan is asked again (money rule 18); one that is gone stays. Also where no cap stands:
 * one that is set later counts what was set aside before it.
 */
function estimateNow(ctx: ClaimRules, tx: JobTx, job: JobRow): Money | null {
  const { estimate } = job
  const now = ctx.priceNow(job, () => tx.requestIfReadable(job.id))
  const isSame = now?.micros === estimate?.micros && now?.currency === estimate?.currency
  return now === null || isSame ? estimate : now
}

/** Why nothing of a batch is sent now, whatever its jobs are. */
export function whyBatchWaits(
  { window }: Pick<ClaimQuestion, 'window'>,
  {
    paused,
    tonight,
    concurrency,
    running,
  }: Pick<ClaimableBatch, 'paused' | 'tonight' | 'concurrency' | 'running'>,
): Blocked | null {
  if (paused) return { why: 'batchPaused', until: null, detail: 'paused by you' }
  if (window !== null && tonight && !window.open)
    return { why: 'window', until: window.opensAt, detail: window.words }
  if (concurrency !== null && running >= concurrency)
    return {
      why: 'batchFull',
      until: null,
      detail: `${running} of this batch ${running === 1 ? 'runs' : 'run'}, its own limit`,
    }
  return null
}

/** When a cap counts anew, and what it is then: without what was allowed above it for this once. */
interface NextPeriod {
  readonly end: number
  /** Micros. */
  readonly most: number
}

function budgetBlock(
  answer: Exclude<BudgetAnswer, { kind: 'reserve' }>,
  nextOfScope: (scope: PeriodScope) => NextPeriod | null,
): Blocked {
  if (answer.kind === 'unpriced')
    return {
      why: 'unpriced',
      until: null,
      detail: `no price is known for this, and the ${answer.scope} has a cap`,
      scope: answer.scope,
    }
  const { scope, cap, nextMicros } = answer
  const { currency } = cap
  const next = scope === 'night' || scope === 'month' ? nextOfScope(scope) : null
  // What costs more than the whole cap does not fit into the next night either.
  const fits = next !== null && (nextMicros ?? 1) <= next.most
  const words = (micros: number): string => exactMoney({ micros, currency })
  return {
    why: 'cap',
    until: fits ? next.end : null,
    detail: `${scope} cap ${exactMoney(cap)} reached: ${words(answer.heldMicros)} spent or reserved, the next ${nextMicros === null ? 'has no price' : `needs ${words(nextMicros)}`}`,
    cap: { scope, cap, heldMicros: answer.heldMicros, nextMicros },
  }
}
