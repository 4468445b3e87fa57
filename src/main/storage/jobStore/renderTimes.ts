import type { RouteId } from '../../../shared/domain/ids.ts'
import type { RenderTimes } from '../../jobs/pollPlan.ts'
import type { SqlDatabase } from '../sqlite.ts'
import { num } from './readers.ts'

/** How long renders of a route took lately; null when none was measured. */
export function readRenderTimes(db: SqlDatabase, route: RouteId): RenderTimes | null {
  const rows = db.all('SELECT renderMs FROM render_times WHERE route = ? ORDER BY renderMs', [
    route,
  ])
  const at = (part: number): number => num(rows[Math.floor(rows.length * part)]?.['renderMs'])
  if (rows.length === 0) return null
  return { first: at(0.02), early: at(0.25), median: at(0.5), late: at(0.9) }
}
