import type { BatchId, CredentialId, JobId, ProviderId } from '../../../shared/domain/ids.ts'
import { isTerminal, type JobRequest } from '../../../shared/domain/job.ts'
import { assertNever } from '../../../shared/domain/result.ts'
import type { UndoId, UndoReport } from '../../../shared/ipc/reports.ts'
import { persist } from '../advance.ts'
import type { QueueContext } from '../context.ts'
import { transition } from '../jobMachine.ts'
import type { JobPatch, JobRow } from '../jobRow.ts'
import type { LaneState } from '../lanes.ts'
import type { JobCopy } from '../copyPort.ts'
import type { EngineFlag, JobTx } from '../ports.ts'
import { announce } from './announce.ts'
import { whyNotEdit } from './whyNotEdit.ts'

/** One thing that a command changed, and what it held before. */
export type Undoing =
  | {
      readonly kind: 'job'
      readonly id: JobId
      readonly before: JobPatch
      readonly after: JobPatch
    }
  | {
      readonly kind: 'batch'
      readonly id: BatchId
      readonly before: { readonly paused?: boolean; readonly priority?: number }
      readonly after: { readonly paused?: boolean; readonly priority?: number }
    }
  | { readonly kind: 'flag'; readonly name: EngineFlag; readonly before: string | null }
  | {
      readonly kind: 'lane'
      readonly provider: ProviderId
      readonly credential: CredentialId
      readonly before: LaneState
      readonly after: Partial<LaneState>
    }
  | { readonly kind: 'request'; readonly id: JobId; readonly before: JobRequest }
  /** A job that had not been sent was cancelled; `before` is what its successor takes over. */
  | { readonly kind: 'cancelled'; readonly id: JobId; readonly before: JobPatch }
  /** A job that a command made. */
  | { readonly kind: 'made'; readonly id: JobId }

export interface UndoStack {
  /** Null when there is nothing to take back. */
  add(changes: readonly Undoing[]): UndoId | null
  take(id: UndoId): readonly Undoing[] | null
}

/** Older changes than these cannot be taken back. */
const KEPT = 50

/** In memory: after a restart a person sees the queue as it is. */
export function createUndoStack(): UndoStack {
  const kept = new Map<UndoId, readonly Undoing[]>()
  let last = 0
  return {
    add: (changes) => {
      if (changes.length === 0) return null
      last += 1
      kept.set(last, changes)
      kept.delete(last - KEPT)
      return last
    },
    take: (id) => {
      const changes = kept.get(id) ?? null
      kept.delete(id)
      return changes
    },
  }
}

type Restored = { readonly jobs: readonly JobRow[] } | { readonly note: string }

/** Every part goes back that has not moved on since; the rest is named. */
export async function undo(ctx: QueueContext, stack: UndoStack, id: UndoId): Promise<UndoReport> {
  const changes = stack.take(id)
  if (changes === null) return { restored: 0, notes: ['This cannot be taken back any more.'] }
  const done = await persist(ctx, (tx) => [
    ...changes.toReversed().flatMap((one) => (isOfMany(one) ? [] : [restore(tx, one)])),
    ...unmake(ctx, tx, changes.filter(isMade)),
    ...replaceCancelled(ctx, tx, changes.filter(isCancelled)),
  ])
  announce(ctx, {
    jobs: done.flatMap((one) => ('jobs' in one ? one.jobs : [])),
    batches: changes.flatMap((one) => (one.kind === 'batch' ? [one.id] : [])),
    lanes: changes.some(({ kind }) => kind === 'lane' || kind === 'flag'),
  })
  return {
    restored: done.filter((one) => 'jobs' in one).length,
    notes: [...new Set(done.flatMap((one) => ('note' in one ? [one.note] : [])))],
  }
}

const NONE: Restored = { jobs: [] }

