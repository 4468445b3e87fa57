import type { BatchId, CredentialId, ProviderId } from '../../shared/domain/ids.ts'
import { applyEvent } from './advance.ts'
import type { Halt, QueueContext } from './context.ts'
import { intentOf, type JobRow } from './jobRow.ts'
import { nextOf, whyBatchWaits, type OpenBatch, type Turn } from './nextOf.ts'
import type { ClaimableBatch, JobTx } from './ports.ts'
import { claimPeriods } from './claimPeriods.ts'
import type { Periods } from './periods.ts'
import { pickLane, type Lane } from './pickLane.ts'
import type { Blocked } from './whyWaiting.ts'

/** What one look over the queue came to. */
export interface ClaimReport {
  readonly claimed: readonly JobRow[]
  /** Why the rest waits: one entry per batch and provider that still holds jobs. */
  readonly blocked: readonly BlockedPart[]
}
export interface BlockedPart extends Blocked {
  readonly provider: ProviderId
  readonly batchId: BatchId
}

/** How the night windows stand, in the engine's own time. */
export interface WindowNow {
  readonly open: boolean
  /** When work may be sent again; null: open now, or never. */
  readonly opensAt: number | null
  /** The first moment from another one on at which work may be sent; null: never. */
  readonly firstFrom: (at: number) => number | null
  /** Why work for the night waits. */
  readonly words: string
}

/** What the rules of a claim need of the queue. */
export type ClaimRules = Pick<
  QueueContext,
  'providers' | 'credentials' | 'serverTime' | 'scaled' | 'priceNow'
>

export interface ClaimQuestion {
  readonly tx: JobTx
  readonly now: number
  /** Night windows; null when work admitted for the night may start at once. */
  readonly window: WindowNow | null
  /** Set while claims are halted as a whole. */
  readonly halted: Halt | null
  /** At most so many in one transaction. */
  readonly limit: number
  /** What the look before this one said. */
  readonly before: readonly BlockedPart[]
}

/**
 * Takes as many jobs as lanes, windows, pauses and caps admit, in one transaction: each gets the next
 * intent number and its reservation (money rule 18). Batches of one priority take turns.
 */
export function claimJobs(ctx: QueueContext, question: ClaimQuestion): ClaimReport {
  const claimed: JobRow[] = []
  const blocked: BlockedPart[] = []
  for (const provider of ctx.providers.keys()) {
    const room = question.limit - claimed.length
    const part = claimAt(ctx, question, { provider, room })
    claimed.push(...part.claimed)
    blocked.push(...part.blocked)
  }
  return { claimed, blocked }
}

/**
 * Why nothing more of each batch is sent now, by the rules of a claim, claiming nothing: for looking
 * beside an engine, which alone knows what its last claim said.
 */
export function whyNothingGoes(ctx: ClaimRules, question: ClaimQuestion): readonly BlockedPart[] {
  return [...ctx.providers.keys()].flatMap((provider) => {
    const batches = question.tx.claimableBatches(provider)
    const lane = batches.length === 0 ? null : pickLane(ctx, question, provider)
    if (lane === null) return []
    const periodsNow = periodsOnce(ctx, question, provider)
    if (lane.kind === 'blocked')
      return batches.map((batch) => ownReason(ctx, question, { batch, provider, lane, periodsNow }))
    return batches.flatMap((batch) => {
      const look = lookAt(ctx, question, { batch, provider, periodsNow })
      return 'why' in look ? [{ ...look, provider, batchId: batch.id }] : []
    })
  })
}

/** One provider, one lane a key: when one is filled the next is looked at, without waiting for anything. */
function claimAt(
  ctx: QueueContext,
  question: ClaimQuestion,
  { provider, room }: { readonly provider: ProviderId; readonly room: number },
): ClaimReport {
  const claimed: JobRow[] = []
  const periodsNow = periodsOnce(ctx, question, provider)
  for (;;) {
    const batches = question.tx.claimableBatches(provider)
    if (batches.length === 0) return { claimed, blocked: [] }
    const lane = pickLane(ctx, question, provider)
    if (lane.kind === 'blocked') {
      const blocked = batches.map((batch) =>
        ownReason(ctx, question, { batch, provider, lane, periodsNow }),
      )
      return { claimed, blocked }
    }
    const left = room - claimed.length
    const part = claimOnLane(ctx, question, { provider, lane, batches, room: left, periodsNow })
    claimed.push(...part.claimed)
    const isFilled = part.claimed.length === lane.slots && part.claimed.length < left
    const isLast = lane.isFullThen && ctx.credentials.of(provider).length === 1
    if (!isFilled || isLast) return { claimed, blocked: part.blocked }
  }
}

/** The same for every job of one look; told when first asked for. */
function periodsOnce(
  ctx: ClaimRules,
  { tx, now }: ClaimQuestion,
  provider: ProviderId,
): Turn['periodsNow'] {
  let periods: Periods | null | undefined
  return () => {
    if (periods === undefined) periods = claimPeriods(ctx, tx, { provider, now })
    return periods
  }
}

