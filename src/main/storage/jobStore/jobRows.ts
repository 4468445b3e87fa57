import { z } from 'zod'
import type { JobId } from '../../../shared/domain/ids.ts'
import { routeRequestSchema } from '../../../shared/domain/generation.ts'
import { TERMINAL_STATUSES, type JobStatus } from '../../../shared/domain/job.ts'
import type { JobsFilter, JobTx, NewJobs } from '../../jobs/ports.ts'
import type { JobPatch, JobRow } from '../../jobs/jobRow.ts'
import type { SqlDatabase, SqlRow, SqlValue } from '../sqlite.ts'
import type { Revisions } from '../revisions.ts'
import { filterConditions } from '../queries/jobFilter.ts'
import { allOf, type Condition } from '../queries/like.ts'
import { copies } from './copies.ts'
import { countLater } from './countLater.ts'
import { indexPrompts } from './promptIndex.ts'
import { readableJobs, readJobOf } from './readable.ts'
import { measuredTimes } from './renderTimes.ts'
import { JOB_COLUMNS, jsonOrNull, READABLE_ERROR, text, textOrNull, toSql } from './readers.ts'
import { parseJson } from '../../../shared/domain/json.ts'

type JobRowPart = Pick<
  JobTx,
  | 'job'
  | 'jobs'
  | 'current'
  | 'updateJob'
  | 'patchJob'
  | 'request'
  | 'requestIfReadable'
  | 'setRequest'
  | 'tags'
  | 'template'
  | 'addAttempt'
  | 'insertJobs'
  | 'cloneJobs'
  | 'hideJobs'
  | 'notCopied'
  | 'positionsAfter'
  | 'retriedAmong'
  | 'jobsOf'
  | 'idsOf'
  | 'retriedBy'
  | 'renderTimes'
  | 'addRenderTime'
>

const tagsSchema = z.array(z.string())

/** Errors kept per job: an outage of a night must not fill the disk. */
const ATTEMPTS_KEPT = 30

/** Jobs as rows: read, change, insert, copy. */
export function jobRows(db: SqlDatabase, revisions: Revisions): JobRowPart {
  const job = (id: JobId): JobRow | null => {
    const row = db.get(`SELECT ${JOB_COLUMNS} FROM jobs WHERE id = ?`, [id])
    return row === undefined ? null : readJobOf(db, row)
  }
  const jobs = (ids: readonly JobId[]): readonly JobRow[] =>
    readableJobs(
      db,
      db.all(
        `SELECT ${JOB_COLUMNS} FROM (SELECT key AS place, value AS wanted FROM json_each(?)) CROSS JOIN jobs ON jobs.id = wanted ORDER BY place`,
        [JSON.stringify(ids)],
      ),
    )
  return {
    job,
    jobs,
    current: (before) => {
      const now = isSame(db, before) ? before : job(before.id)
      if (now === null) throw new TypeError(`${before.id} is not in the database`)
      return now
    },
    updateJob: (id, patch) => {
      const { sql, values } = updateOf(patch)
      const row = db.get(
        `UPDATE jobs SET ${sql}revision = ? WHERE id = ? RETURNING ${JOB_COLUMNS}`,
        [...values, revisions.next(), id],
      )
      if (row === undefined) throw new TypeError(`${id} is not in the database`)
      return readJobOf(db, row)
    },
    patchJob: patchJob(db, revisions),
    insertJobs: (insertion) => insertJobs(db, revisions, insertion),
    ...copies(db, revisions, jobs),
    ...measuredTimes(db),
    ...jobLists(db),
    ...jobDetails(db),
  }
}

/** A lease, and a time that was brought forward, are written without a new revision. */
const isSame = (db: SqlDatabase, { seq, revision, lease, runAt }: JobRow): boolean =>
  db.get('SELECT 1 AS yes FROM jobs WHERE seq = ? AND revision = ? AND lease IS ? AND runAt = ?', [
    seq,
    revision,
    lease,
    runAt,
  ]) !== undefined

