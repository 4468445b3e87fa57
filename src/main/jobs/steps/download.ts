import { assertNever, ok } from '../../../shared/domain/result.ts'
import type { JobError } from '../../../shared/domain/errors.ts'
import type { OutputSource } from '../../providers/spec.ts'
import { advance } from '../advance.ts'
import type { DeliverOutcome, QueueContext } from '../context.ts'
import type { JobEvent } from '../jobMachine.ts'
import type { JobRow } from '../jobRow.ts'
import type { NewTake } from '../ports.ts'
import { backoffMs, boundedWait } from '../retryPolicy.ts'
import { intoNext, type StepRooms } from '../stepRooms.ts'
import { holdLane } from '../laneHolds.ts'
import { isKeyMissing } from '../lanes.ts'
import { callFor } from './callFor.ts'

/** Dead links and broken files after which a person is asked; the clip is paid for. */
const RENEWALS_BEFORE_ASKING = 6
/** Every so many failed downloads the render is looked at again: some stores answer a dead link with resets. */
const RETRIES_PER_LINK = 4
const FULL: ReadonlySet<string> = new Set(['DISK_FULL', 'ENOSPC', 'EDQUOT'])

const OUTPUTS_UNREADABLE: JobError = {
  kind: 'unknown',
  code: 'OUTPUTS_UNREADABLE',
  message: 'Where its clip lies could not be read here. The provider is asked once more.',
}

/**
 * Brings every output of the operation to its final name. Never fails a paid job, never submits again.
 * @returns the job when it is finished at once
 */
export async function downloadStep(
  ctx: QueueContext,
  job: JobRow,
  rooms: StepRooms,
): Promise<JobRow | null> {
  const { outputs } = job
  if (outputs === null) {
    await advance(ctx, job, () => ({
      type: 'retryLater',
      runAt: ctx.clock.now(),
      error: OUTPUTS_UNREADABLE,
      step: 'poll',
    }))
    return null
  }
  if (outputs.length === 0) {
    await ask(ctx, job, {
      code: 'noOutput',
      message: 'The provider says that the render succeeded but names no video.',
    })
    return null
  }
  const done = new Set(ctx.store.read((tx) => tx.takesOf(job.id)).map((take) => take.takeNo))
  const missing = [...outputs.entries()].filter(([takeNo]) => !done.has(takeNo))
  // Each is written down before the next is fetched, and the last together with the end of the step.
  let last: NewTake | null = null
  for (const [takeNo, source] of missing) {
    if (last !== null) await keep(ctx, job, last)
    const outcome = await deliverOne(ctx, job, { source, takeNo })
    if (outcome.kind !== 'delivered') {
      await recordTrouble(ctx, job, outcome)
      return null
    }
    const { bytes, sha256, path } = outcome
    last = { job, takeNo, path, bytes, sha256, at: ctx.clock.now() }
  }
  return intoNext(rooms, { step: 'finish', run: ctx.run }, (run) =>
    advance(ctx, job, (tx) => {
      if (last !== null) tx.insertTake(last)
      return { type: 'downloaded', run }
    }),
  )
}

const keep = (ctx: QueueContext, job: JobRow, take: NewTake): Promise<JobRow> =>
  advance(ctx, job, (tx) => {
    tx.insertTake(take)
    return null
  })

interface Output {
  readonly source: OutputSource
  readonly takeNo: number
}

type Trouble = Exclude<DeliverOutcome, { kind: 'delivered' }>
type Delivered = Extract<DeliverOutcome, { kind: 'delivered' }> & { readonly path: string }

async function deliverOne(
  ctx: QueueContext,
  job: JobRow,
  { source, takeNo }: Output,
): Promise<Delivered | Trouble> {
  const place = await ctx.delivery.place(job, takeNo)
  if (!place.ok) return { kind: 'disk', error: place.error }
  const keyed = callFor(ctx, job)
  const outcome = await ctx.delivery.deliver({
    job,
    takeNo,
    source,
    path: place.value,
    call: keyed.ok ? ok(keyed.value.call) : keyed,
    signal: ctx.signal,
    onProgress: (arrival) => ctx.arrivals.note(job, arrival),
  })
  ctx.arrivals.end(job.id)
  return outcome.kind === 'delivered' ? { ...outcome, path: place.value } : outcome
}

async function recordTrouble(ctx: QueueContext, job: JobRow, outcome: Trouble): Promise<void> {
  const now = ctx.clock.now()
  const retryAt = now + ctx.scaled(backoffMs(job.tries, ctx.chance.random()))
  switch (outcome.kind) {
    case 'aborted':
      await advance(ctx, job, () => ({ type: 'recovered' }))
      return
    case 'disk':
      ctx.halt({
        code: FULL.has(outcome.error.code) ? 'diskFull' : 'folderUnusable',
        message: outcome.error.message,
      })
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
      const { error } = outcome
      await advance(ctx, job, (tx) => {
        if (error.kind === 'auth' && !isKeyMissing(error))
          holdLane(tx, job, { needsPerson: true, heldReason: error })
        const isDue = (job.tries + 1) % RETRIES_PER_LINK === 0
        const step = isDue ? ({ step: 'poll' } as const) : {}
        return { type: 'retryLater', runAt, error, ...step }
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
