import type { SqlDatabase } from './sqlite.ts'

/** One growing number over everything that screens show: a late event never overwrites a newer state. */
export interface Revisions {
  next(): number
}

/** Goes on where the database stands. One per engine: only its connection writes. */
export function revisionsFrom(db: SqlDatabase): Revisions {
  const row = db.get(
    'SELECT max((SELECT coalesce(max(revision), 0) FROM jobs), (SELECT coalesce(max(revision), 0) FROM takes), (SELECT coalesce(max(revision), 0) FROM batches)) AS revision',
  )
  let current = Number(row?.['revision'] ?? 0)
  return { next: () => (current += 1) }
}
