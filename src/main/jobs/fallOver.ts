import type { BatchId, ProviderId, RouteId } from '../../shared/domain/ids.ts'
import type { JobRequest } from '../../shared/domain/job.ts'
import type { Money } from '../../shared/domain/money.ts'
import { formatMoney } from '../../shared/domain/moneyText.ts'
import { derivedSeed } from '../../shared/normalise/seeds.ts'
import { checkBudget } from './budget.ts'
import { claimJobs, type BlockedPart, type ClaimQuestion, type ClaimReport } from './claim.ts'
import { claimPeriods } from './claimPeriods.ts'
import { whyBatchWaits } from './nextOf.ts'
import { whyNotEdit } from './commands/whyNotEdit.ts'
import type { OtherWay, QueueContext } from './context.ts'
import { inOrder, type JobRow } from './jobRow.ts'
import { laneDown } from './laneDown.ts'
import type { ClaimableBatch } from './ports.ts'
import { nameOf, pickLane } from './pickLane.ts'
import { PAUSED_ROUTE } from './routeHolds.ts'
import { joined, waitsForPerson, type Blocked } from './whyWaiting.ts'

export interface FallOverReport extends ClaimReport {
  /** Jobs that go another way now and wait for their turn there; the others are among the claimed. */
  readonly moved: readonly JobRow[]
}

/**
 * Claims; then, where the person allows it, jobs of a lane or a model that is held go the next usable way
 * to their model, as many as that way takes now, and are claimed there. All in the one transaction of the
 * claim: a job is never seen half moved, and nothing of it has ever left (money rule 7).
 */
export function claimOrMove(ctx: QueueContext, question: ClaimQuestion): FallOverReport {
  const first = claimJobs(ctx, question)
  const rests = question.halted !== null || question.tx.flag('paused') !== null
  if (rests || !ctx.otherWays.isOn()) return { ...first, moved: [] }
  const round: Round = { ctx, question, movedMicros: new Map(), taken: new Map(), notes: new Map() }
  const moved = [...ctx.providers.keys()].flatMap((provider) => moveFrom(round, provider))
  if (moved.length === 0) return { ...first, moved, blocked: withNotes(first.blocked, round) }
  const limit = question.limit - first.claimed.length
  const second = claimJobs(ctx, { ...question, limit })
  const claimed = [...first.claimed, ...second.claimed]
  const waits = moved.filter(({ id }) => !claimed.some((job) => job.id === id))
  return { claimed, blocked: withNotes(second.blocked, round), moved: waits }
}

/** One look: what it has given away so far. */
interface Round {
  readonly ctx: QueueContext
  readonly question: ClaimQuestion
  /** By currency: held against every cap until the claim reserves it. */
  readonly movedMicros: Map<string, number>
  /** Slots by provider. */
  readonly taken: Map<ProviderId, number>
  /** Why the rest of a batch on a provider stays, by `batch provider` and route. */
  readonly notes: Map<string, Map<RouteId, Note>>
}
interface Note {
  readonly words: string
  /** A way is there and takes more later: no person is needed. */
  readonly later: Blocked | null
}

const noteKey = (batchId: BatchId, provider: ProviderId): string => `${batchId} ${provider}`

/** Most that one look tries to move from one batch and lane; the next look goes on. */
const MOST_TRIED = 32

function moveFrom(round: Round, provider: ProviderId): readonly JobRow[] {
  const { ctx, question } = round
  const { tx, now } = question
  const batches = tx.claimableBatches(provider)
  if (batches.length === 0) return []
  const down = laneDown(ctx, tx, { provider, now })
  return batches.flatMap((batch) => {
    if (whyBatchWaits(question, batch) !== null) return []
    if (down !== null) return moveOf(round, { provider, batch, routes: null, why: () => down })
    const held = tx
      .heldRoutes({ batchId: batch.id, provider })
      .filter(({ reason }) => reason.code !== PAUSED_ROUTE)
    if (held.length === 0) return []
    const why = ({ modelName }: JobRow): string =>
      `${modelName} failed alike too often on ${nameOf(ctx, provider)}`
    return moveOf(round, { provider, batch, routes: held.map(({ route }) => route), why })
  })
}

interface Leaving {
  readonly provider: ProviderId
  readonly batch: ClaimableBatch
  readonly routes: readonly string[] | null
  readonly why: (job: JobRow) => string
}

function moveOf(round: Round, { provider, batch, routes, why }: Leaving): readonly JobRow[] {
  const { tx, now } = round.question
  const free = batch.concurrency === null ? MOST_TRIED : batch.concurrency - batch.running
  const limit = Math.min(MOST_TRIED, free)
  const stop = batch.stops ? tx.breakOf(batch.id) : null
  const moved: JobRow[] = []
  for (const job of tx.movable({ batchId: batch.id, provider, routes, now, limit })) {
    if ((stop !== null && inOrder(stop, job) <= 0) || whyNotEdit(tx, job) !== null) continue
    const way = wayFor(round, job, batch)
    if ('words' in way) {
      const key = noteKey(batch.id, provider)
      round.notes.set(key, new Map(round.notes.get(key)).set(job.route, way))
      if (way.later !== null) break
    } else moved.push(move(round, { job, request: way, why: why(job) }))
  }
  return moved
}

