import type { JobError } from '../../shared/domain/errors.ts'
import { groupBy } from '../../shared/domain/groupBy.ts'
import type { CallContext, VideoProvider } from '../providers/spec.ts'
import { persist } from './advance.ts'
import type { QueueContext } from './context.ts'
import type { IntentRow } from './intentPort.ts'
import type { JobTx } from './ports.ts'
import { saying } from './putAside.ts'
import { reconcile, type ReconcileDecision } from './reconcile.ts'
import { sendGap } from './sendGap.ts'
import { OTHER_BASE_URL, wasSentHere } from './sentHere.ts'
import { adoptFor, ask, isStillIts, lookLater, passed } from './settled.ts'

/** The same key may be sent again between these two ages of the first send (money rule 4). Unscaled ms. */
const SAME_KEY_FROM_MS = 30_000
const SAME_KEY_UNTIL_MS = 3_600_000
/** The list is asked from this long before the send (money rule 5). */
const LOOK_BACK_MS = 10 * 60_000
/** A provider that cannot be asked for so long: the person is told, the watch goes on. Unscaled ms. */
const PATIENCE_MS = 10 * 60_000

/** One pass over every create whose outcome is in doubt and whose provider is due to be asked. */
export async function settleDue(ctx: QueueContext): Promise<void> {
  const due = ctx.store.read((tx) => tx.dueIntents(ctx.clock.now()))
  for (const group of groupBy(
    due,
    (intent) => `${intent.provider}\n${intent.credential}`,
  ).values()) {
    try {
      await settleGroup(ctx, group)
    } catch (error) {
      // The lost answers of the other lanes are looked for all the same.
      ctx.log.error(saying(error), 'looking for lost answers broke')
    }
    await putOff(ctx, group)
  }
}

/** What the pass left due is not looked for again at once, which would be without end. */
async function putOff(ctx: QueueContext, group: readonly IntentRow[]): Promise<void> {
  const isLeft = ({ id, nextLookAt }: IntentRow): boolean =>
    ctx.store.read((tx) => tx.intent(id)?.nextLookAt === nextLookAt)
  for (const intent of group.filter(isLeft)) await lookLater(ctx, intent)
}

async function settleGroup(ctx: QueueContext, group: readonly IntentRow[]): Promise<void> {
  const first = group[0]
  const provider = first === undefined ? undefined : ctx.providers.get(first.provider)
  if (first === undefined) return
  if (provider === undefined) return cannotAsk(ctx, group, noProvider(first.provider))
  const call = ctx.credentials.call(first.provider, first.credential, ctx.signal)
  if (!call.ok) return cannotAsk(ctx, group, call.error)
  const rest: IntentRow[] = []
  for (const intent of group) {
    const plan = provider.traits.idempotency === 'key' ? resendPlan(ctx, intent) : 'never'
    if (plan === 'never') rest.push(intent)
    else if (plan === 'now') await sendAgain(ctx, { intent, provider, call: call.value })
    else await lookLater(ctx, intent, { nextLookAt: plan })
  }
  const here = rest.filter((intent) => wasSentHere(intent, call.value))
  const elsewhere = rest.filter((intent) => !here.includes(intent))
  await cannotAsk(ctx, elsewhere, OTHER_BASE_URL)
  for (const twins of groupBy(here, (intent) => intent.fingerprint).values())
    await settleTwins(ctx, { due: twins, provider, call: call.value })
}

const noProvider = (provider: string): JobError => ({
  kind: 'invalidRequest',
  code: 'UNKNOWN_PROVIDER',
  message: `There is no provider ${provider} here.`,
})

/** When the frozen bytes may go out again under their key; a clock that was set back makes it unknowable. */
function resendPlan(ctx: QueueContext, intent: IntentRow): 'now' | 'never' | number {
  const now = ctx.clock.now()
  const age = ctx.unscaled(now - intent.submitStartedAt)
  if (intent.wire === null || age < 0 || age >= SAME_KEY_UNTIL_MS) return 'never'
  // What never arrived would be bought now, beside the create that the person asked for since, or for nobody.
  const job = ctx.store.read((tx) => tx.jobs([intent.jobId])[0])
  if (job !== undefined && !isStillIts(job, intent)) return 'never'
  const earliest = intent.lastSentAt + ctx.scaled(SAME_KEY_FROM_MS)
  return now >= earliest ? 'now' : earliest
}

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
  // A machine that sleeps in between may wake when the provider has forgotten the key.
  const isLate = sendGap(ctx.clock)
  const sent = { sends: intent.sends + 1, lastSentAt: ctx.clock.now() }
  await persist(ctx, (tx) => tx.updateIntent(intent.id, sent))
  const outcome = await provider.submit(intent.wire, { ...call, isLate })
  if (outcome.kind === 'accepted')
    return adoptFor(ctx, intent, { operation: outcome.operation, by: 'sameKey' })
  if (outcome.kind === 'notSent') {
    const { sends, lastSentAt } = intent
    await persist(ctx, (tx) => tx.updateIntent(intent.id, { sends, lastSentAt }))
    return passed(ctx, intent, { error: outcome.error, counts: false })
  }
  // A refusal is of this send alone: what became of the first it does not say.
  return passed(ctx, { ...intent, ...sent }, { error: outcome.error, counts: true })
}

