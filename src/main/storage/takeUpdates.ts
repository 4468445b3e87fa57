import type { Commands } from '../engine.ts'
import { toSql } from './jobStore/readers.ts'
import type { Revisions } from './revisions.ts'
import type { CommitGroup } from './commitGroup.ts'

/** What a person says of takes: rating, flag, tags, note, seen, trash. Nothing else of a take changes. */
export function createTakeUpdates({
  group,
  revisions,
}: {
  readonly group: CommitGroup
  readonly revisions: Revisions
}): Commands['updateTakes'] {
  return (ids, patch) => {
    const entries = Object.entries(patch).filter(([, value]) => value !== undefined)
    if (entries.length === 0) return Promise.resolve()
    const sets = entries.map(([name]) => `${name} = ?`).join(', ')
    const values = entries.map(([, value]) => toSql(value))
    return group.write((db) => {
      const revision = revisions.next()
      for (const id of ids)
        db.run(`UPDATE takes SET ${sets}, revision = ? WHERE id = ? AND deleteAskedAt IS NULL`, [
          ...values,
          revision,
          id,
        ])
    })
  }
}
