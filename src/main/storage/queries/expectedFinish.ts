import type { BatchId, ProviderId } from '../../../shared/domain/ids.ts'
import type { TonightView } from '../../../shared/domain/views.ts'
import { opensFrom } from '../../../shared/schedule/nightWindow.ts'
import { num, numOrNull, text } from '../jobStore/readers.ts'
import type { SqlDatabase } from '../sqlite.ts'
import type { LaneSource } from './lanesAndSpend.ts'

/** What tells when batches will be done. */
export interface FinishSources {
  readonly now: number
  readonly lanes: readonly LaneSource[]
  readonly window: TonightView['window']
  /** Epoch ms until which its lane lets nothing in; null: it does. */
  readonly restsUntil: (work: Pick<WorkLeft, 'batchId' | 'provider'>) => number | null
  /** It does not go on before a person acts. */
  readonly isStuck: (work: Pick<WorkLeft, 'batchId' | 'provider'>) => boolean
}

/** Work that a batch has left on one provider. */
export interface WorkLeft {
  readonly batchId: BatchId
  readonly provider: ProviderId
  readonly priority: number
  /** It waits for the night windows. */
  readonly tonight: boolean
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
      `SELECT f.batchId, f.provider, b.priority, b.tonight, sum(f.n) AS jobs FROM job_facets f JOIN batches b ON b.id = f.batchId
       WHERE f.n > 0 AND f.status IN ('queued', 'waiting', 'running') AND b.paused = 0 GROUP BY 1, 2`,
    )
    .map((row) => ({
      batchId: text(row['batchId']) as BatchId,
      provider: text(row['provider']),
      priority: num(row['priority']),
      tonight: row['tonight'] === 1,
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

/** When each batch and all work will be done, epoch ms; null while everything is paused or no pace is known. */
export interface Finishes {
  /** Null, too, when a part of it waits for a person. */
  batch(id: BatchId): number | null
  /** Of what goes on without a person; null as soon as one end is not known. */
  last(): number | null
}

export function finishes(db: SqlDatabase, sources: FinishSources): Finishes {
  if (db.get("SELECT 1 FROM meta WHERE key = 'paused'") !== undefined)
    return { batch: () => null, last: () => null }
  const { now, lanes, window, isStuck, restsUntil } = sources
  const all = workLeft(db)
  const left = all.filter((work) => !isStuck(work))
  const paces = new Map<string, Pace>()
  const paceOf = (provider: string): Pace => {
    const known = paces.get(provider) ?? {
      slots: slotsOf(db, lanes, provider),
      renderMs: middleRender(db, provider),
    }
    paces.set(provider, known)
    return known
  }
  const finishAt = (id: BatchId): number | null => {
    const ms = msUntilDone(id, { left, paceOf })
    const isTonight = left.some((work) => work.batchId === id && work.tonight)
    const from = isTonight ? opensFrom(window, now) : now
    const rests = left.filter((work) => work.batchId === id).map((work) => restsUntil(work) ?? now)
    return ms === null || from === null ? null : Math.max(from, ...rests) + ms
  }
  return {
    batch: (id) => (all.some((work) => work.batchId === id && isStuck(work)) ? null : finishAt(id)),
    last() {
      const times = [...new Set(left.map(({ batchId }) => batchId))].map(finishAt)
      const known = times.filter((time) => time !== null)
      return known.length === 0 || known.length < times.length ? null : Math.max(...known)
    },
  }
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
