import type { JobRow } from '../../jobs/jobRow.ts'
import type { SqlDatabase, SqlRow } from '../sqlite.ts'
import { readJob, text } from './readers.ts'

/** For lists: a row that cannot be read is left out of them, and the claim tells a person of it. */
export function readableJobs(rows: readonly SqlRow[]): readonly JobRow[] {
  return rows.flatMap((row) => {
    try {
      return [readJob(row)]
    } catch {
      return []
    }
  })
}

/** A row that no version of ours wrote waits for a person instead of stopping the queue (money rule 16). */
export function readable(db: SqlDatabase, row: SqlRow): readonly JobRow[] {
  try {
    return [readJob(row)]
  } catch (error) {
    const note = {
      code: 'unreadable',
      message: 'What is stored about this job cannot be read. Nothing was sent again.',
      evidence: [String(error), `operation ${String(row['operation'] ?? 'none')}`],
      actions: ['giveUp'],
    }
    db.run(
      "UPDATE jobs SET status = 'needsYou', lease = NULL, operation = NULL, moves = NULL, outputs = NULL, providerState = NULL, error = NULL, needsYou = ? WHERE id = ?",
      [JSON.stringify(note), text(row['id'])],
    )
    return []
  }
}
