import type { BatchView } from '../../../shared/domain/batch.ts'
import type { BatchId } from '../../../shared/domain/ids.ts'
import type { Money } from '../../../shared/domain/money.ts'
import { num, numOrNull, text, textOrNull } from '../jobStore/readers.ts'
import type { SqlDatabase, SqlRow } from '../sqlite.ts'
import { scopeTotal, statusCounts } from './totals.ts'

const UNFINISHED = `EXISTS (SELECT 1 FROM job_counts c WHERE c.batchId = b.id AND c.n > 0
  AND c.status IN ('queued', 'running', 'waiting', 'needsYou'))`

/** In queue order. */
export function batchViews(db: SqlDatabase, unfinishedOnly: boolean): BatchView[] {
  const rows = db.all(
    `SELECT * FROM batches b ${unfinishedOnly ? `WHERE ${UNFINISHED}` : ''} ORDER BY priority DESC, seq`,
  )
  const revision = jobsRevision(db)
  return rows.map((row) => readBatch(db, row, revision))
}

export function batchView(db: SqlDatabase, id: BatchId): BatchView | null {
  const row = db.get('SELECT * FROM batches WHERE id = ?', [id])
  return row === undefined ? null : readBatch(db, row, jobsRevision(db))
}

export function unfinishedBatchByDigest(db: SqlDatabase, digest: string): BatchId | null {
  const row = db.get(`SELECT id FROM batches b WHERE digest = ? AND ${UNFINISHED} LIMIT 1`, [
    digest,
  ])
  return textOrNull(row?.['id']) as BatchId | null
}

/** A batch's figures change with its jobs, so its view is as new as the newest of all jobs. */
const jobsRevision = (db: SqlDatabase): number =>
  num(db.get('SELECT coalesce(max(revision), 0) AS revision FROM jobs')?.['revision'])

function readBatch(db: SqlDatabase, row: SqlRow, revision: number): BatchView {
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
    outDir: text(row['outDir']),
    revision: Math.max(revision, num(row['revision'])),
  }
}

/** Null when a job is unpriced or currencies are mixed: a partial sum would tell too little. */
function estimateOf(db: SqlDatabase, id: BatchId): Money | null {
  const rows = db.all('SELECT currency, micros FROM batch_estimates WHERE batchId = ?', [id])
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