interface Twins extends Settling {
  /** Intents of one fingerprint that are due now. */
  readonly due: readonly IntentRow[]
}

/** One look at the list for all that share a fingerprint, due or not (money rule 6). */
async function settleTwins(ctx: QueueContext, { due, provider, call }: Twins): Promise<void> {
  const first = due[0]
  if (first === undefined) return
  const twins = ctx.store.read((tx) =>
    twinsOf(tx, first).filter((intent) => wasSentHere(intent, call)),
  )
  const known = twins.find(({ wire }) => wire !== null)
  if (provider.findSubmitted === undefined || known === undefined || known.wire === null) {
    const why =
      provider.findSubmitted === undefined
        ? `${provider.name} cannot list what was sent to it.`
        : 'What was sent is no longer known in full, so a list cannot be compared with it.'
    for (const intent of due) await ask(ctx, intent, { candidates: [], why })
    return
  }
  const sinceMs = Math.min(...twins.map((intent) => intent.submitStartedAt)) - lookBackMs(call)
  const query = { endpoint: known.endpoint, sinceMs, wire: known.wire }
  const found = await provider.findSubmitted(query, call)
  if (!found.ok) return cannotAsk(ctx, due, found.error)
  const decisions = ctx.store.read((tx) => {
    const candidates = found.value.filter(
      ({ operation, match }) =>
        match !== 'different' && tx.operationOwner(first.provider, operation.id) === null,
    )
    const twinInFlight = tx.twinInFlight(first.provider, first.fingerprint)
    return reconcile({ unknowns: twins, candidates, twinInFlight })
  })
  for (const decision of decisions) await carryOut(ctx, { twins, due, decision })
}

/** The list goes by the provider's clock (money rule 5): what ours is ahead of it is looked back as well. */
const lookBackMs = ({ baseUrls, http, now }: CallContext): number =>
  LOOK_BACK_MS +
  Math.max(0, ...Object.values(baseUrls).map((base) => http.aheadMs?.(base, now()) ?? 0))

/** Those whose job still waits come first: what a job was sent again for gets what is left over. */
function twinsOf(tx: JobTx, { provider, credential, fingerprint }: IntentRow): IntentRow[] {
  const twins = tx.unknownTwins(provider, credential, fingerprint)
  const waits = (intent: IntentRow): boolean => {
    const job = tx.jobs([intent.jobId])[0]
    return job !== undefined && isStillIts(job, intent)
  }
  return [...twins.filter(waits), ...twins.filter((intent) => !waits(intent))]
}

interface Decided {
  readonly twins: readonly IntentRow[]
  readonly due: readonly IntentRow[]
  readonly decision: ReconcileDecision
}

async function carryOut(ctx: QueueContext, { twins, due, decision }: Decided): Promise<void> {
  const intent = twins.find(({ id }) => id === decision.intentId)
  if (intent === undefined) return
  if (decision.kind === 'adopt')
    return adoptFor(ctx, intent, { operation: decision.operation, by: 'list' })
  // Its own look comes later.
  if (!due.some(({ id }) => id === intent.id)) return
  if (decision.kind === 'lookAgain')
    return passed(ctx, intent, { error: intent.error, counts: decision.countsAsPass })
  return ask(ctx, intent, {
    candidates: decision.candidates,
    why: 'The provider lists no request with this input, in two full looks.',
  })
}

/** No pass and no verdict. What stays so for long is told to the person; it is asked on meanwhile. */
async function cannotAsk(
  ctx: QueueContext,
  intents: readonly IntentRow[],
  error: JobError,
): Promise<void> {
  const now = ctx.clock.now()
  for (const intent of intents) {
    const age = ctx.unscaled(now - intent.submitStartedAt)
    if (age < 0 || age > PATIENCE_MS) await ask(ctx, intent, { candidates: [], why: error.message })
    else await lookLater(ctx, intent)
  }
}
