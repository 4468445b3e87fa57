import { jobIdSchema } from '../../../shared/domain/ids.ts'
import { MODES } from '../../../shared/domain/model.ts'
import type { IntentId } from '../../jobs/jobRow.ts'
import type { SqlDatabase, SqlRow } from '../sqlite.ts'
import type { NewJournalLine } from './journalLine.ts'

/** Lines for creates that the database holds unsettled and the journal has never heard of. */
export function backlogLines(db: SqlDatabase, ids: readonly IntentId[]): NewJournalLine[] {
  return ids.flatMap((id) => {
    const row = db.get(
      `SELECT i.*, j.batchId, j.row, j.take, j.prompt, j.model, j.modelName, j.route, j.mode,
              c.micros, c.currency, c.estimated
       FROM intents i JOIN jobs j ON j.id = i.jobId LEFT JOIN charges c ON c.intentId = i.id WHERE i.id = ?`,
      [id],
    )
    return row === undefined ? [] : [intentLineOf(id, row)]
  })
}

function intentLineOf(intentId: IntentId, row: SqlRow): NewJournalLine {
  return {
    kind: 'intent',
    at: Number(row['submitStartedAt']),
    intentId,
    jobId: jobIdSchema.parse(row['jobId']),
    intentNo: Number(row['intentNo']),
    provider: String(row['provider']),
    credential: String(row['credential']),
    url: String(row['url']),
    endpoint: String(row['endpoint']),
    fingerprint: String(row['fingerprint']),
    bodySha256: String(row['bodySha256']),
    wireVersion: Number(row['version']),
    reservation: {
      micros: Number(row['micros'] ?? 0),
      currency: String(row['currency'] ?? 'USD'),
      estimated: row['estimated'] === 1,
    },
    job: {
      batchId: String(row['batchId']) as `batch_${string}`,
      row: Number(row['row']),
      take: Number(row['take']),
      prompt: String(row['prompt']),
      model: String(row['model']),
      modelName: String(row['modelName']),
      route: String(row['route']),
      mode: MODES.find((mode) => mode === row['mode']) ?? 'textToVideo',
    },
  }
}
