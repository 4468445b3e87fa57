import { JOB_STEPS } from '../../../shared/domain/job.ts'
import type { JobRow } from '../../jobs/jobRow.ts'
import type { SqlDatabase, SqlRow } from '../sqlite.ts'
import { readJob, text, textOrNull, unreadableNote } from './readers.ts'

const STEPS = JOB_STEPS.map((step) => `'${step}'`).join(', ')

/** For lists: a row that cannot be read is left out of them, and the claim tells a person of it. */
export function readableJobs(db: SqlDatabase, rows: readonly SqlRow[]): readonly JobRow[] {
  return rows.flatMap((row) => {
    try {
      return [readJobOf(db, row)]
    } catch {
      return []
    }
  })
}

/**
 * An operation that the row does not tell is read where it is kept once more; what is not under way can
 * do without.
 * @throws as `readJob`
 */
export function readJobOf(db: SqlDatabase, row: SqlRow): JobRow {
  try {
    return readJob(row)
  } catch (error) {
    const operation = keptOperation(db, row)
    if (operation === null && row['status'] === 'running') throw error
    return readJob({ ...row, operation })
  }
}

const keptOperation = (db: SqlDatabase, row: SqlRow): string | null =>
  textOrNull(
    db.get(
      "SELECT json_object('id', operationId, 'version', version, 'data', json(data)) AS operation FROM operations WHERE jobId = ? AND intentId IS ? AND json_valid(data)",
      [text(row['id']), textOrNull(row['intentId'])],
    )?.['operation'],
  )

/** A row that no version of ours wrote waits for a person instead of stopping the queue (money rule 16). */
export function readable(db: SqlDatabase, row: SqlRow): readonly JobRow[] {
  try {
    return [readJobOf(db, row)]
  } catch (error) {
    const evidence = [String(error), `operation ${String(row['operation'] ?? 'none')}`]
    db.run(
      `UPDATE jobs SET status = 'needsYou', step = iif(step IN (${STEPS}), step, 'submit'), lease = NULL, operation = NULL, needsYou = ? WHERE id = ?`,
      [JSON.stringify({ ...unreadableNote(null), evidence }), text(row['id'])],
    )
    return []
  }
}