/** The first way in the person's order that can be used; or why the job stays. */
function wayFor(round: Round, job: JobRow, batch: ClaimableBatch): JobRequest | Note {
  const { ctx, question } = round
  const seedIfNone = derivedSeed(job.id, job.row, job.take)
  const ways = ctx.otherWays.of(question.tx.jobRequest(job.id), seedIfNone)
  const against: string[] = []
  for (const way of ways) {
    const answer = tryWay(round, { way, batch })
    if (typeof answer !== 'string') return answer
    against.push(`${nameOf(ctx, way.provider)}: ${answer}`)
  }
  const none = 'there is no other way to this model'
  return { words: against.length === 0 ? none : `not moved to ${against.join('; ')}`, later: null }
}

interface Try {
  readonly way: OtherWay
  readonly batch: ClaimableBatch
}

/** What would be sent that way; a wait for its turn there; or what speaks against it. */
function tryWay(round: Round, { way, batch }: Try): JobRequest | Note | string {
  const { ctx, question } = round
  const { tx, now } = question
  const { provider, request } = way
  if (!request.ok) return request.error
  if ((tx.routeTrouble(way.route)?.heldAt ?? null) !== null) return 'the model is held there'
  const lane = pickLane(ctx, question, provider)
  if (lane.kind === 'blocked') {
    if (waitsForPerson(lane.why) || laneDown(ctx, tx, { provider, now }) !== null)
      return lane.detail
    return laterOn(ctx, provider, lane)
  }
  // Nobody knows yet whether it is back: only its own jobs find out.
  if (tx.lane(provider, lane.credential).unreachable !== null)
    return 'it could not be reached lately'
  if (lane.slots <= (round.taken.get(provider) ?? 0))
    return laterOn(ctx, provider, { why: 'full', until: null, detail: lane.fullWords })
  return whyTooDear(round, { request: request.value, batch }) ?? request.value
}

const laterOn = (ctx: QueueContext, provider: ProviderId, why: Blocked): Note => ({
  words: `goes to ${nameOf(ctx, provider)} when there is room`,
  later: why,
})

/** What no cap allows, and what nobody knows the price of, stays where it is. */
function whyTooDear(
  { ctx, question: { tx, now }, movedMicros }: Round,
  { request, batch }: { readonly request: JobRequest; readonly batch: ClaimableBatch },
): string | null {
  const { estimate, provider, route } = request
  if (estimate === null && !batch.allowUnpriced) return 'its price is not known'
  const periods = claimPeriods(ctx, tx, { provider, now })
  if (periods === null) return 'its clock is not known yet'
  const caps = tx.caps(batch.id, periods).map((state) => ({
    ...state,
    held: {
      ...state.held,
      reserved: state.held.reserved + (movedMicros.get(state.cap.currency) ?? 0),
    },
  }))
  const { allowUnpriced } = batch
  const answer = checkBudget({ estimate, overrun: tx.overrun(route), caps, allowUnpriced })
  if (answer.kind === 'unpriced')
    return `its price is in another currency than the ${answer.scope} cap`
  if (answer.kind === 'reserve') return null
  if (answer.nextMicros === null)
    return `nobody knows what it costs, and the ${answer.scope} cap of ${formatMoney(answer.cap)} is used up`
  const { currency } = answer.cap
  return `it costs ${formatMoney({ micros: answer.nextMicros, currency })}, above what is left of the ${answer.scope} cap of ${formatMoney(answer.cap)}`
}

interface Move {
  readonly job: JobRow
  readonly request: JobRequest
  readonly why: string
}

/** Another request under the next intent number; what was tried before stays in its history. */
function move({ question, movedMicros, taken, ctx }: Round, { job, request, why }: Move): JobRow {
  const { tx, now } = question
  const { provider, route, estimate } = request
  if (estimate !== null) {
    const { currency } = estimate
    const micros = Math.ceil(estimate.micros * Math.max(1, tx.overrun(route)))
    movedMicros.set(currency, (movedMicros.get(currency) ?? 0) + micros)
  }
  taken.set(provider, (taken.get(provider) ?? 0) + 1)
  const price = priceWords(job.estimate, estimate)
  const words = `moved from ${nameOf(ctx, job.provider)} to ${nameOf(ctx, provider)}${price} because ${why}`
  tx.replaceRequest(job.id, request)
  const moves = [...job.moves, { at: now, from: job.route, to: route, words }].slice(-MOVES_KEPT)
  return tx.updateJob(job.id, { moves, error: null })
}

/** Back and forth over a long night must not fill a row. */
const MOVES_KEPT = 20

function priceWords(before: Money | null, after: Money | null): string {
  if (after === null) return ', at a price that is not known,'
  if (before?.micros === after.micros && before.currency === after.currency) return ''
  return ` (${formatMoney(after)} instead of ${before === null ? 'no known price' : formatMoney(before)})`
}

/** What waits for a slot elsewhere waits for nobody. */
const withNotes = (blocked: readonly BlockedPart[], { notes }: Round): readonly BlockedPart[] =>
  blocked.map((part) => {
    const { batchId, provider } = part
    const byRoute = notes.get(noteKey(batchId, provider))
    const note = [...(byRoute?.values() ?? [])].at(-1)
    if (byRoute === undefined || note === undefined) return part
    const stays = new Map([...byRoute].map(([route, { words }]) => [route, words]))
    const detail = joined(part.detail, note.words)
    return { ...(note.later ?? part), batchId, provider, detail, stays }
  })
