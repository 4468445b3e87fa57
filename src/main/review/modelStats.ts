import { ERROR_KINDS, type ErrorKind } from '../../shared/domain/errors.ts'
import type { ModelStats } from '../../shared/ipc/reports.ts'
import type { SqlDatabase, SqlRow } from '../storage/sqlite.ts'

type Reader = Pick<SqlDatabase, 'all'>

/** What one's own jobs and takes say of each model and provider, most used first; of one project, or of all. */
export function readModelStats(db: Reader, project: string | null = null): readonly ModelStats[] {
  const rows = db.all(
    `SELECT j.provider, j.model, max(j.modelName) AS modelName, count(DISTINCT j.id) AS ended,
       count(t.id) AS takes, coalesce(sum(t.flag = 'pick'), 0) AS picked,
       coalesce(sum(t.flag = 'reject'), 0) AS rejected,
       sum(json_extract(t.facts, '$.durationSeconds')) AS seconds,
       sum(CASE WHEN t.flag = 'pick' THEN json_extract(t.facts, '$.durationSeconds') END) AS pickedSeconds,
       sum(t.costMicros) AS micros, max(t.costCurrency) AS currency, max(t.costEstimated) AS estimated
     FROM jobs j LEFT JOIN takes t ON t.jobId = j.id
     WHERE j.hidden = 0 AND j.status IN ('succeeded', 'failed')
       ${ofProject('j.batchId')}
     GROUP BY j.provider, j.model ORDER BY takes DESC, modelName`,
    { project },
  )
  const times = renderTimes(db, project)
  const failures = failuresOf(db, project)
  const bills = billsOf(db, project)
  return rows.map((row) => ({
    ...toStats(row, times.get(keyOf(row)) ?? []),
    failures: failures.get(keyOf(row)) ?? [],
    billed: bills.get(keyOf(row)) ?? null,
  }))
}

/** Narrows to the batches of `:project`; null: to none. */
const ofProject = (batchId: string): string =>
  `AND (:project IS NULL OR ${batchId} IN (SELECT id FROM batches WHERE project = :project))`

const keyOf = (row: SqlRow): string => `${String(row['provider'])} ${String(row['model'])}`

/** Lists by provider and model, in the order of the rows. */
function byModel<T>(rows: readonly SqlRow[], item: (row: SqlRow) => T): ReadonlyMap<string, T[]> {
  const lists = new Map<string, T[]>()
  for (const row of rows) {
    const known = lists.get(keyOf(row))
    if (known === undefined) lists.set(keyOf(row), [item(row)])
    else known.push(item(row))
  }
  return lists
}

/** Ascending. */
const renderTimes = (db: Reader, project: string | null): ReadonlyMap<string, readonly number[]> =>
  byModel(
    db.all(
      `SELECT provider, model, renderMs FROM takes WHERE renderMs IS NOT NULL ${ofProject('batchId')} ORDER BY renderMs`,
      { project },
    ),
    (row) => Number(row['renderMs']),
  )

/** Most frequent first. */
const failuresOf = (
  db: Reader,
  project: string | null,
): ReadonlyMap<string, ModelStats['failures']> =>
  byModel(
    db.all(
      `SELECT provider, model, iif(json_valid(error), json_extract(error, '$.kind'), NULL) AS kind, count(*) AS jobs
       FROM jobs WHERE status = 'failed' AND hidden = 0 ${ofProject('batchId')} GROUP BY 1, 2, 3 ORDER BY jobs DESC`,
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

function toStats(row: SqlRow, times: readonly number[]): Omit<ModelStats, 'failures' | 'billed'> {
  const currency = row['currency']
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
    spent:
      typeof currency === 'string'
        ? { micros: Number(row['micros'] ?? 0), currency, estimated: row['estimated'] === 1 }
        : null,
    medianRenderMs: quantile(times, 0.5),
    p90RenderMs: quantile(times, 0.9),
    renderSamples: times.length,
  }
}

/** The nearest rank; null without samples. */
function quantile(ascending: readonly number[], share: number): number | null {
  return ascending[Math.max(0, Math.ceil(ascending.length * share) - 1)] ?? null
}
