import type { JobTx } from '../../jobs/ports.ts'
import type { SqlDatabase } from '../sqlite.ts'
import type { RowReader } from './readable.ts'
import { JOB_COLUMNS, textOrNull } from './readers.ts'

/** Jobs that no step holds any more, or that nobody can work on. */
export function orphans(
  db: SqlDatabase,
  reader: RowReader,
): Pick<JobTx, 'orphans' | 'askIfUnreadable' | 'askedAbout'> {
  return {
    orphans: (run) =>
      db
        .all(
          `SELECT ${JOB_COLUMNS}, (SELECT outcome FROM intents WHERE intents.id = jobs.intentId) AS intentOutcome FROM jobs WHERE status = 'running' AND lease IS NOT NULL AND lease <> ?`,
          [run],
        )
        .flatMap((row) =>
          reader.read(row).map((job) => ({
            job,
            intent: textOrNull(row['intentOutcome']) as ReturnType<
              JobTx['orphans']
            >[number]['intent'],
          })),
        ),
    askIfUnreadable: (id) => {
      const row = db.get(
        `SELECT ${JOB_COLUMNS} FROM jobs WHERE id = ? AND status = 'running' AND lease IS NULL`,
        [id],
      )
      if (row !== undefined) reader.read(row)
    },
    askedAbout: () => reader.askedAbout(),
  }
}
