import type { BatchId } from '../../../shared/domain/ids.ts'
import type { Waits } from '../../../shared/domain/views.ts'
import { CLAIMABLE, JOB_COLUMNS, num } from '../jobStore/readers.ts'
import type { SqlDatabase } from '../sqlite.ts'
import { filterConditions } from './jobFilter.ts'
import { readableJob, type ReasonFor } from './jobViews.ts'
import { allOf } from './like.ts'

export interface WaitsScope {
  readonly batchId?: BatchId | undefined
  readonly project?: string | undefined
}

/**
 * Why jobs wait, the commonest reason first. What a reason is made of is alike in each group, so one
 * job of it, that which goes on first, stands for all.
 */
export function waitsOf(
  db: SqlDatabase,
  { now, ...scope }: WaitsScope & { readonly now: number },
  reasonFor: ReasonFor,
): readonly Waits[] {
  const where = allOf(filterConditions(scope))
  const groups = db.all(
    `SELECT ${JOB_COLUMNS}, count(*) AS jobs, min(runAt) AS firstAt FROM jobs
     WHERE ${CLAIMABLE} AND hidden = 0 ${where.sql}
     GROUP BY batchId, provider, route, paused, attempt, error, runAt > ?`,
    [...where.values, now],
  )
  const byReason = new Map<string, Waits>()
  for (const group of groups) {
    const { reason, waitsUntil } = reasonFor(readableJob(group))
    if (reason === null) continue
    const { jobs = 0, until = null } = byReason.get(reason) ?? {}
    const first = earlier(until, waitsUntil)
    byReason.set(reason, { reason, jobs: jobs + num(group['jobs']), until: first })
  }
  return [...byReason.values()].toSorted((a, b) => b.jobs - a.jobs)
}

const earlier = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.min(one, other)
