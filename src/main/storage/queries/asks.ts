import type { Asks, BatchStop, FailureGroup } from '../../../shared/domain/asks.ts'
import { jobErrorSchema } from '../../../shared/domain/errors.ts'
import type { BatchId, ProviderId } from '../../../shared/domain/ids.ts'
import { CLAIMABLE, jsonOrNull, num, text } from '../jobStore/readers.ts'
import type { SqlDatabase } from '../sqlite.ts'
import { holdViews } from './holds.ts'
import type { QuerySources } from './queries.ts'

type AskSources = Pick<QuerySources, 'db' | 'now' | 'providers' | 'blocked'>

/** Everything but single jobs that waits for a person. */
export const readAsks = (sources: AskSources): Asks => ({
  holds: holdViews(sources.db, sources.providers, sources.now()).filter(
    ({ needsPerson, reason }) => needsPerson && reason.code !== 'PAUSED_BY_YOU',
  ),
  stops: batchStops(sources),
  failures: failureGroups(sources),
})

/** Only what the engine stopped for a reason that a person mends; counted where that is so. */
function batchStops({ db, providers, blocked }: AskSources): readonly BatchStop[] {
  const open = db.all(
    `SELECT DISTINCT c.batchId, b.name, b.seq FROM job_counts c JOIN batches b ON b.id = c.batchId
     WHERE c.status IN ('queued', 'waiting') AND c.n > 0 ORDER BY b.seq`,
  )
  return open.flatMap((row) => {
    const batchId = text(row['batchId']) as BatchId
    return [...providers].flatMap(([provider, { name: providerName }]): readonly BatchStop[] => {
      const block = blocked(batchId, provider)
      if (block === null) return []
      const { why, detail: words, cap = null } = block
      if (why !== 'cap' && why !== 'unpriced' && why !== 'noKey') return []
      const batchName = text(row['name'])
      const jobs = claimable(db, { provider, batchId })
      return [{ batchId, batchName, provider, providerName, why, words, jobs, cap }]
    })
  })
}

const claimable = (
  db: SqlDatabase,
  { provider, batchId }: { readonly provider: ProviderId; readonly batchId: BatchId },
): number =>
  num(
    db.get(
      `SELECT count(*) AS n FROM jobs WHERE provider = ? AND ${CLAIMABLE} AND batchId = ? AND paused = 0`,
      [provider, batchId],
    )?.['n'],
  )

const DAY_MS = 86_400_000
/** Failures of the last days; older ones have been seen or do not matter any more. */
const DAYS = 3
const MOST_GROUPS = 20
const ROWS_NAMED = 5

function failureGroups({ db, now, providers }: AskSources): readonly FailureGroup[] {
  const since = now() - DAYS * DAY_MS
  const rows = db.all(
    `SELECT provider, max(finishedAt) AS at, count(*) AS n, group_concat(row) AS rowNumbers, error
     FROM jobs INDEXED BY jobs_status
     WHERE status = 'failed' AND finishedAt > ? AND hidden = 0 AND retriedBy IS NULL
       AND json_valid(error)
       AND json_extract(error, '$.code') <> 'GIVEN_UP'
     GROUP BY provider, json_extract(error, '$.kind'), json_extract(error, '$.code'),
              json_extract(error, '$.refusedPart')
     ORDER BY at DESC LIMIT ${MOST_GROUPS}`,
    [since],
  )
  return rows.flatMap((row) => {
    const error = jsonOrNull(row['error'], jobErrorSchema)
    if (error === null) return []
    const provider = text(row['provider'])
    const rowNumbers = text(row['rowNumbers']).split(',').map(Number)
    return [
      {
        error,
        provider,
        providerName: providers.get(provider)?.name ?? provider,
        jobs: num(row['n']),
        newestAt: num(row['at']),
        since,
        rows: [...new Set(rowNumbers)].toSorted((a, b) => a - b).slice(0, ROWS_NAMED),
      },
    ]
  })
}
