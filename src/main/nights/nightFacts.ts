import { NO_COUNTS, type StatusCounts } from '../../shared/domain/batch.ts'
import { jobErrorSchema } from '../../shared/domain/errors.ts'
import { JOB_STATUSES } from '../../shared/domain/job.ts'
import type { Money } from '../../shared/domain/money.ts'
import type { NightRange } from '../../shared/schedule/nightRange.ts'
import type { SqlDatabase, SqlRow } from '../storage/sqlite.ts'
import type { FailureLine, NightBudget, NightReport } from './nightReport.ts'
import { parseJson } from '../../shared/domain/json.ts'

type Db = Pick<SqlDatabase, 'all' | 'get'>
type Facts = Omit<
  NightReport,
  'version' | 'night' | 'from' | 'to' | 'timeZone' | 'writtenAt' | 'window' | 'held'
>

export interface NightAsked {
  readonly night: string
  readonly range: NightRange
  /** Of a provider, for people. */
  readonly nameOf: (provider: string) => string
}

/** More would make a page that nobody reads. */
const LISTED = 20
const SLOWEST = 5
const SHOWN_TAKES = 24

/** Everything that the database knows of a night. Reads by index where the tables are long. */
export function readNightFacts(db: Db, asked: NightAsked): Facts {
  const { night, range } = asked
  return {
    counts: countsIn(db, range),
    budget: budgetOf(db, night),
    batches: batchesIn(db, range),
    spend: spendOf(db, asked),
    failures: failuresIn(db, asked),
    slowest: slowestIn(db, asked),
    needsYou: needsNow(db),
    ...takesIn(db, range),
  }
}

const within = ({ from, to }: NightRange) => ({ from, to })

function countsIn(db: Db, range: NightRange): StatusCounts {
  const ended = db.all(
    'SELECT status, count(*) AS n FROM jobs INDEXED BY jobs_finished WHERE finishedAt >= :from AND finishedAt < :to AND hidden = 0 GROUP BY status',
    within(range),
  )
  const left = db.all(
    "SELECT status, sum(n) AS n FROM job_counts WHERE status IN ('queued', 'waiting', 'running', 'needsYou') GROUP BY status",
  )
  const entries = [...ended, ...left].flatMap((row) => {
    const status = JOB_STATUSES.find((known) => known === row['status'])
    return status === undefined ? [] : [[status, Number(row['n'])] as const]
  })
  return { ...NO_COUNTS, ...Object.fromEntries(entries) }
}

function budgetOf(db: Db, night: string): NightBudget {
  const cap = db.get(
    `SELECT c.micros, c.currency, e.micros AS extra FROM caps c LEFT JOIN cap_extras e
     ON e.scope = c.scope AND e.scopeId = ? AND e.currency = c.currency WHERE c.scope = 'night'`,
    [night],
  )
  const totals = db.all(
    "SELECT currency, confirmed, reserved + indeterminate AS held FROM charge_totals WHERE scope = 'night' AND scopeId = ?",
    [night],
  )
  const sums = (column: string, estimated: boolean): Money[] =>
    totals
      .filter((row) => Number(row[column]) > 0)
      .map((row) => ({
        micros: Number(row[column]),
        currency: String(row['currency']),
        estimated,
      }))
  const isGuessed =
    db.get(
      "SELECT 1 AS yes FROM charges WHERE night = ? AND state = 'confirmed' AND estimated = 1 AND micros > 0 LIMIT 1",
      [night],
    ) !== undefined
  return {
    cap:
      cap === undefined
        ? null
        : { micros: Number(cap['micros']), currency: String(cap['currency']), estimated: false },
    extraMicros: Number(cap?.['extra'] ?? 0),
    spent: sums('confirmed', isGuessed),
    held: sums('held', true),
  }
}

function batchesIn(db: Db, range: NightRange): NightReport['batches'] {
  return db
    .all(
      `SELECT b.name, sum(j.status = 'succeeded') AS succeeded, sum(j.status = 'failed') AS failed
       FROM jobs j INDEXED BY jobs_finished JOIN batches b ON b.id = j.batchId
       WHERE j.finishedAt >= :from AND j.finishedAt < :to AND j.hidden = 0 GROUP BY b.id ORDER BY b.seq`,
      within(range),
    )
    .map((row) => ({
      name: String(row['name']),
      succeeded: Number(row['succeeded']),
      failed: Number(row['failed']),
    }))
}