interface LanePart {
  readonly provider: ProviderId
  readonly lane: Extract<Lane, { kind: 'free' }>
  readonly batches: readonly ClaimableBatch[]
  readonly room: number
  readonly periodsNow: Turn['periodsNow']
}

function claimOnLane(
  ctx: QueueContext,
  question: ClaimQuestion,
  { provider, lane, batches, room, periodsNow }: LanePart,
): ClaimReport {
  const claimed: JobRow[] = []
  const blocked: BlockedPart[] = []
  const most = Math.min(lane.slots, room)
  const reads = Math.ceil(most / batches.length)
  let open: readonly OpenBatch[] = batches.map((batch) => ({
    batch,
    running: batch.running,
    priority: batch.priority,
    ahead: [],
    reads,
    isUncapped: false,
  }))
  const shut = (entry: OpenBatch, why: Blocked): void => {
    blocked.push({ ...why, provider, batchId: entry.batch.id })
    open = open.filter((other) => other !== entry)
  }
  while (open.length > 0) {
    const highest = Math.max(...open.map(({ priority }) => priority))
    // Round robin: each turn of the loop offers every batch of the highest priority one slot.
    for (const entry of open.filter(({ priority }) => priority === highest)) {
      if (claimed.length >= most) {
        const full = { why: 'full', until: null, detail: lane.fullWords } as const
        const { batch } = entry
        shut(entry, ownReason(ctx, question, { batch, provider, lane: full, periodsNow }))
        continue
      }
      const turn = claimFrom(ctx, question, {
        entry,
        provider,
        credential: lane.credential,
        periodsNow,
      })
      if ('why' in turn) shut(entry, turn)
      else if ('lowerTo' in turn) entry.priority = turn.lowerTo
      else {
        claimed.push(turn)
        entry.running += 1
      }
    }
  }
  for (const batchId of lastTurns(claimed)) question.tx.markTurn(batchId)
  return { claimed, blocked }
}

/** The batches of those jobs; whose last turn was the latest comes last. */
const lastTurns = (claimed: readonly JobRow[]): readonly BatchId[] => {
  const latestFirst = new Set(claimed.map(({ batchId }) => batchId).toReversed())
  return [...latestFirst].toReversed()
}

/** Reasons of a batch itself, which a slot that gets free does not end. */
const OWN: ReadonlySet<Blocked['why']> = new Set<Blocked['why']>([
  'window',
  'batchFull',
  'modelHeld',
  'breakPoint',
  'cap',
  'unpriced',
])

interface Waiting {
  readonly batch: ClaimableBatch
  readonly provider: ProviderId
  /** Why the lane takes no more. */
  readonly lane: Blocked
  readonly periodsNow: Turn['periodsNow']
}

/** A lane that is full hides nothing: what stops the batch itself is looked at once more, and told. */
function ownReason(
  ctx: ClaimRules,
  question: ClaimQuestion,
  { batch, provider, lane, periodsNow }: Waiting,
): BlockedPart {
  const part = { provider, batchId: batch.id }
  const before = question.before.find(
    (one) => one.batchId === batch.id && one.provider === provider,
  )
  // Once for each batch, and again while its own reason stands: a full lane must not hide a cap all night.
  const isOthers = before !== undefined && PASSING.has(before.why)
  if (isOthers || !PASSING.has(lane.why)) return { ...lane, ...part }
  const look = batch.isGuarded
    ? lookAt(ctx, question, { batch, provider, periodsNow })
    : whyBatchWaits(question, batch)
  const isOwn = look !== null && 'why' in look && OWN.has(look.why)
  return { ...(isOwn ? look : lane), ...part }
}

/** Whether the next job of a batch may be sent, as far as its lane has room. */
function lookAt(
  ctx: ClaimRules,
  question: ClaimQuestion,
  { batch, provider, periodsNow }: Omit<Waiting, 'lane'>,
): ReturnType<typeof nextOf> {
  const priority = Number.NEGATIVE_INFINITY
  const entry = { batch, running: batch.running, priority, ahead: [], reads: 1, isUncapped: false }
  return nextOf(ctx, question, { entry, provider, periodsNow })
}

/** What ends by itself. */
const PASSING: ReadonlySet<Blocked['why']> = new Set<Blocked['why']>([
  'full',
  'rate',
  'held',
  'settling',
])

function claimFrom(
  ctx: QueueContext,
  question: ClaimQuestion,
  { credential, ...turn }: Turn & { readonly credential: CredentialId },
): JobRow | Blocked | { readonly lowerTo: number } {
  const look = nextOf(ctx, question, turn)
  if (!('job' in look)) return look
  const { estimate, amount, periods } = look
  const { tx, now: at } = question
  // What it is held against, what it is booked with and what screens show is one price.
  const job = estimate === look.job.estimate ? look.job : tx.reprice(look.job.id, estimate)
  const changed = applyEvent(tx, { job, at }, { type: 'claimed', run: ctx.run, credential })
  tx.addCharge({ intentId: intentOf(changed), job: changed, amount, periods, at })
  turn.entry.ahead.shift()
  return changed
}