function restore(tx: JobTx, change: Exclude<Undoing, Cancelled | Made>): Restored {
  switch (change.kind) {
    case 'job':
      return restoreJob(tx, change)
    case 'batch':
      tx.setBatch(change.id, change.before)
      return NONE
    case 'flag':
      tx.setFlag(change.name, change.before)
      return NONE
    case 'lane':
      return restoreLane(tx, change)
    case 'request':
      return restoreRequest(tx, change)
    default:
      return assertNever(change)
  }
}

function restoreJob(tx: JobTx, { id, before, after }: Extract<Undoing, { kind: 'job' }>): Restored {
  const job = tx.job(id)
  if (job === null) return NONE
  const names = Object.keys(after) as (keyof JobPatch)[]
  if (names.some((name) => job[name] !== after[name]))
    return { note: `Row ${job.row} was changed again since.` }
  return { jobs: [tx.patchJob(job, before)] }
}

/** A bill or a refusal may have stopped it since: only what is as it was left goes back. */
function restoreLane(
  tx: JobTx,
  { provider, credential, before, after }: Extract<Undoing, { kind: 'lane' }>,
): Restored {
  const now = tx.lane(provider, credential)
  const names = Object.keys(after) as (keyof LaneState)[]
  const left = names.filter((name) => now[name] === after[name])
  const patch = Object.fromEntries(left.map((name) => [name, before[name]]))
  tx.setLane(provider, credential, patch)
  return NONE
}

function restoreRequest(
  tx: JobTx,
  { id, before }: Extract<Undoing, { kind: 'request' }>,
): Restored {
  const job = tx.job(id)
  const why = job === null ? 'It is not there any more.' : whyNotEdit(tx, job)
  return why === null ? { jobs: [tx.replaceRequest(id, before)] } : { note: why }
}

type Cancelled = Extract<Undoing, { kind: 'cancelled' }>
const isCancelled = (change: Undoing): change is Cancelled => change.kind === 'cancelled'
type Made = Extract<Undoing, { kind: 'made' }>
const isMade = (change: Undoing): change is Made => change.kind === 'made'
/** Taken back all at once: a person takes back ten thousand as readily as one. */
const isOfMany = (change: Undoing): change is Cancelled | Made =>
  isCancelled(change) || isMade(change)

/**
 * Ended rows never reopen: another job with the same request stands in its place, and the old row is
 * hidden.
 */
function replaceCancelled(
  ctx: QueueContext,
  tx: JobTx,
  cancelled: readonly Cancelled[],
): readonly Restored[] {
  const at = ctx.clock.now()
  const before = new Map(cancelled.map((change) => [change.id, change.before]))
  const ids = cancelled.map(({ id }) => id)
  const retried = tx.retriedAmong(ids)
  const left = tx.jobs(ids).filter((job) => !job.hidden && !retried.has(job.id))
  const copies = left.map(({ id }): JobCopy => {
    const as = before.get(id) ?? {}
    return { of: id, id: ctx.chance.newId('job'), at, asRetry: true, as }
  })
  const hidden = tx.hideJobs(left)
  const restored = tx.cloneJobs(copies).flatMap((copy, index) => {
    const old = hidden[index]
    return old === undefined ? [] : [{ jobs: [old, copy] }]
  })
  return left.length === cancelled.length
    ? restored
    : [...restored, { note: 'Some of these jobs were retried or cleared away since.' }]
}

function unmake(ctx: QueueContext, tx: JobTx, made: readonly Made[]): readonly Restored[] {
  const at = ctx.clock.now()
  const unsent: JobId[] = []
  const restored = tx.jobs(made.map(({ id }) => id)).map((job): Restored => {
    if (isTerminal(job.status) || job.intentNo > 0)
      return { note: `Row ${job.row} has begun already; cancel it if you do not want it.` }
    unsent.push(job.id)
    const cancelled = transition(job, { type: 'cancelRequested' }, at)
    return { jobs: [tx.patchJob(job, { ...cancelled, hidden: true })] }
  })
  tx.forgetRetries(unsent)
  return restored
}
