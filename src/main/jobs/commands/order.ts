import type { BatchId, JobId } from '../../../shared/domain/ids.ts'
import type { ChangeReport } from '../../../shared/ipc/reports.ts'
import type { MoveTo } from '../../engine.ts'
import { persist } from '../advance.ts'
import type { QueueContext } from '../context.ts'
import { inOrder, type JobPatch, type JobRow } from '../jobRow.ts'
import type { JobTx } from '../ports.ts'
import { announce } from './announce.ts'
import { isUnsent, rowsOf } from './targets.ts'
import type { Undoing, UndoStack } from './undo.ts'

type Skipped = ChangeReport['skipped'][number]

export interface Changes {
  readonly rows: JobRow[]
  readonly undoings: Undoing[]
  readonly skipped: Skipped[]
}
export const noChanges = (skipped: Skipped[] = []): Changes => ({ rows: [], undoings: [], skipped })

/** Changes a job and remembers what it held. */
export function change(
  tx: JobTx,
  changes: Changes,
  { job, after }: { job: JobRow; after: JobPatch },
): void {
  const names = Object.keys(after) as (keyof JobPatch)[]
  if (names.every((name) => job[name] === after[name])) return
  const before: JobPatch = Object.fromEntries(names.map((name) => [name, job[name]]))
  changes.rows.push(tx.patchJob(job, after))
  changes.undoings.push({ kind: 'job', id: job.id, before, after })
}

/** Tells what changed and keeps how to take it back. */
export function reportOf(
  ctx: QueueContext,
  stack: UndoStack,
  changes: { readonly [K in keyof Changes]: readonly Changes[K][number][] },
): ChangeReport {
  announce(ctx, { jobs: changes.rows })
  return {
    changed: changes.rows.length,
    skipped: changes.skipped,
    undo: stack.add(changes.undoings),
  }
}

/**
 * Moves jobs that wait, keeping their own order. What stands beside them gives them its priority, so
 * that they are claimed where they are seen.
 */
export async function move(
  ctx: QueueContext,
  stack: UndoStack,
  { jobs, to }: { readonly jobs: readonly JobId[]; readonly to: MoveTo },
): Promise<ChangeReport> {
  const changes = await persist(ctx, (tx) => {
    const done = noChanges()
    const rows = waiting(tx, jobs, done)
    for (const batchId of new Set(rows.map((job) => job.batchId)))
      moveWithin(tx, done, {
        batchId,
        rows: rows.filter((job) => job.batchId === batchId).toSorted(inOrder),
        to,
      })
    return done
  })
  return reportOf(ctx, stack, changes)
}

function waiting(tx: JobTx, ids: readonly JobId[], { skipped }: Changes): readonly JobRow[] {
  const unsent = new Map(tx.jobs(ids).flatMap((job) => (isUnsent(job) ? [[job.id, job]] : [])))
  return [...new Set(ids)].flatMap((jobId) => {
    const job = unsent.get(jobId)
    if (job !== undefined) return [job]
    skipped.push({ jobId, why: 'Only jobs that wait have a place to change.' })
    return []
  })
}

interface Moving {
  readonly batchId: BatchId
  /** In their present order. */
  readonly rows: readonly JobRow[]
  readonly to: MoveTo
}

/** Halves of a gap run out of digits after some fifty moves to one place. */
const SMALLEST_GAP = 1e-6

function moveWithin(tx: JobTx, changes: Changes, moving: Moving): void {
  const { rows } = moving
  const spot = spotFor(tx, moving)
  if (spot === null) return
  const { anchor, side } = spot
  const without = rows.map(({ id }) => id)
  const beside = tx.positionBeside({ of: anchor, side, without })
  const gap = beside === null ? rows.length + 1 : Math.abs(anchor.position - beside)
  const step = gap / (rows.length + 1)
  if (step < SMALLEST_GAP) {
    tx.renumber(moving.batchId)
    const again = tx.jobs(rows.map(({ id }) => id))
    return moveWithin(tx, changes, { ...moving, rows: again })
  }
  rows.forEach((job, index) => {
    const offset = side === 'after' ? step * (index + 1) : -step * (rows.length - index)
    change(tx, changes, {
      job,
      after: { position: anchor.position + offset, priority: anchor.priority },
    })
  })
}

/** What the moved jobs shall stand beside; null when they are alone. */
function spotFor(
  tx: JobTx,
  { batchId, rows, to }: Moving,
): { readonly anchor: JobRow; readonly side: 'before' | 'after' } | null {
  const without = rows.map(({ id }) => id)
  if ('before' in to || 'after' in to) {
    const id = 'before' in to ? to.before : to.after
    const anchor = without.includes(id) ? null : tx.job(id)
    if (anchor === null || anchor.batchId !== batchId) return null
    return { anchor, side: 'before' in to ? 'before' : 'after' }
  }
  const place = to.place === 'top' ? 0 : to.place === 'bottom' ? 'last' : to.place - 1
  const found = place === 'last' ? null : tx.waitingAt({ batchId, place, without })
  if (found !== null) return { anchor: found, side: 'before' }
  const last = tx.waitingAt({ batchId, place: 'last', without })
  return last === null ? null : { anchor: last, side: 'after' }
}

/** The higher goes first, over all batches. */
export async function setPriority(
  ctx: QueueContext,
  stack: UndoStack,
  { target, priority }: { target: Parameters<typeof rowsOf>[1]; priority: number },
): Promise<ChangeReport> {
  if ('batches' in target) return setBatchPriority(ctx, stack, { ids: target.batches, priority })
  const changes = await persist(ctx, (tx) => {
    const { rows, unread } = rowsOf(tx, target, { open: true })
    const done = noChanges(unread)
    for (const job of rows) {
      if (isUnsent(job)) change(tx, done, { job, after: { priority } })
      else done.skipped.push({ jobId: job.id, why: 'Only jobs that wait have a priority.' })
    }
    return done
  })
  return reportOf(ctx, stack, changes)
}

async function setBatchPriority(
  ctx: QueueContext,
  stack: UndoStack,
  { ids, priority }: { ids: readonly BatchId[]; priority: number },
): Promise<ChangeReport> {
  const undoings = await persist(ctx, (tx) =>
    ids.flatMap((id): Undoing[] => {
      const batch = tx.batch(id)
      if (batch === null || batch.priority === priority) return []
      tx.setBatch(id, { priority })
      return [{ kind: 'batch', id, before: { priority: batch.priority }, after: { priority } }]
    }),
  )
  announce(ctx, { batches: ids })
  return { changed: undoings.length, skipped: [], undo: stack.add(undoings) }
}

/** The batch stops before these jobs and asks; off: it goes on. */
export async function setBreakPoint(
  ctx: QueueContext,
  stack: UndoStack,
  { jobs, isOn }: { readonly jobs: readonly JobId[]; readonly isOn: boolean },
): Promise<ChangeReport> {
  const changes = await persist(ctx, (tx) => {
    const done = noChanges()
    for (const job of waiting(tx, jobs, done))
      change(tx, done, { job, after: { breakPoint: isOn } })
    return done
  })
  announce(ctx, { batches: changes.rows.map(({ batchId }) => batchId) })
  return reportOf(ctx, stack, changes)
}
