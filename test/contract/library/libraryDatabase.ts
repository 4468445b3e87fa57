import { MIGRATIONS } from '../../../src/main/storage/migrations/index.ts'
import { connect } from '../../../src/main/storage/sqlite.ts'
import { CommitGroup } from '../../../src/main/storage/commitGroup.ts'
import type { LibraryOptions } from '../../../src/main/library/libraryDatabase.ts'

/** A real database in memory with all migrations, a clock that ticks by one, ids that count. */
export function libraryOptions(): LibraryOptions & { close(): void } {
  const db = connect(':memory:')
  for (const { sql } of MIGRATIONS) db.exec(sql)
  const commits = new CommitGroup(db)
  let at = 1_763_800_000_000
  let ids = 0
  return {
    database: { reader: db, write: (fn) => commits.write(fn) },
    now: () => (at += 1),
    newId: () => `01J8${String((ids += 1)).padStart(6, '0')}`,
    close: () => db.close(),
  }
}