function spendOf(db: Db, { night, range, nameOf }: NightAsked): NightReport['spend'] {
  const charged = db.all(
    `SELECT c.provider, j.modelName, c.currency, sum(c.micros) AS micros, max(c.estimated) AS estimated
     FROM charges c JOIN jobs j ON j.id = c.jobId WHERE c.night = ? AND c.state = 'confirmed' AND c.micros > 0
     GROUP BY c.provider, j.modelName, c.currency`,
    [night],
  )
  const unpriced = db.all(
    `SELECT c.provider, j.modelName, count(*) AS n FROM charges c JOIN jobs j ON j.id = c.jobId
     WHERE c.night = ? AND c.state = 'confirmed' AND c.micros = 0 AND c.estimated = 1 AND j.estimateMicros IS NULL
     GROUP BY c.provider, j.modelName`,
    [night],
  )
  return db
    .all(
      'SELECT provider, modelName, count(*) AS takes FROM takes WHERE createdAt >= :from AND createdAt < :to GROUP BY provider, modelName ORDER BY takes DESC',
      within(range),
    )
    .map((row) => {
      const isOwn = (line: SqlRow): boolean =>
        line['provider'] === row['provider'] && line['modelName'] === row['modelName']
      const own = charged.find(isOwn)
      return {
        provider: String(row['provider']),
        providerName: nameOf(String(row['provider'])),
        model: String(row['modelName']),
        takes: Number(row['takes']),
        spent: own === undefined ? null : moneyOf(own),
        unpriced: Number(unpriced.find(isOwn)?.['n'] ?? 0),
      }
    })
}

const moneyOf = (row: SqlRow): Money => ({
  micros: Number(row['micros']),
  currency: String(row['currency']),
  estimated: row['estimated'] === 1,
})

function failuresIn(db: Db, { range, nameOf }: NightAsked): FailureLine[] {
  return db
    .all(
      `SELECT provider, error, count(*) AS n, max(finishedAt) FROM jobs INDEXED BY jobs_finished
       WHERE finishedAt >= :from AND finishedAt < :to AND status = 'failed' AND hidden = 0 AND json_valid(error)
       GROUP BY provider, error ->> 'kind', error ->> 'code' ORDER BY n DESC LIMIT ${LISTED}`,
      within(range),
    )
    .flatMap((row) => {
      const error = errorIn(row)
      const provider = String(row['provider'])
      return error === null
        ? []
        : [{ ...error, provider, providerName: nameOf(provider), jobs: Number(row['n']) }]
    })
}

/** Null for what no version of ours wrote. */
function errorIn(row: SqlRow): Pick<FailureLine, 'kind' | 'code' | 'message'> | null {
  try {
    const { kind, code, message } = jobErrorSchema.parse(parseJson(String(row['error'])))
    return { kind, code, message }
  } catch {
    return null
  }
}

function slowestIn(db: Db, { range, nameOf }: NightAsked): NightReport['slowest'] {
  return db
    .all(
      `SELECT prompt, modelName, provider, renderMs FROM takes WHERE createdAt >= :from AND createdAt < :to AND renderMs IS NOT NULL
       ORDER BY renderMs DESC LIMIT ${SLOWEST}`,
      within(range),
    )
    .map((row) => ({
      prompt: String(row['prompt']),
      model: String(row['modelName']),
      provider: String(row['provider']),
      providerName: nameOf(String(row['provider'])),
      renderMs: Number(row['renderMs']),
    }))
}

function needsNow(db: Db): NightReport['needsYou'] {
  return db
    .all(
      `SELECT j.row, b.name, iif(json_valid(j.needsYou), j.needsYou ->> 'message', NULL) AS message
       FROM jobs j JOIN batches b ON b.id = j.batchId WHERE j.status = 'needsYou' AND j.hidden = 0 ORDER BY j.seq LIMIT ${LISTED}`,
    )
    .map((row) => ({
      row: Number(row['row']),
      batch: String(row['name']),
      message: String(row['message'] ?? 'It waits for you.'),
    }))
}

function takesIn(db: Db, range: NightRange): Pick<NightReport, 'takes' | 'takeCount'> {
  const count = db.get(
    'SELECT count(*) AS n FROM takes WHERE createdAt >= :from AND createdAt < :to',
    within(range),
  )
  const rows = db.all(
    `SELECT row, take, prompt, modelName, path, posterPath FROM takes WHERE createdAt >= :from AND createdAt < :to
     ORDER BY seq LIMIT ${SHOWN_TAKES}`,
    within(range),
  )
  return {
    takeCount: Number(count?.['n'] ?? 0),
    takes: rows.map((row) => ({
      row: Number(row['row']),
      take: Number(row['take']),
      prompt: String(row['prompt']),
      model: String(row['modelName']),
      path: String(row['path']),
      posterPath: typeof row['posterPath'] === 'string' ? row['posterPath'] : null,
    })),
  }
}