function jobLists(db: SqlDatabase): Pick<JobTx, 'jobsOf' | 'idsOf' | 'retriedBy'> {
  return {
    jobsOf: (target, filter) => readableJobs(db, listed(db, JOB_COLUMNS, { target, filter })),
    idsOf: (target, filter) =>
      listed(db, 'id', { target, filter }).map(({ id }) => text(id) as JobId),
    retriedBy: (id) =>
      textOrNull(
        db.get('SELECT retriedBy FROM jobs WHERE id = ?', [id])?.['retriedBy'],
      ) as JobId | null,
  }
}

function failedFor(target: JobsFilter['failure']): readonly (Condition | null)[] {
  if (target === undefined) return []
  const { kind, code, refusedPart, since } = target.failure
  return [
    {
      sql: `${READABLE_ERROR} ->> 'kind' = ? AND ${READABLE_ERROR} ->> 'code' = ?`,
      values: [kind, code],
    },
    refusedPart === undefined
      ? null
      : { sql: `${READABLE_ERROR} ->> 'refusedPart' IS ?`, values: [refusedPart] },
    since === undefined ? null : { sql: 'finishedAt > ?', values: [since] },
    ...filterConditions(target.filter),
  ]
}

interface Listing {
  readonly target: Parameters<JobTx['idsOf']>[0]
  readonly filter: JobsFilter
}

function listed(db: SqlDatabase, columns: string, { target, filter }: Listing): readonly SqlRow[] {
  const where = allOf([
    isOf(target),
    statusesOf(filter),
    filter.retryable === true ? { sql: 'retriedBy IS NULL', values: [] } : null,
    ...failedFor(filter.failure),
  ])
  return db.all(
    `SELECT ${columns} FROM jobs WHERE hidden = 0 ${where.sql} ORDER BY seq`,
    where.values,
  )
}

function isOf(target: Listing['target']): Condition | null {
  if (target === 'all') return null
  if (typeof target === 'string') return { sql: 'batchId = ?', values: [target] }
  return { sql: 'id IN (SELECT value FROM json_each(?))', values: [JSON.stringify(target)] }
}

function statusesOf({ open, running, retryable, ended, failure }: JobsFilter): Condition | null {
  if (running === true) return anyOf(['running'])
  if (open === true) return anyOf(['queued', 'running', 'waiting', 'needsYou'])
  if (failure !== undefined) return anyOf(['failed'])
  if (retryable === true) return anyOf(['failed', 'cancelled'])
  return ended === true ? anyOf(TERMINAL_STATUSES) : null
}

/**
 * Writes only what differs from the row as it was read: a column that is named takes its entry out of
 * every index that knows it and puts it back, changed or not. `OR FAIL` spares a copy of each page that
 * the statement and its triggers touch; a write that throws is undone whole by its `CommitGroup`.
 */
const patchJob =
  (db: SqlDatabase, revisions: Revisions): JobTx['patchJob'] =>
  (before, patch) => {
    const { sql, values, defined } = updateOf(patch, before)
    const revision = revisions.next()
    values.push(revision, before.seq, before.revision)
    const changed = db.run(
      `UPDATE OR FAIL jobs SET ${sql}revision = ? WHERE seq = ? AND revision = ?`,
      values,
    )
    if (changed === 0) throw new TypeError(`${before.id} is not as it was read`)
    return { ...before, ...defined, revision }
  }

const anyOf = (statuses: readonly JobStatus[]): Condition => ({
  sql: `status IN (${statuses.map((status) => `'${status}'`).join(', ')})`,
  values: [],
})

function jobDetails(
  db: SqlDatabase,
): Pick<
  JobTx,
  'request' | 'requestIfReadable' | 'setRequest' | 'tags' | 'template' | 'addAttempt'
