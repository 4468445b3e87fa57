import { JOB_STATUSES } from '../../../shared/domain/job.ts'
import { NO_COUNTS, type StatusCounts } from '../../../shared/domain/batch.ts'
import type { BatchId } from '../../../shared/domain/ids.ts'
import type { Money } from '../../../shared/domain/money.ts'
import { num, textOrNull } from '../jobStore/readers.ts'
import type { SqlDatabase } from '../sqlite.ts'

/** Jobs per status, of a batch or of everything; from the counters, never from the jobs. */
export function statusCounts(db: SqlDatabase, batchId: BatchId | undefined): StatusCounts {
  const rows =
    batchId === undefined
      ? db.all('SELECT status, sum(n) AS n FROM job_counts GROUP BY status')
      : db.all('SELECT status, n FROM job_counts WHERE batchId = ?', [batchId])
  const entries = rows.flatMap((row) => {
    const status = JOB_STATUSES.find((known) => known === row['status'])
    return status === undefined ? [] : [[status, num(row['n'])] as const]
  })
  return { ...NO_COUNTS, ...Object.fromEntries(entries) }
}

/** Of the batches `b`. */
export const UNFINISHED = `EXISTS (SELECT 1 FROM job_counts c WHERE c.batchId = b.id AND c.n > 0
  AND c.status IN ('queued', 'running', 'waiting', 'needsYou'))`

export function unfinishedBatchByDigest(db: SqlDatabase, digest: string): BatchId | null {
  const row = db.get(`SELECT id FROM batches b WHERE digest = ? AND ${UNFINISHED} LIMIT 1`, [
    digest,
  ])
  return textOrNull(row?.['id']) as BatchId | null
}

export interface ScopeTotal {
  /** Reserved, confirmed and indeterminate together; null when nothing was or will be charged. */
  readonly committed: Money | null
  /** Confirmed; null when nothing was. */
  readonly spent: Money | null
}

/**
 * What charges of a scope add up to. Money of several currencies cannot be added: the cap's currency
 * is shown, else the one with most in it.
 */
export function scopeTotal(
  db: SqlDatabase,
  scope: {
    readonly scope: 'batch' | 'night'
    readonly id: string
    readonly currency: string | null
  },
): ScopeTotal {
  const rows = db.all(
    `SELECT currency, reserved + confirmed + indeterminate AS committed, confirmed FROM charge_totals
     WHERE scope = ? AND scopeId = ? ORDER BY currency = ? DESC, committed DESC`,
    [scope.scope, scope.id, scope.currency ?? ''],
  )
  const row = rows[0]
  if (row === undefined) return { committed: null, spent: null }
  const money = (micros: unknown, estimated: boolean): Money | null =>
    Number(micros) === 0
      ? null
      : { micros: Number(micros), currency: String(row['currency']), estimated }
  const isBilled = row['committed'] === row['confirmed']
  const spent = money(row['confirmed'], hasEstimates(db, scope))
  return { committed: money(row['committed'], !isBilled || spent?.estimated === true), spent }
}

/** Some of what was confirmed has no bill behind it, only our estimate. */
function hasEstimates(
  db: SqlDatabase,
  { scope, id }: { readonly scope: 'batch' | 'night'; readonly id: string },
): boolean {
  const column = scope === 'batch' ? 'batchId' : 'night'
  const sql = `SELECT 1 AS yes FROM charges WHERE ${column} = ? AND state = 'confirmed' AND estimated = 1 AND micros > 0 LIMIT 1`
  return db.get(sql, [id]) !== undefined
}
