import type { RouteId } from '../../../shared/domain/ids.ts'
import type { JobTx } from '../../jobs/ports.ts'
import type { RenderTimes } from '../../jobs/pollPlan.ts'
import type { SqlDatabase } from '../sqlite.ts'
import { num } from './readers.ts'

/** Renders that count towards the expected time of a route. */
const RENDERS_KEPT = 40
/** Once so many are known, one more changes little: they are read and cleared anew after this many. */
const RENDERS_BETWEEN = 8

interface Known {
  readonly times: RenderTimes | null
  readonly rows: number
  /** Written since they were read, or meant to be: a write that was undone only brings the next look sooner. */
  added: number
}

/** How long renders take, for the plan of looks. Of a route with few of them each one counts at once. */
export function measuredTimes(db: SqlDatabase): Pick<JobTx, 'renderTimes' | 'addRenderTime'> {
  const known = new Map<RouteId, Known>()
  return {
    addRenderTime: ({ route, at, renderMs, outputSeconds, bytes }) => {
      db.run(
        'INSERT INTO render_times (route, at, renderMs, outputSeconds, bytes) VALUES (?, ?, ?, ?, ?)',
        [route, at, renderMs, outputSeconds, bytes],
      )
      const before = known.get(route)
      if (before === undefined) return
      before.added += 1
      if (!isStale(before)) return
      known.delete(route)
      if (before.rows + before.added > RENDERS_KEPT)
        db.run(
          'DELETE FROM render_times WHERE route = ? AND rowid <= (SELECT rowid FROM render_times WHERE route = ? ORDER BY rowid DESC LIMIT 1 OFFSET ?)',
          [route, route, RENDERS_KEPT],
        )
    },
    renderTimes: (route) => {
      const before = known.get(route)
      if (before !== undefined) return before.times
      const rows = renderMsOf(db, route)
      const times = timesOf(rows)
      known.set(route, { times, rows: rows.length, added: 0 })
      return times
    },
  }
}

const isStale = ({ rows, added }: Known): boolean => rows < RENDERS_KEPT || added >= RENDERS_BETWEEN

/** How long renders of a route took lately; null when none was measured. */
export const readRenderTimes = (db: SqlDatabase, route: RouteId): RenderTimes | null =>
  timesOf(renderMsOf(db, route))

const renderMsOf = (db: SqlDatabase, route: RouteId): readonly number[] =>
  db
    .all('SELECT renderMs FROM render_times WHERE route = ? ORDER BY renderMs', [route])
    .map((row) => num(row['renderMs']))

function timesOf(sorted: readonly number[]): RenderTimes | null {
  const at = (part: number): number => sorted[Math.floor(sorted.length * part)] ?? 0
  if (sorted.length === 0) return null
  return { first: at(0.02), early: at(0.25), median: at(0.5), late: at(0.9) }
}
