import type { JobError } from '../../shared/domain/errors.ts'
import type { CallContext, FoundOperation, VideoProvider } from '../providers/spec.ts'
import { advance, applyEvent, persist } from './advance.ts'
import { jobEventView } from './jobView.ts'
import type { QueueContext } from './context.ts'
import type { JobEvent } from './jobMachine.ts'
import type { JobRow } from './jobRow.ts'
import type { IntentRow, JobTx } from './ports.ts'
import { PASSES_BEFORE_ASKING, reconcile, type ReconcileDecision } from './reconcile.ts'
import { adopt, journalOutcome } from './steps/answer.ts'
import { releaseUnsent } from './steps/charges.ts'

/** Between two looks before a person is asked, and while an unmatched intent is watched after. Unscaled ms. */
const NEXT_PASS_MS = 30_000
const WATCH_EVERY_MS = 10 * 60_000
/** The same key may be sent again until then (money rule 4). */
const SAME_KEY_UNTIL_MS = 3_600_000
/** The list is asked from this long before the send (money rule 5). */
const LOOK_BACK_MS = 10 * 60_000

/** One pass over every create whose outcome is in doubt and whose provider is due to be asked. */
export async function settleDue(ctx: QueueContext): Promise<void> {
  const due = ctx.store.read((tx) => tx.dueIntents(ctx.clock.now()))
  for (const group of groupBy(
    due,
    (intent) => `${intent.provider}\n${intent.credential}\n${intent.endpoint}`,
  ))
    await settleGroup(ctx, group)
}

/** In order of first appearance. (`Map.groupBy` is newer than the oldest runtime.) */
function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return [...groups.values()]
}

async function settleGroup(ctx: QueueContext, group: readonly IntentRow[]): Promise<void> {
  const first = group[0]
  const provider = first === undefined ? undefined : ctx.providers.get(first.provider)
  if (first === undefined || provider === undefined) return
  const call = ctx.credentials.call(first.provider, first.credential, ctx.signal)
  if (!call.ok) return lookLater(ctx, group)
  if (provider.traits.idempotency === 'key') {
    const young = group.filter((intent) => canResend(ctx, intent))
    for (const intent of young) await sendAgain(ctx, { intent, provider, call: call.value })
    const rest = group.filter((intent) => !young.includes(intent))
    if (rest.length === 0) return
    return settleByList(ctx, { group: rest, provider, call: call.value })
  }
  return settleByList(ctx, { group, provider, call: call.value })
}

const canResend = (ctx: QueueContext, intent: IntentRow): boolean =>
  intent.wire !== null && ctx.unscaled(ctx.clock.now() - intent.submitStartedAt) < SAME_KEY_UNTIL_MS

interface Settling {
  readonly provider: VideoProvider
  readonly call: CallContext
}

/** The frozen bytes under the same key: the provider answers with what it has, or takes it now. */
async function sendAgain(
  ctx: QueueContext,
  { intent, provider, call }: Settling & { readonly intent: IntentRow },
): Promise<void> {
  if (intent.wire === null) return
  const at = ctx.clock.now()
  await persist(ctx, (tx) =>
    tx.updateIntent(intent.id, { sends: intent.sends + 1, lastSentAt: at }),
  )
  const outcome = await provider.submit(intent.wire, call)
  if (outcome.kind === 'accepted') {
    await journalOutcome(ctx, {
      intentId: intent.id,
      outcome: 'accepted',
      operation: outcome.operation,
      at: ctx.clock.now(),
    })
    return adoptFor(ctx, intent, { operation: outcome.operation, by: 'sameKey' })
  }
  // Read and refused as wrong: under this key nothing can have been made of these bytes before.
  if (outcome.kind === 'refused' && outcome.error.kind === 'invalidRequest')
    return settleRefused(ctx, intent, outcome.error)
  return passed(ctx, intent, {
    error: outcome.error,
    candidates: [],
    counts: outcome.kind !== 'notSent',
  })
}

