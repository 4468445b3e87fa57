import type { RouteId } from '../../../shared/domain/ids.ts'
import { openReader } from '../openReader.ts'
import { num, text } from '../jobStore/readers.ts'

/** Middle of the last measured times of each route; empty where no database can be read. */
export function renderMedians(path: string): ReadonlyMap<RouteId, number> {
  const db = openReader(path)
  if (!db.ok) return new Map()
  try {
    const rows = db.value.all(
      `SELECT route, renderMs FROM (
         SELECT route, renderMs, count(*) OVER (PARTITION BY route) AS many,
           row_number() OVER (PARTITION BY route ORDER BY renderMs) AS place
         FROM render_times)
       WHERE place = many / 2 + 1`,
    )
    return new Map(rows.map((row) => [text(row['route']), num(row['renderMs'])]))
  } finally {
    db.value.close()
  }
}