> {
  return {
    setRequest: (id, request) =>
      void db.run('UPDATE jobs SET request = ? WHERE id = ?', [JSON.stringify(request), id]),
    request: (id) =>
      routeRequestSchema.parse(
        parseJson(text(db.get('SELECT request FROM jobs WHERE id = ?', [id])?.['request'])),
      ),
    requestIfReadable: (id) =>
      jsonOrNull(
        db.get('SELECT request FROM jobs WHERE id = ?', [id])?.['request'],
        routeRequestSchema,
      ),
    tags: (id) =>
      tagsSchema.parse(
        parseJson(text(db.get('SELECT tags FROM jobs WHERE id = ?', [id])?.['tags'])),
      ),
    template: (id) =>
      textOrNull(db.get('SELECT template FROM jobs WHERE id = ?', [id])?.['template']),
    addAttempt: (row, error, at) => {
      db.run('INSERT INTO attempts (jobId, step, attempt, at, error) VALUES (?, ?, ?, ?, ?)', [
        row.id,
        row.step,
        row.attempt,
        at,
        JSON.stringify(error),
      ])
      db.run(
        'DELETE FROM attempts WHERE jobId = ? AND id <= (SELECT id FROM attempts WHERE jobId = ? ORDER BY id DESC LIMIT 1 OFFSET ?)',
        [row.id, row.id, ATTEMPTS_KEPT],
      )
    },
  }
}

interface JobUpdate {
  readonly sql: string
  readonly values: SqlValue[]
  /** The patch without what is undefined, which is not written. */
  readonly defined: JobPatch
}

/** @param before what need not be written again */
function updateOf(patch: JobPatch, before: JobPatch = {}): JobUpdate {
  let sql = ''
  const values: SqlValue[] = []
  const defined: Record<string, unknown> = {}
  const known = before as Readonly<Record<string, unknown>>
  for (const [name, value] of Object.entries(patch)) {
    if (value === undefined || value === known[name]) continue
    if (name === 'estimate') throw new TypeError('the estimate of a job never changes')
    sql += `${name} = ?, `
    values.push(toSql(value))
    defined[name] = value
  }
  return { sql, values, defined }
}

/** One statement for so many jobs: the way into the database costs more than the row. */
const JOBS_AT_ONCE = 40
const NEW_JOB = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?)"

const insertSql = (jobs: number): string =>
  `INSERT INTO jobs (id, batchId, row, take, name, tags, prompt, template, provider, model, modelName, route, mode, request, asked, warnings, estimateMicros, estimateCurrency, status, runAt, position, firstFrameSha256, routeNamed, createdAt, revision)
   VALUES ${Array.from({ length: jobs }, () => NEW_JOB).join(', ')}`

const INSERT_MANY = insertSql(JOBS_AT_ONCE)
const INSERT_ONE = insertSql(1)

function insertJobs(db: SqlDatabase, revisions: Revisions, jobs: NewJobs): void {
  countLater(db, () => insertRows(db, revisions, jobs))
  indexPrompts(db)
}

function insertRows(db: SqlDatabase, revisions: Revisions, jobs: NewJobs): void {
  const { length } = jobs.plan.jobs
  // One revision each: patches since a revision must not cut a batch in two.
  const valuesOf = (index: number): readonly SqlValue[] => newJob(jobs, index, revisions.next())
  const whole = length - (length % JOBS_AT_ONCE)
  for (let from = 0; from < whole; from += JOBS_AT_ONCE) {
    const values: SqlValue[] = []
    for (let at = from; at < from + JOBS_AT_ONCE; at += 1) values.push(...valuesOf(at))
    db.run(INSERT_MANY, values)
  }
  for (let at = whole; at < length; at += 1) db.run(INSERT_ONE, [...valuesOf(at)])
}

function newJob(
  { batchId, plan, ids, at }: NewJobs,
  index: number,
  revision: number,
): readonly SqlValue[] {
  const job = plan.jobs[index]
  const id = ids[index]
  if (job === undefined || id === undefined) throw new TypeError('an id is missing')
  const firstFrame = job.request.frames.find((frame) => frame.role === 'firstFrame')
  return [
    id,
    batchId,
    job.row,
    job.take,
    job.name,
    JSON.stringify(job.tags),
    job.prompt,
    job.template ?? null,
    job.provider,
    job.model,
    job.modelName,
    job.route,
    job.request.mode,
    JSON.stringify(job.request),
    toSql(job.asked),
    JSON.stringify(job.warnings),
    job.estimate?.micros ?? null,
    job.estimate?.currency ?? null,
    at,
    index,
    firstFrame?.kind === 'file' ? firstFrame.sha256 : null,
    toSql(job.routeNamed !== false),
    at,
    revision,
  ]
}
