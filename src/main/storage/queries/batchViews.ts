import type { BatchView } from '../../../shared/domain/batch.ts'
import type { BatchId, JobId } from '../../../shared/domain/ids.ts'
import type { Money } from '../../../shared/domain/money.ts'
import { capOf } from '../jobStore/projects.ts'
import { JOB_COLUMNS, num, numOrNull, text, textOrNull } from '../jobStore/readers.ts'
import type { SqlDatabase, SqlRow } from '../sqlite.ts'
import { readableJob, type ReasonFor } from './jobViews.ts'
import { finishes, type Finishes, type FinishSources } from './expectedFinish.ts'
import { scopeTotal, statusCounts, UNFINISHED } from './totals.ts'

export interface BatchSources extends FinishSources {
  readonly reasonFor: ReasonFor
}

/** In queue order. */
export function batchViews(
  db: SqlDatabase,
  { unfinishedOnly, ...sources }: BatchSources & { readonly unfinishedOnly: boolean },
): BatchView[] {
  const rows = db.all(
    `SELECT * FROM batches b ${unfinishedOnly ? `WHERE ${UNFINISHED}` : ''} ORDER BY priority DESC, seq`,
  )
  const shared = sharedBy(db, sources)
  return rows.map((row) => readBatch(db, row, shared))
}

export function batchView(
  db: SqlDatabase,
  { id, ...sources }: BatchSources & { readonly id: BatchId },
): BatchView | null {
  const row = db.get('SELECT * FROM batches WHERE id = ?', [id])
  const shared = sharedBy(db, sources)
  return row === undefined ? null : readBatch(db, row, shared)
}

const sharedBy = (db: SqlDatabase, sources: BatchSources): Shared => ({
  revision: jobsRevision(db),
  finishes: finishes(db, sources),
  reasonFor: sources.reasonFor,
})

interface Shared {
  readonly reasonFor: ReasonFor
  readonly revision: number
  readonly finishes: Finishes
}

/** A batch's figures change with its jobs, so its view is as new as the newest of all jobs. */
const jobsRevision = (db: SqlDatabase): number =>
  num(db.get('SELECT coalesce(max(revision), 0) AS revision FROM jobs')?.['revision'])

function readBatch(db: SqlDatabase, row: SqlRow, shared: Shared): BatchView {
  const { revision, finishes: ends } = shared
  const id = text(row['id']) as BatchId
  const cap = capOf(row)
  const counts = statusCounts(db, id)
  const open = counts.queued + counts.running + counts.waiting + counts.needsYou
  return {
    id,
    name: text(row['name']),
    source: text(row['source']),
    project: textOrNull(row['project']),
    cap,
    paused: row['paused'] === 1,
    tonight: row['tonight'] === 1,
    priority: num(row['priority']),
    counts,
    ...scopeTotal(db, { scope: 'batch', id, currency: cap?.currency ?? null }),
    estimate: estimateOf(db, id),
    createdAt: num(row['createdAt']),
    finishedAt: open > 0 ? null : lastFinished(db, id),
    expectedFinishAt: open === counts.needsYou ? null : ends.batch(id),
    waits: waitsOf(db, id, shared.reasonFor),
    stopsAt: stopOf(db, id),
    outDir: text(row['outDir']),
    revision: Math.max(revision, num(row['revision'])),
  }
}

/** Of the job that comes next; one that is paused by itself says nothing of the others. */
function waitsOf(db: SqlDatabase, id: BatchId, reasonFor: ReasonFor): BatchView['waits'] {
  const next = (status: 'queued' | 'waiting', paused: 0 | 1): SqlRow | undefined =>
    db.get(
      `SELECT ${JOB_COLUMNS} FROM jobs INDEXED BY jobs_page WHERE batchId = ? AND status = ? AND hidden = 0
       AND paused = ? ORDER BY priority DESC, position, seq LIMIT 1`,
      [id, status, paused],
    )
  const row = next('queued', 0) ?? next('waiting', 0) ?? next('queued', 1) ?? next('waiting', 1)
  const { reason, waitsUntil } =
    row === undefined ? { reason: null, waitsUntil: null } : reasonFor(readableJob(row))
  return reason === null ? null : { words: reason, until: waitsUntil }
}

/** The first job that waits and bears a break point. */
function stopOf(db: SqlDatabase, id: BatchId): BatchView['stopsAt'] {
  const waits = "hidden = 0 AND status IN ('queued', 'waiting')"
  const row = db.get(
    `SELECT id, row, priority, position, seq FROM jobs INDEXED BY jobs_break
     WHERE batchId = ? AND breakPoint = 1 AND ${waits} ORDER BY priority DESC, position, seq LIMIT 1`,
    [id],
  )
  if (row === undefined) return null
  const before = db.get(
    `SELECT 1 FROM jobs WHERE batchId = ? AND ${waits} AND paused = 0 AND (-priority, position, seq) < (?, ?, ?) LIMIT 1`,
    [id, -num(row['priority']), num(row['position']), num(row['seq'])],
  )
  return {
    jobId: text(row['id']) as JobId,
    row: num(row['row']),
    isReached: before === undefined,
  }
}

/** Null when a job is unpriced or currencies are mixed: a partial sum would tell too little. */
function estimateOf(db: SqlDatabase, id: BatchId): Money | null {
  const rows = db.all('SELECT currency, micros FROM batch_estimates WHERE batchId = ? AND n > 0', [
    id,
  ])
  const [first] = rows
  if (first === undefined || rows.length > 1 || first['currency'] === '') return null
  return { micros: num(first['micros']), currency: text(first['currency']), estimated: true }
}

function lastFinished(db: SqlDatabase, id: BatchId): number | null {
  const row = db.get(
    'SELECT max(finishedAt) AS at FROM jobs WHERE batchId = ? AND finishedAt IS NOT NULL',
    [id],
  )
  return numOrNull(row?.['at'])
}