async function settleByList(
  ctx: QueueContext,
  { group, provider, call }: Settling & { readonly group: readonly IntentRow[] },
): Promise<void> {
  const oldest = group[0]
  if (provider.findSubmitted === undefined || oldest?.wire === null || oldest === undefined) {
    for (const intent of group)
      await ask(ctx, intent, {
        candidates: [],
        why: `${provider.name} cannot list what was sent to it.`,
      })
    return
  }
  const sinceMs = Math.min(...group.map((intent) => intent.submitStartedAt)) - LOOK_BACK_MS
  for (const twins of groupBy(group, (intent) => intent.fingerprint)) {
    const wire = twins[0]?.wire
    if (wire === undefined || wire === null) continue
    const found = await provider.findSubmitted({ endpoint: oldest.endpoint, sinceMs, wire }, call)
    if (!found.ok) {
      await lookLater(ctx, twins)
      continue
    }
    for (const decision of decide(ctx, twins, found.value)) await carryOut(ctx, twins, decision)
  }
}

function decide(
  ctx: QueueContext,
  twins: readonly IntentRow[],
  found: readonly FoundOperation[],
): readonly ReconcileDecision[] {
  return ctx.store.read((tx) => {
    const first = twins[0]
    if (first === undefined) return []
    const candidates = found.filter(
      ({ operation, match }) =>
        match !== 'different' &&
        tx.operationOwner(first.provider, first.credential, operation.id) === null,
    )
    return reconcile({
      unknowns: twins,
      candidates,
      twinInFlight: tx.twinInFlight(first.provider, first.credential, first.fingerprint),
    })
  })
}

async function carryOut(
  ctx: QueueContext,
  twins: readonly IntentRow[],
  decision: ReconcileDecision,
): Promise<void> {
  const intent = twins.find(({ id }) => id === decision.intentId)
  if (intent === undefined) return
  if (decision.kind === 'adopt') {
    await journalOutcome(ctx, {
      intentId: intent.id,
      outcome: 'accepted',
      operation: decision.operation,
      at: ctx.clock.now(),
    })
    return adoptFor(ctx, intent, { operation: decision.operation, by: 'list' })
  }
  if (decision.kind === 'lookAgain')
    return passed(ctx, intent, {
      error: intent.error,
      candidates: [],
      counts: decision.countsAsPass,
    })
  return ask(ctx, intent, {
    candidates: decision.candidates,
    why: 'The provider lists no request with this input, in two full looks.',
  })
}

/** The operation goes to its job, or, when that was sent again meanwhile, to an extra take beside it. */
async function adoptFor(
  ctx: QueueContext,
  intent: IntentRow,
  { operation, by }: { operation: FoundOperation['operation']; by: 'list' | 'sameKey' },
): Promise<void> {
  const at = ctx.clock.now()
  const settled = { outcome: 'accepted', nextLookAt: null, settledAt: at, settledBy: by } as const
  const job = ctx.store.read((tx) => tx.job(intent.jobId))
  if (job === null) return
  if (isStillIts(job, intent)) {
    await advance(ctx, job.id, (tx, now) => {
      tx.updateIntent(intent.id, settled)
      return isStillIts(now, intent)
        ? adopt(ctx, { tx, job: now, intentId: intent.id, operation })
        : null
    })
    return
  }
  await adoptAsExtra(ctx, { intent, operation, settled })
}

async function adoptAsExtra(
  ctx: QueueContext,
  {
    intent,
    operation,
    settled,
  }: {
    intent: IntentRow
    operation: FoundOperation['operation']
    settled: Parameters<JobTx['updateIntent']>[1]
  },
): Promise<void> {
  const id = ctx.chance.newId('job')
  const view = await persist(ctx, (tx) => {
    tx.updateIntent(intent.id, settled)
    tx.cloneJob(intent.jobId, { id, at: ctx.clock.now(), asRetry: false })
    const extra = tx.updateJob(id, {
      status: 'running',
      step: 'submit',
      credential: intent.credential,
      intentNo: intent.intentNo,
      intentId: intent.id,
    })
    tx.moveCharge(intent.id, id)
    const changed = applyEvent(
      tx,
      { job: extra, at: ctx.clock.now() },
      adopt(ctx, { tx, job: extra, intentId: intent.id, operation }),
    )
    return jobEventView(tx, changed).event
  })
  ctx.emit(view)
}

