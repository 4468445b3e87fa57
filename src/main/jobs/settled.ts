import type { JobError } from '../../shared/domain/errors.ts'
import type { Operation } from '../../shared/domain/job.ts'
import type { FoundOperation } from '../providers/spec.ts'
import { advance, applyEvent, persist } from './advance.ts'
import type { QueueContext } from './context.ts'
import type { JobRow } from './jobRow.ts'
import { jobEventView } from './jobView.ts'
import type { IntentRow } from './intentPort.ts'
import type { JobTx } from './ports.ts'
import { PASSES_BEFORE_ASKING } from './reconcile.ts'
import { adopt, journalOutcome } from './steps/answer.ts'

/** Between two looks before a person is asked, and while an unmatched intent is watched after. Unscaled ms. */
const NEXT_PASS_MS = 30_000
const WATCH_EVERY_MS = 10 * 60_000

/** The job has not moved on to another create. */
export const isStillIts = (job: JobRow, intent: IntentRow): boolean =>
  job.intentId === intent.id &&
  job.step === 'submit' &&
  (job.status === 'running' || job.status === 'needsYou')

interface Match {
  readonly operation: Operation
  readonly by: 'list' | 'sameKey'
}

/**
 * The operation goes to its job, or, when that was sent again or given up meanwhile, or cannot be read,
 * to an extra take beside it. Decided and written in one transaction: a person may act at any moment.
 */
export async function adoptFor(
  ctx: QueueContext,
  intent: IntentRow,
  { operation, by }: Match,
): Promise<void> {
  const at = ctx.clock.now()
  const extraId = ctx.chance.newId('job')
  const view = await persist(ctx, (tx) => {
    const job = tx.jobs([intent.jobId])[0]
    // Somebody else took it in this very moment: the next look sees that.
    if (tx.operationOwner(intent.provider, operation.id) !== null) return null
    tx.updateIntent(intent.id, {
      outcome: 'accepted',
      nextLookAt: null,
      settledAt: at,
      settledBy: by,
    })
    const heir =
      job !== undefined && isStillIts(job, intent)
        ? job
        : extraTake(tx, { intent, id: extraId, at })
    const event = adopt(ctx, { tx, job: heir, intentId: intent.id, operation })
    return jobEventView(tx, applyEvent(tx, { job: heir, at }, event)).event
  })
  if (view === null) return
  // After the check: the journal must not say of an operation of another job that it is this one's.
  await journalOutcome(ctx, { intentId: intent.id, outcome: 'accepted', operation, at })
  ctx.emit(view)
}

function extraTake(
  tx: JobTx,
  { intent, id, at }: { intent: IntentRow; id: JobRow['id']; at: number },
): JobRow {
  tx.cloneJobs([{ of: intent.jobId, id, at, asRetry: false }])
  tx.moveCharge(intent.id, id)
  return tx.updateJob(id, {
    status: 'running',
    step: 'submit',
    credential: intent.credential,
    intentNo: intent.intentNo,
    intentId: intent.id,
  })
}

/** A look that settled nothing. */
export async function passed(
  ctx: QueueContext,
  intent: IntentRow,
  { error, counts }: { readonly error: JobError | null; readonly counts: boolean },
): Promise<void> {
  const passes = intent.passes + (counts ? 1 : 0)
  if (passes >= PASSES_BEFORE_ASKING)
    return ask(ctx, intent, {
      candidates: [],
      why: error?.message ?? 'The provider gave no answer that settles it.',
    })
  await lookLater(ctx, intent, { passes })
}

/** A person may settle it in the moment in which its provider is asked. */
const isLeftOpen = (tx: JobTx, { id }: IntentRow): boolean => tx.intent(id)?.outcome === 'unknown'

/** The next look, which the job tells while it waits for it. */
export async function lookLater(
  ctx: QueueContext,
  intent: IntentRow,
  patch: { readonly nextLookAt?: number; readonly passes?: number } = {},
): Promise<void> {
  const event = await persist(ctx, (tx) => {
    if (!isLeftOpen(tx, intent)) return null
    // Counted from when it is written, which may take its time.
    const nextLookAt = ctx.clock.now() + ctx.scaled(NEXT_PASS_MS)
    tx.updateIntent(intent.id, { nextLookAt, ...patch })
    const job = tx.jobs([intent.jobId])[0]
    return job !== undefined && isStillIts(job, intent) && job.status === 'running'
      ? jobEventView(tx, job).event
      : null
  })
  if (event !== null) ctx.emit(event)
}

/** A person decides; the watch goes on and settles it by itself when a match appears (money rule 8). */
export async function ask(
  ctx: QueueContext,
  intent: IntentRow,
  { candidates, why }: { readonly candidates: readonly FoundOperation[]; readonly why: string },
): Promise<void> {
  const now = ctx.clock.now()
  const nextLookAt =
    intent.watchUntil !== null && now < intent.watchUntil ? now + ctx.scaled(WATCH_EVERY_MS) : null
  // Asked is asked: the lane waits for the person now, not for further passes.
  const passes = Math.max(intent.passes + 1, PASSES_BEFORE_ASKING)
  const owner = ctx.store.read((tx) => tx.jobs([intent.jobId])[0])
  // It cannot be read, and nothing else looks at one whose answer is lost.
  if (owner === undefined)
    return persist(ctx, (tx) => {
      if (!isLeftOpen(tx, intent)) return
      tx.updateIntent(intent.id, { passes, nextLookAt })
      tx.askIfUnreadable(intent.jobId)
    })
  await advance(ctx, owner, (tx, job) => {
    if (!isLeftOpen(tx, intent)) return null
    tx.updateIntent(intent.id, { passes, nextLookAt })
    if (!isStillIts(job, intent) || job.status === 'needsYou') return null
    return {
      type: 'needsYou',
      note: {
        code: 'submitUnknown',
        message: questionFor(intent, ctx.providers.get(intent.provider)?.name ?? intent.provider),
        evidence: evidenceFor(intent, candidates, why),
        actions: ['adopt', 'sendAgain', 'giveUp'],
      },
    }
  })
}

const questionFor = (intent: IntentRow, name: string): string =>
  `The answer to a paid request was lost at ${new Date(intent.submitStartedAt).toISOString()}. Enter the id that ${name} gave it, or send it again: that may pay twice.`

function evidenceFor(
  intent: IntentRow,
  candidates: readonly FoundOperation[],
  why: string,
): readonly string[] {
  return [
    `sent ${new Date(intent.submitStartedAt).toISOString()}, ${intent.sends === 1 ? 'once' : `${intent.sends} times`}, key ${intent.id}`,
    ...(intent.error === null ? [] : [intent.error.message]),
    why,
    ...candidates.map(
      ({ operation, createdAtMs }) =>
        `possible match ${operation.id}, created ${new Date(createdAtMs).toISOString()}`,
    ),
  ]
}
