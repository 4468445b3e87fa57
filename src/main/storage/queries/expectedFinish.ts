import type { BatchId, ProviderId } from '../../../shared/domain/ids.ts'
import { num, text } from '../jobStore/readers.ts'
import type { SqlDatabase } from '../sqlite.ts'

/** Work that a batch has left on one provider. */
export interface WorkLeft {
  readonly batchId: BatchId
  readonly provider: ProviderId
  readonly priority: number
  readonly jobs: number
}
/** How fast a provider's lanes go. */
export interface Pace {
  readonly slots: number
  /** Middle of the renders measured; null: none was. */
  readonly renderMs: number | null
}

/**
 * Milliseconds until a batch is done when batches of one priority take turns and higher ones go first;
 * null when nothing of a provider was measured yet. Pure.
 */
export function msUntilDone(
  batchId: BatchId,
  {
    left,
    paceOf,
  }: { readonly left: readonly WorkLeft[]; readonly paceOf: (provider: ProviderId) => Pace },
): number | null {
  const own = left.filter((work) => work.batchId === batchId)
  const times = own.map(({ provider, priority, jobs }) => {
    const { slots, renderMs } = paceOf(provider)
    if (slots === 0 || renderMs === null) return null
    const before = left
      .filter((work) => work.provider === provider && work.priority >= priority)
      .reduce(
        (sum, work) => sum + (work.priority > priority ? work.jobs : Math.min(work.jobs, jobs)),
        0,
      )
    return Math.ceil(before / slots) * renderMs
  })
  const known = times.filter((time) => time !== null)
  return known.length === 0 || known.length < times.length ? null : Math.max(...known)
}

/** Of batches that are not paused. */
export const workLeft = (db: SqlDatabase): readonly WorkLeft[] =>
  db
    .all(
      `SELECT f.batchId, f.provider, b.priority, sum(f.n) AS jobs FROM job_facets f JOIN batches b ON b.id = f.batchId
       WHERE f.n > 0 AND f.status IN ('queued', 'waiting', 'running') AND b.paused = 0 GROUP BY 1, 2`,
    )
    .map((row) => ({
      batchId: text(row['batchId']) as BatchId,
      provider: text(row['provider']),
      priority: num(row['priority']),
      jobs: num(row['jobs']),
    }))

/** Middle of the last renders on a provider's routes; null when there are none. */
export function middleRender(db: SqlDatabase, provider: ProviderId): number | null {
  const rows = db.all(
    'SELECT renderMs FROM render_times WHERE route >= ? AND route < ? ORDER BY renderMs',
    [`${provider}/`, `${provider}0`],
  )
  const middle = rows[Math.floor(rows.length / 2)]
  return middle === undefined ? null : num(middle['renderMs'])
}