/** The job has not moved on to another create. */
const isStillIts = (job: JobRow, intent: IntentRow): boolean =>
  job.intentId === intent.id &&
  job.step === 'submit' &&
  (job.status === 'running' || job.status === 'needsYou')

async function settleRefused(ctx: QueueContext, intent: IntentRow, error: JobError): Promise<void> {
  const at = ctx.clock.now()
  await journalOutcome(ctx, { intentId: intent.id, outcome: 'refused', operation: null, at })
  await advance(ctx, intent.jobId, (tx, job): JobEvent | null => {
    tx.updateIntent(intent.id, {
      outcome: 'refused',
      nextLookAt: null,
      settledAt: at,
      settledBy: 'sameKey',
    })
    releaseUnsent(ctx, tx, intent.id)
    return isStillIts(job, intent) ? { type: 'failed', error } : null
  })
}

/** A look that settled nothing. */
async function passed(
  ctx: QueueContext,
  intent: IntentRow,
  {
    error,
    candidates,
    counts,
  }: { error: JobError | null; candidates: readonly FoundOperation[]; counts: boolean },
): Promise<void> {
  const passes = intent.passes + (counts ? 1 : 0)
  if (passes >= PASSES_BEFORE_ASKING)
    return ask(ctx, intent, {
      candidates,
      why: error?.message ?? 'The provider gave no answer that settles it.',
    })
  await persist(ctx, (tx) =>
    tx.updateIntent(intent.id, { passes, nextLookAt: ctx.clock.now() + ctx.scaled(NEXT_PASS_MS) }),
  )
}

/** The provider could not be asked: no pass, no verdict. */
async function lookLater(ctx: QueueContext, intents: readonly IntentRow[]): Promise<void> {
  const nextLookAt = ctx.clock.now() + ctx.scaled(NEXT_PASS_MS)
  await persist(ctx, (tx) => {
    for (const intent of intents) tx.updateIntent(intent.id, { nextLookAt })
  })
}

/** A person decides; the watch goes on and settles it by itself when a match appears (money rule 8). */
async function ask(
  ctx: QueueContext,
  intent: IntentRow,
  { candidates, why }: { candidates: readonly FoundOperation[]; why: string },
): Promise<void> {
  const now = ctx.clock.now()
  const nextLookAt =
    intent.watchUntil !== null && now < intent.watchUntil ? now + ctx.scaled(WATCH_EVERY_MS) : null
  await advance(ctx, intent.jobId, (tx, job) => {
    tx.updateIntent(intent.id, { passes: intent.passes + 1, nextLookAt })
    if (!isStillIts(job, intent) || job.status === 'needsYou') return null
    return {
      type: 'needsYou',
      note: {
        code: 'submitUnknown',
        message: questionFor(intent),
        evidence: evidenceFor(intent, candidates, why),
        actions: ['adopt', 'sendAgain', 'giveUp'],
      },
    }
  })
}

const questionFor = (intent: IntentRow): string =>
  `The answer to a paid request was lost at ${new Date(intent.submitStartedAt).toISOString()}. Enter the id that ${intent.provider} gave it, or send it again: that may pay twice.`

function evidenceFor(
  intent: IntentRow,
  candidates: readonly FoundOperation[],
  why: string,
): readonly string[] {
  return [
    `sent ${new Date(intent.submitStartedAt).toISOString()}, ${intent.sends} time(s), key ${intent.id}`,
    ...(intent.error === null ? [] : [intent.error.message]),
    why,
    ...candidates.map(
      ({ operation, createdAtMs }) =>
        `possible match ${operation.id}, created ${new Date(createdAtMs).toISOString()}`,
    ),
  ]
}
