import { routeRequestSchema, type RouteRequest } from '../../../shared/domain/generation.ts'
import type { JobId, TakeId } from '../../../shared/domain/ids.ts'
import { jobErrorSchema } from '../../../shared/domain/errors.ts'
import { formatMoney } from '../../../shared/domain/moneyText.ts'
import type { JobView, NeedsYou } from '../../../shared/domain/job.ts'
import type { JobDetail } from '../../../shared/domain/views.ts'
import {
  jsonOrNull,
  num,
  numOrNull,
  text,
  textOrNull,
  unreadableNote,
  warningsSchema,
} from '../jobStore/readers.ts'
import type { SqlDatabase, SqlRow } from '../sqlite.ts'
import { JOB_VIEW_SQL, readableJob, readJobView, type ReasonFor } from './jobViews.ts'

/** As SQLite counts. */
const NO_LIMIT = -1

/** Everything about one job; null when there is none. */
export function jobDetail(db: SqlDatabase, id: JobId, reasonFor: ReasonFor): JobDetail | null {
  const row = db.get(`${JOB_VIEW_SQL} WHERE jobs.id = ?`, [id])
  const more = db.get(
    'SELECT route, template, request, warnings, submittedAt, renderedAt, retryOfJobId, cancelNote FROM jobs WHERE id = ?',
    [id],
  )
  if (row === undefined || more === undefined) return null
  const job = readJobView(row, reasonFor)
  return {
    job,
    route: text(more['route']),
    template: textOrNull(more['template']),
    submittedAt: numOrNull(more['submittedAt']),
    renderedAt: numOrNull(more['renderedAt']),
    request: jsonOrNull(more['request'], routeRequestSchema) ?? unreadableRequest(job),
    warnings: jsonOrNull(more['warnings'], warningsSchema) ?? [],
    attempts: attemptsOf(db, id),
    doubt: doubtOf(db, id),
    moves: readableJob(row).moves,
    takes: db
      .all('SELECT id FROM takes WHERE jobId = ? AND deleteAskedAt IS NULL ORDER BY outputNo', [id])
      .map((take) => text(take['id']) as TakeId),
    retryOfJobId: textOrNull(more['retryOfJobId']) as JobId | null,
    cancelNote: textOrNull(more['cancelNote']),
  }
}

/** Jobs changed after a revision, oldest first. */
export function jobsSince(
  db: SqlDatabase,
  { revision, limit }: { readonly revision: number; readonly limit: number },
  reasonFor: ReasonFor,
): JobView[] {
  return db
    .all(
      `${JOB_VIEW_SQL} WHERE jobs.revision > ? AND jobs.hidden = 0 ORDER BY jobs.revision LIMIT ?`,
      [revision, limit],
    )
    .map((row) => readJobView(row, reasonFor))
}

/** Jobs that wait for a person, oldest first. */
export function needsYou(db: SqlDatabase, limit = NO_LIMIT): NeedsYou[] {
  return db
    .all(
      `${JOB_VIEW_SQL} WHERE jobs.status = 'needsYou' AND jobs.hidden = 0 ORDER BY jobs.seq LIMIT ?`,
      [limit],
    )
    .map(needOf)
}

function needOf(row: SqlRow): NeedsYou {
  const job = readableJob(row)
  const note = job.needsYou ?? unreadableNote(job.operation)
  return { jobId: job.id, batchId: job.batchId, row: job.row, ...note }
}

/** The lost answer of a job that ended, while the provider is still asked about it (money rule 7). */
function doubtOf(db: SqlDatabase, id: JobId): JobDetail['doubt'] {
  const row = db.get(
    `SELECT i.id, i.lastSentAt, i.watchUntil, c.micros, c.currency FROM jobs j
     JOIN intents i ON i.id = j.intentId LEFT JOIN charges c ON c.intentId = i.id AND c.state = 'indeterminate'
     WHERE j.id = ? AND j.status IN ('failed', 'cancelled') AND j.retriedBy IS NULL
       AND i.outcome = 'unknown' AND i.nextLookAt IS NOT NULL`,
    [id],
  )
  if (row === undefined) return null
  const watchUntil = numOrNull(row['watchUntil'])
  const micros = numOrNull(row['micros']) ?? 0
  const time = (at: number): string => new Date(at).toISOString()
  return [
    `sent ${time(num(row['lastSentAt']))} under the key ${text(row['id'])}; its answer was lost`,
    ...(watchUntil === null ? [] : [`looked for at the provider until ${time(watchUntil)}`]),
    ...(micros > 0
      ? [
          `${formatMoney({ micros, currency: text(row['currency']) })} stay counted against the caps`,
        ]
      : []),
  ]
}

function attemptsOf(db: SqlDatabase, id: JobId): JobDetail['attempts'] {
  const rows = db.all('SELECT step, attempt, at, error FROM attempts WHERE jobId = ? ORDER BY id', [
    id,
  ])
  return rows.map((row) => ({
    step: text(row['step']),
    attempt: num(row['attempt']),
    at: num(row['at']),
    error: jsonOrNull(row['error'], jobErrorSchema) ?? {
      kind: 'unknown',
      code: 'ROW_UNREADABLE',
      message: 'What went wrong then cannot be read any more.',
    },
  }))
}

/** Stands in the panel where the request was; the job itself says that it cannot be read. */
function unreadableRequest({ route, prompt, mode }: JobView): RouteRequest {
  const expect = { prompt, durationSeconds: 1, width: 1, height: 1, fps: 1, hasAudio: false }
  return { version: 1, endpoint: route, fields: {}, frames: [], mode, expect }
}
