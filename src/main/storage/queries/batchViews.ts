import type { BatchView } from '../../../shared/domain/batch.ts'
import type { BatchId, JobId } from '../../../shared/domain/ids.ts'
import type { Money } from '../../../shared/domain/money.ts'
import type { TonightView } from '../../../shared/domain/views.ts'
import { num, numOrNull, text, textOrNull } from '../jobStore/readers.ts'
import type { SqlDatabase, SqlRow } from '../sqlite.ts'
import { middleRender, msUntilDone, workLeft, type Pace } from './expectedFinish.ts'
import type { LaneSource } from './lanesAndSpend.ts'
import { scopeTotal, statusCounts } from './totals.ts'

const UNFINISHED = `EXISTS (SELECT 1 FROM job_counts c WHERE c.batchId = b.id AND c.n > 0
  AND c.status IN ('queued', 'running', 'waiting', 'needsYou'))`

/** What tells when batches will be done. */
export interface FinishSources {
  readonly now: number
  readonly lanes: readonly LaneSource[]
  readonly window: TonightView['window']
}

/** In queue order. */
export function batchViews(
  db: SqlDatabase,
  { unfinishedOnly, ...sources }: FinishSources & { readonly unfinishedOnly: boolean },
): BatchView[] {
  const rows = db.all(
    `SELECT * FROM batches b ${unfinishedOnly ? `WHERE ${UNFINISHED}` : ''} ORDER BY priority DESC, seq`,
  )
  const shared = { revision: jobsRevision(db), finishAt: finishOf(db, sources) }
  return rows.map((row) => readBatch(db, row, shared))
}

export function batchView(
  db: SqlDatabase,
  { id, ...sources }: FinishSources & { readonly id: BatchId },
): BatchView | null {
  const row = db.get('SELECT * FROM batches WHERE id = ?', [id])
  const shared = { revision: jobsRevision(db), finishAt: finishOf(db, sources) }
  return row === undefined ? null : readBatch(db, row, shared)
}

/** Null while everything is paused. */
function finishOf(
  db: SqlDatabase,
  { now, lanes, window }: FinishSources,
): (id: BatchId, tonight: boolean) => number | null {
  if (db.get("SELECT 1 FROM meta WHERE key = 'paused'") !== undefined) return () => null
  const left = workLeft(db)
  const paces = new Map<string, Pace>()
  const paceOf = (provider: string): Pace => {
    const known = paces.get(provider) ?? {
      slots: slotsOf(db, lanes, provider),
      renderMs: middleRender(db, provider),
    }
    paces.set(provider, known)
    return known
  }
  return (id, tonight) => {
    const ms = msUntilDone(id, { left, paceOf })
    const from = tonight ? opening(window, now) : now
    return ms === null || from === null ? null : from + ms
  }
}

/** From when work for the night is sent; null when no window ever opens. */
function opening(window: TonightView['window'], now: number): number | null {
  return window.kind === 'closed' || window.kind === 'closing' ? window.opensAt : now
}

/** The person's own limits win. */
function slotsOf(db: SqlDatabase, lanes: readonly LaneSource[], provider: string): number {
  return lanes
    .filter((lane) => lane.provider === provider)
    .reduce((sum, { credential, slots }) => {
      const own = db.get('SELECT concurrency FROM lanes WHERE provider = ? AND credential = ?', [
        provider,
        credential,
      ])
      return sum + (numOrNull(own?.['concurrency']) ?? slots)
    }, 0)
}

interface Shared {
  readonly revision: number
  readonly finishAt: (id: BatchId, tonight: boolean) => number | null
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

function readBatch(db: SqlDatabase, row: SqlRow, { revision, finishAt }: Shared): BatchView {
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
    expectedFinishAt: open === counts.needsYou ? null : finishAt(id, row['tonight'] === 1),
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
