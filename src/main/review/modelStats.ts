import type { ModelStats } from '../../shared/ipc/reports.ts'
import type { SqlDatabase, SqlRow } from '../storage/sqlite.ts'

/** What one's own takes say of each model and provider, most used first. */
export function readModelStats(db: Pick<SqlDatabase, 'all'>): readonly ModelStats[] {
  const rows = db.all(
    `SELECT provider, model, max(modelName) AS modelName, count(*) AS takes,
       sum(flag = 'pick') AS picked, sum(flag = 'reject') AS rejected,
       sum(CASE WHEN flag = 'pick' THEN json_extract(facts, '$.durationSeconds') END) AS seconds,
       sum(costMicros) AS micros, max(costCurrency) AS currency, max(costEstimated) AS estimated
     FROM takes GROUP BY provider, model ORDER BY takes DESC, modelName`,
  )
  const times = renderTimes(db)
  return rows.map((row) => toStats(row, times.get(keyOf(row)) ?? []))
}

const keyOf = (row: SqlRow): string => `${String(row['provider'])} ${String(row['model'])}`

/** Ascending, by provider and model. */
function renderTimes(db: Pick<SqlDatabase, 'all'>): ReadonlyMap<string, readonly number[]> {
  const times = new Map<string, number[]>()
  const rows = db.all(
    'SELECT provider, model, renderMs FROM takes WHERE renderMs IS NOT NULL ORDER BY renderMs',
  )
  for (const row of rows) {
    const known = times.get(keyOf(row))
    if (known === undefined) times.set(keyOf(row), [Number(row['renderMs'])])
    else known.push(Number(row['renderMs']))
  }
  return times
}

function toStats(row: SqlRow, times: readonly number[]): ModelStats {
  const currency = row['currency']
  return {
    provider: String(row['provider']),
    model: String(row['model']),
    modelName: String(row['modelName']),
    takes: Number(row['takes']),
    picked: Number(row['picked']),
    rejected: Number(row['rejected']),
    pickedSeconds: Number(row['seconds'] ?? 0),
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
