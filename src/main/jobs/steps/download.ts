import { assertNever } from '../../../shared/domain/result.ts'
import type { JobError } from '../../../shared/domain/errors.ts'
import type { OutputSource } from '../../providers/spec.ts'
import { advance } from '../advance.ts'
import type { DeliverOutcome, QueueContext } from '../context.ts'
import type { JobEvent } from '../jobMachine.ts'
import type { JobRow } from '../jobRow.ts'
import { backoffMs, boundedWait } from '../retryPolicy.ts'
import { callFor } from './callFor.ts'

/** Dead links and broken files after which a person is asked; the clip is paid for. */
const RENEWALS_BEFORE_ASKING = 6
/** Every so many failed downloads the render is looked at again: some stores answer a dead link with resets. */
const RETRIES_PER_LINK = 4

/** Brings every output of the operation to its final name. Never fails a paid job, never submits again. */
export async function downloadStep(ctx: QueueContext, job: JobRow): Promise<void> {
  const outputs = job.outputs ?? []
  if (outputs.length === 0)
    return ask(ctx, job, {
      code: 'noOutput',
      message: 'The provider says that the render succeeded but names no video.',
    })
  const done = new Set(ctx.store.read((tx) => tx.takesOf(job.id)).map((take) => take.takeNo))
  const missing = [...outputs.entries()].filter(([takeNo]) => !done.has(takeNo))
  if (missing.length === 0) await advance(ctx, job, () => ({ type: 'downloaded' }))
  const last = missing.at(-1)?.[0]
  for (const [takeNo, source] of missing) {
    const outcome = await deliverOne(ctx, job, { source, takeNo, isLast: takeNo === last })
    if (outcome !== null) return recordTrouble(ctx, job, outcome)
  }
}

interface Output {
  readonly source: OutputSource
  readonly takeNo: number
  /** With it every output is here. */
  readonly isLast: boolean
}

/** Null when the take is delivered and written down, with the last one that all are. */
async function deliverOne(
  ctx: QueueContext,
  job: JobRow,
  { source, takeNo, isLast }: Output,
): Promise<Exclude<DeliverOutcome, { kind: 'delivered' }> | null> {
  const place = await ctx.delivery.place(job, takeNo)
  if (!place.ok) return { kind: 'disk', error: place.error }
  const keyed = callFor(ctx, job)
  const outcome = await ctx.delivery.deliver({
    job,
    takeNo,
    source,
    path: place.value,
    call: keyed.ok ? keyed.value.call : null,
    signal: ctx.signal,
    onProgress: (arrival) => ctx.arrivals.note(job, arrival),
  })
  ctx.arrivals.end(job.id)
  if (outcome.kind !== 'delivered') return outcome
  const { bytes, sha256 } = outcome
  await advance(ctx, job, (tx) => {
    tx.insertTake({ job, takeNo, path: place.value, bytes, sha256, at: ctx.clock.now() })
    return isLast ? { type: 'downloaded' } : null
  })
  return null
}

async function recordTrouble(
  ctx: QueueContext,
  job: JobRow,
  outcome: Exclude<DeliverOutcome, { kind: 'delivered' }>,
): Promise<void> {
  const now = ctx.clock.now()
  const retryAt = now + ctx.scaled(backoffMs(job.tries, ctx.chance.random()))
  switch (outcome.kind) {
    case 'aborted':
      await advance(ctx, job, () => ({ type: 'recovered' }))
      return
    case 'disk':
      ctx.halt({ code: 'diskFull', message: outcome.error.message })
      await advance(ctx, job, () => ({
        type: 'retryLater',
        runAt: retryAt,
        error: outcome.error,
      }))
      return
    case 'expired':
    case 'notPlayable': {
      if (job.renewals + 1 >= RENEWALS_BEFORE_ASKING)
        return ask(ctx, job, askFor(outcome.kind, outcome.error))
      // An expired link is asked for again at once, then ever later.
      const wait = ctx.scaled(backoffMs(job.renewals, ctx.chance.random()))
      const runAt = outcome.kind === 'expired' && job.renewals === 0 ? now : now + wait
      await advance(ctx, job, (): JobEvent => ({
        type: 'linkExpired',
        runAt,
        error: outcome.error,
      }))
      return
    }
    case 'retry': {
      const runAt = Math.max(retryAt, now + ctx.scaled(boundedWait(outcome.retryAfterMs)))
      await advance(ctx, job, (tx) => {
        if (outcome.error.kind === 'auth' && job.credential !== null)
          tx.setLane(job.provider, job.credential, { needsPerson: true, heldReason: outcome.error })
        const isDue = (job.tries + 1) % RETRIES_PER_LINK === 0
        const step = isDue ? ({ step: 'poll' } as const) : {}
        return { type: 'retryLater', runAt, error: outcome.error, ...step }
      })
      return
    }
    default:
      return assertNever(outcome)
  }
}

function askFor(
  kind: 'expired' | 'notPlayable',
  error: JobError,
): { readonly code: string; readonly message: string } {
  return kind === 'expired'
    ? {
        code: 'linkExpired',
        message: `The provider made this clip and no longer serves it: ${error.message} It was charged. Try the download again, or give it up.`,
      }
    : {
        code: 'notPlayable',
        message: `What the provider delivers is not a whole video: ${error.message} It was charged. Try the download again, or give it up.`,
      }
}

async function ask(
  ctx: QueueContext,
  job: JobRow,
  { code, message }: { readonly code: string; readonly message: string },
): Promise<void> {
  await advance(ctx, job, () => ({
    type: 'needsYou',
    note: {
      code,
      message,
      evidence: [`operation ${job.operation?.id ?? ''}`],
      actions: ['retryDownload', 'sendAgain', 'giveUp'],
    },
  }))
}
