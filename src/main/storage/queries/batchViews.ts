import type { BatchView } from '../../../shared/domain/batch.ts'
import type { BatchId, JobId } from '../../../shared/domain/ids.ts'
import type { Money } from '../../../shared/domain/money.ts'
import { num, numOrNull, text, textOrNull } from '../jobStore/readers.ts'
import type { SqlDatabase, SqlRow } from '../sqlite.ts'
import { finishes, type Finishes, type FinishSources } from './expectedFinish.ts'
import { scopeTotal, statusCounts, UNFINISHED } from './totals.ts'

/** In queue order. */
export function batchViews(
  db: SqlDatabase,
  { unfinishedOnly, ...sources }: FinishSources & { readonly unfinishedOnly: boolean },
): BatchView[] {
  const rows = db.all(
    `SELECT * FROM batches b ${unfinishedOnly ? `WHERE ${UNFINISHED}` : ''} ORDER BY priority DESC, seq`,
  )
  const shared = { revision: jobsRevision(db), finishes: finishes(db, sources) }
  return rows.map((row) => readBatch(db, row, shared))
}

export function batchView(
  db: SqlDatabase,
  { id, ...sources }: FinishSources & { readonly id: BatchId },
): BatchView | null {
  const row = db.get('SELECT * FROM batches WHERE id = ?', [id])
  const shared = { revision: jobsRevision(db), finishes: finishes(db, sources) }
  return row === undefined ? null : readBatch(db, row, shared)
}

interface Shared {
  readonly revision: number
  readonly finishes: Finishes
}

/** A batch's figures change with its jobs, so its view is as new as the newest of all jobs. */
const jobsRevision = (db: SqlDatabase): number =>
  num(db.get('SELECT coalesce(max(revision), 0) AS revision FROM jobs')?.['revision'])

function readBatch(db: SqlDatabase, row: SqlRow, { revision, finishes: ends }: Shared): BatchView {
  const id = text(row['id']) as BatchId
  const capMicros = numOrNull(row['capMicros'])
  const cap = capMicros === null ? null : { micros: capMicros, currency: text(row['capCurrency']) }
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
    stopsAt: stopOf(db, id),
    outDir: text(row['outDir']),
    revision: Math.max(revision, num(row['revision'])),
  }
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
