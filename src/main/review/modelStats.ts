import { ERROR_KINDS, type ErrorKind } from '../../shared/domain/errors.ts'
import { groupBy } from '../../shared/domain/groupBy.ts'
import type { ModelStats } from '../../shared/ipc/reports.ts'
import type { SqlDatabase, SqlRow } from '../storage/sqlite.ts'

type Reader = Pick<SqlDatabase, 'all'>

const SECONDS = `iif(json_valid(t.facts), json_extract(t.facts, '$.durationSeconds'), NULL)`

/**
 * What one's own jobs and takes say of each model and provider, most used first; of one project, or of
 * all. Jobs that were cleared from the queue count: their takes are there, and so is what they cost.
 */
export function readModelStats(db: Reader, project: string | null = null): readonly ModelStats[] {
  const rows = db.all(
    `SELECT j.provider, j.model, max(j.modelName) AS modelName, count(DISTINCT j.id) AS ended,
       count(t.id) AS takes, coalesce(sum(t.flag = 'pick'), 0) AS picked,
       coalesce(sum(t.flag = 'reject'), 0) AS rejected,
       sum(${SECONDS}) AS seconds,
       sum(CASE WHEN t.flag = 'pick' THEN ${SECONDS} END) AS pickedSeconds
     FROM jobs j LEFT JOIN takes t ON t.jobId = j.id
     WHERE j.status IN ('succeeded', 'failed')
       ${ofProject('j.batchId')}
     GROUP BY j.provider, j.model ORDER BY takes DESC, modelName`,
    { project },
  )
  const times = renderTimes(db, project)
  const spent = spentOf(db, project)
  const failures = failuresOf(db, project)
  const bills = billsOf(db, project)
  return rows.map((row) => ({
    ...toStats(row),
    ...(times.get(keyOf(row)) ?? NO_TIMES),
    spent: spent.get(keyOf(row)) ?? [],
    failures: failures.get(keyOf(row)) ?? [],
    billed: bills.get(keyOf(row)) ?? null,
  }))
}

/** Narrows to the batches of `:project`; null: to none. */
const ofProject = (batchId: string): string =>
  `AND (:project IS NULL OR ${batchId} IN (SELECT id FROM batches WHERE project = :project))`

const keyOf = (row: SqlRow): string => `${String(row['provider'])} ${String(row['model'])}`

/** Lists by provider and model, in the order of the rows. */
const byModel = <T>(
  rows: readonly SqlRow[],
  item: (row: SqlRow) => T,
): ReadonlyMap<string, readonly T[]> =>
  new Map([...groupBy(rows, keyOf)].map(([key, some]) => [key, some.map(item)]))

type Times = Pick<ModelStats, 'medianRenderMs' | 'p90RenderMs' | 'renderSamples'>
const NO_TIMES: Times = { medianRenderMs: null, p90RenderMs: null, renderSamples: 0 }

/** By the nearest rank: the time that so many of ten takes needed at most. */
function renderTimes(db: Reader, project: string | null): ReadonlyMap<string, Times> {
  const rows = db.all(
    `SELECT provider, model, max(many) AS many,
       max(CASE WHEN place = (many * 5 + 9) / 10 THEN renderMs END) AS median,
       max(CASE WHEN place = (many * 9 + 9) / 10 THEN renderMs END) AS p90
     FROM (SELECT provider, model, renderMs, count(*) OVER same AS many,
             row_number() OVER (same ORDER BY renderMs) AS place
           FROM takes WHERE renderMs IS NOT NULL ${ofProject('batchId')}
           WINDOW same AS (PARTITION BY provider, model))
     GROUP BY provider, model`,
    { project },
  )
  return new Map(
    rows.map((row) => [
      keyOf(row),
      {
        medianRenderMs: Number(row['median']),
        p90RenderMs: Number(row['p90']),
        renderSamples: Number(row['many']),
      },
    ]),
  )
}

/** One amount a currency, the largest first. */
const spentOf = (db: Reader, project: string | null): ReadonlyMap<string, ModelStats['spent']> =>
  byModel(
    db.all(
      `SELECT provider, model, costCurrency AS currency, sum(costMicros) AS micros, max(costEstimated) AS estimated
       FROM takes WHERE costMicros > 0 ${ofProject('batchId')} GROUP BY 1, 2, 3 ORDER BY micros DESC`,
      { project },
    ),
    (row) => ({
      micros: Number(row['micros']),
      currency: String(row['currency']),
      estimated: row['estimated'] === 1,
    }),
  )

/** Most frequent first. */
const failuresOf = (
  db: Reader,
  project: string | null,
): ReadonlyMap<string, ModelStats['failures']> =>
  byModel(
    db.all(
      `SELECT provider, model, iif(json_valid(error), json_extract(error, '$.kind'), NULL) AS kind, count(*) AS jobs
       FROM jobs WHERE status = 'failed' ${ofProject('batchId')} GROUP BY 1, 2, 3 ORDER BY jobs DESC`,
      { project },
    ),
    (row) => ({ kind: kindOf(row['kind']), jobs: Number(row['jobs']) }),
  )

const kindOf = (value: unknown): ErrorKind =>
  ERROR_KINDS.find((kind) => kind === value) ?? 'unknown'

/** Where the provider named its price: what was estimated beside it. The currency of most jobs. */
function billsOf(db: Reader, project: string | null): ReadonlyMap<string, ModelStats['billed']> {
  const rows = db.all(
    `SELECT j.provider, j.model, c.currency, count(*) AS jobs, sum(c.micros) AS micros,
       sum(j.estimateMicros) AS estimated
     FROM charges c JOIN jobs j ON j.id = c.jobId
     WHERE c.state = 'confirmed' AND c.estimated = 0 AND c.micros > 0
       AND j.estimateMicros IS NOT NULL AND j.estimateCurrency = c.currency
       ${ofProject('j.batchId')}
     GROUP BY 1, 2, 3 ORDER BY jobs`,
    { project },
  )
  return new Map(
    rows.map((row) => [
      keyOf(row),
      {
        jobs: Number(row['jobs']),
        micros: Number(row['micros']),
        estimateMicros: Number(row['estimated']),
        currency: String(row['currency']),
      },
    ]),
  )
}

function toStats(row: SqlRow): Omit<ModelStats, 'failures' | 'billed' | 'spent' | keyof Times> {
  return {
    provider: String(row['provider']),
    model: String(row['model']),
    modelName: String(row['modelName']),
    ended: Number(row['ended']),
    takes: Number(row['takes']),
    picked: Number(row['picked']),
    rejected: Number(row['rejected']),
    seconds: Number(row['seconds'] ?? 0),
    pickedSeconds: Number(row['pickedSeconds'] ?? 0),
  }
}
