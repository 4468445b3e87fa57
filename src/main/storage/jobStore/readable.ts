import { JOB_STEPS } from '../../../shared/domain/job.ts'
import type { JobRow } from '../../jobs/jobRow.ts'
import type { SqlDatabase, SqlRow } from '../sqlite.ts'
import type { Revisions } from '../revisions.ts'
import { CLAIMABLE, JOB_COLUMNS, readJob, text, textOrNull, unreadableNote } from './readers.ts'

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

/** Reads rows to work on; what cannot be read is put before the person. */
export interface RowReader {
  /** The job; none where no version of ours wrote its row: it waits for a person instead of stopping the queue (money rule 16). */
  read(row: SqlRow): readonly JobRow[]
  /** Those that were put before the person since the last call. */
  askedAbout(): readonly JobRow[]
}

export function rowReader(db: SqlDatabase, revisions: Revisions): RowReader {
  let asked: string[] = []
  return {
    read(row) {
      try {
        return [readJobOf(db, row)]
      } catch (error) {
        const id = text(row['id'])
        const evidence = [String(error), `operation ${String(row['operation'] ?? 'none')}`]
        db.run(
          `UPDATE jobs SET status = 'needsYou', step = iif(step IN (${STEPS}), step, 'submit'), lease = NULL, operation = NULL, breakPoint = 0, needsYou = ?, revision = ? WHERE id = ?`,
          [JSON.stringify({ ...unreadableNote(null), evidence }), revisions.next(), id],
        )
        if (row['breakPoint'] === 1) passBreakOn(db, revisions, id)
        asked.push(id)
        return []
      }
    },
    askedAbout() {
      if (asked.length === 0) return []
      const ids = asked
      asked = []
      return readableJobs(
        db,
        db.all(
          `SELECT ${JOB_COLUMNS} FROM jobs WHERE status = 'needsYou' AND id IN (SELECT value FROM json_each(?))`,
          [JSON.stringify(ids)],
        ),
      )
    },
  }
}

/** The batch stops before the next row instead, and asks there: what no longer waits stops nothing. */
function passBreakOn(db: SqlDatabase, revisions: Revisions, id: string): void {
  db.run(
    `UPDATE jobs SET breakPoint = 1, revision = :revision WHERE seq = (
       SELECT next.seq FROM jobs AS next JOIN jobs AS gone ON gone.id = :id AND next.batchId = gone.batchId
       WHERE next.hidden = 0 AND next.${CLAIMABLE}
         AND (-next.priority, next.position, next.seq) > (-gone.priority, gone.position, gone.seq)
       ORDER BY next.priority DESC, next.position, next.seq LIMIT 1)`,
    { revision: revisions.next(), id },
  )
}
