import type { JobTx } from '../../jobs/ports.ts'
import { askedShapeSchema, routeRequestSchema } from '../../../shared/domain/generation.ts'
import { JOB_STATUSES } from '../../../shared/domain/job.ts'
import type { Revisions } from '../revisions.ts'
import type { SqlDatabase } from '../sqlite.ts'
import { readJobOf } from './readable.ts'
import {
  JOB_COLUMNS,
  json,
  num,
  numOrNull,
  readJob,
  text,
  toSql,
  warningsSchema,
} from './readers.ts'
import { parseJson } from '../../../shared/domain/json.ts'

type OrderPart = Pick<
  JobTx,
  | 'waitingAt'
  | 'positionBeside'
  | 'renumber'
  | 'breakOf'
  | 'replaceRequest'
  | 'reprice'
  | 'jobRequest'
  | 'forgetRetries'
  | 'mayHaveLeft'
>

const WAITING = "hidden = 0 AND status IN ('queued', 'waiting')"
const IN_ORDER = 'ORDER BY priority DESC, position, seq'

/** Each status is a sorted run of the index `jobs_page`; the best of all runs is the neighbour. */
const besideSql = (best: 'min' | 'max', than: '<' | '>'): string => {
  const runs = JOB_STATUSES.map(
    (status) =>
      `SELECT ${best}(position) AS position FROM jobs INDEXED BY jobs_page WHERE hidden = 0 AND batchId = :batch AND status = '${status}'
         AND priority = :priority AND position ${than} :position AND id NOT IN (SELECT value FROM json_each(:without))`,
  )
  return `SELECT ${best}(position) AS position FROM (${runs.join(' UNION ALL ')})`
}
const LAST_BEFORE = besideSql('max', '<')
const FIRST_AFTER = besideSql('min', '>')

/** Where jobs stand in their batch, and what they ask for while they wait there. */
export function order(db: SqlDatabase, revisions: Revisions): OrderPart {
  return {
    waitingAt: ({ batchId, place, without }) => {
      const isLast = place === 'last'
      const row = db.get(
        `SELECT ${JOB_COLUMNS} FROM jobs WHERE batchId = ? AND ${WAITING} AND id NOT IN (SELECT value FROM json_each(?))
         ${isLast ? 'ORDER BY priority, position DESC, seq DESC' : IN_ORDER} LIMIT 1 OFFSET ?`,
        [batchId, JSON.stringify(without), isLast ? 0 : place],
      )
      return row === undefined ? null : readJob(row)
    },
    positionBeside: ({ of, side, without }) => {
      const row = db.get(side === 'before' ? LAST_BEFORE : FIRST_AFTER, {
        batch: of.batchId,
        priority: of.priority,
        position: of.position,
        without: JSON.stringify(without),
      })
      return numOrNull(row?.['position'])
    },
    renumber: (batchId) => {
      const rows = db.all(`SELECT seq FROM jobs WHERE batchId = ? ORDER BY position, seq`, [
        batchId,
      ])
      rows.forEach((row, place) =>
        db.run('UPDATE jobs SET position = ?, revision = ? WHERE seq = ?', [
          place,
          revisions.next(),
          Number(row['seq']),
        ]),
      )
    },
    breakOf: (batchId) => {
      const row = db.get(
        `SELECT row, priority, position, seq FROM jobs INDEXED BY jobs_break WHERE batchId = ? AND breakPoint = 1 AND ${WAITING} ${IN_ORDER} LIMIT 1`,
        [batchId],
      )
      if (row === undefined) return null
      return {
        row: num(row['row']),
        priority: num(row['priority']),
        position: num(row['position']),
        seq: num(row['seq']),
      }
    },
    ...marks(db, revisions),
    ...requests(db, revisions),
    reprice: reprice(db, revisions),
  }
}

function requests(
  db: SqlDatabase,
  revisions: Revisions,
): Pick<JobTx, 'replaceRequest' | 'jobRequest'> {
  return {
    replaceRequest: (id, as) => {
      const frame = as.request.frames.find(({ role }) => role === 'firstFrame')
      const row = db.get(
        `UPDATE jobs SET template = iif(prompt = ?, template, NULL), prompt = ?, provider = ?, model = ?, modelName = ?, route = ?, mode = ?, request = ?, asked = ?, warnings = ?,
           estimateMicros = ?, estimateCurrency = ?, firstFrameSha256 = ?, routeNamed = coalesce(?, routeNamed), revision = ? WHERE id = ? RETURNING ${JOB_COLUMNS}`,
        [
          as.prompt,
          as.prompt,
          as.provider,
          as.model,
          as.modelName,
          as.route,
          as.request.mode,
          JSON.stringify(as.request),
          toSql(as.asked),
          JSON.stringify(as.warnings),
          as.estimate?.micros ?? null,
          as.estimate?.currency ?? null,
          frame?.kind === 'file' ? frame.sha256 : null,
          toSql(as.routeNamed),
          revisions.next(),
          id,
        ],
      )
      if (row === undefined) throw new TypeError(`${id} is not in the database`)
      return readJob(row)
    },
    jobRequest: (id) => {
      const row = db.get(
        `SELECT ${JOB_COLUMNS}, request, asked, warnings, routeNamed FROM jobs WHERE id = ?`,
        [id],
      )
      if (row === undefined) throw new TypeError(`${id} is not in the database`)
      const { prompt, provider, model, modelName, route, estimate } = readJob(row)
      const known = { prompt, provider, model, modelName, route, estimate }
      return {
        ...known,
        routeNamed: row['routeNamed'] === 1,
        request: routeRequestSchema.parse(parseJson(text(row['request']))),
        asked: json(row['asked'], askedShapeSchema),
        warnings: warningsSchema.parse(parseJson(text(row['warnings']))),
      }
    },
  }
}

const reprice =
  (db: SqlDatabase, revisions: Revisions): JobTx['reprice'] =>
  (id, estimate) => {
    const row = db.get(
      `UPDATE jobs SET estimateMicros = ?, estimateCurrency = ?, revision = ? WHERE id = ? RETURNING ${JOB_COLUMNS}`,
      [estimate?.micros ?? null, estimate?.currency ?? null, revisions.next(), id],
    )
    if (row === undefined) throw new TypeError(`${id} is not in the database`)
    return readJobOf(db, row)
  }

const marks = (
  db: SqlDatabase,
  revisions: Revisions,
): Pick<JobTx, 'forgetRetries' | 'mayHaveLeft'> => ({
  forgetRetries: (ids) => {
    const retries = db.all(
      `SELECT made.retryOfJobId AS of, made.id FROM json_each(?) AS wanted CROSS JOIN jobs AS made
       ON made.id = wanted.value WHERE made.retryOfJobId IS NOT NULL`,
      [JSON.stringify(ids)],
    )
    db.run(
      `UPDATE jobs SET retriedBy = NULL, revision = c.value ->> 2
       FROM json_each(?) AS c WHERE jobs.id = c.value ->> 0 AND jobs.retriedBy = c.value ->> 1`,
      [JSON.stringify(retries.map(({ of, id }) => [of, id, revisions.next()]))],
    )
  },
  mayHaveLeft: (id) =>
    db.get(
      "SELECT 1 AS yes FROM intents WHERE jobId = ? AND outcome IN ('open', 'unknown', 'accepted') LIMIT 1",
      [id],
    ) !== undefined,
})
