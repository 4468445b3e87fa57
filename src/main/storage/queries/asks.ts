import type { Asks, BatchStop, FailureAsk, StoppedBatch } from '../../../shared/domain/asks.ts'
import { jobErrorSchema } from '../../../shared/domain/errors.ts'
import type { BatchId, ProviderId } from '../../../shared/domain/ids.ts'
import { CLAIMABLE, jsonOrNull, num, text, textOrNull } from '../jobStore/readers.ts'
import type { SqlDatabase } from '../sqlite.ts'
import { holdViews } from './holds.ts'
import type { QuerySources } from './queries.ts'

type AskSources = Pick<QuerySources, 'db' | 'now' | 'providers' | 'blocked' | 'hasKey'>

/** Everything but single jobs that waits for a person. */
export const readAsks = (sources: AskSources): Asks => ({
  holds: holdViews(sources.db, sources.providers, sources.now()).filter(
    ({ needsPerson, reason }) => needsPerson && reason.code !== 'PAUSED_BY_YOU',
  ),
  stops: batchStops(sources),
  failures: failureAsks(sources),
})

/** Only what the engine stopped for a reason that a person mends; counted where that is so. */
function batchStops({ db, providers, blocked, hasKey }: AskSources): readonly BatchStop[] {
  const open = db.all(
    `SELECT DISTINCT c.batchId, b.name, b.project, b.seq FROM job_counts c JOIN batches b ON b.id = c.batchId
     WHERE c.status IN ('queued', 'waiting') AND c.n > 0 ORDER BY b.seq`,
  )
  const stops = new Map<string, BatchStop>()
  for (const row of open) {
    const id = text(row['batchId']) as BatchId
    for (const [provider, { name: providerName }] of providers) {
      const block = blocked(id, provider)
      if (block === null) continue
      const { why, detail: words, until, cap = null, scope = null } = block
      if (why !== 'cap' && why !== 'unpriced' && why !== 'noKey' && why !== 'breakPoint') continue
      const jobs = claimable(db, { provider, batchId: id })
      const batch = { id, name: text(row['name']), project: textOrNull(row['project']), jobs }
      const ofCap = why === 'breakPoint' ? 'batch' : (cap?.scope ?? scope)
      const ofAll = { why, words, scope: ofCap, cap, until }
      const stop = { provider, providerName, ...ofAll, batches: [batch] }
      const key = `${why} ${ofCap === null ? provider : ofCap} ${ownerOf(ofCap, batch)}`
      stops.set(key, together(stops.get(key), stop))
    }
  }
  for (const stop of keyless(db, providers).filter(({ provider }) => hasKey?.(provider) !== true))
    stops.set(`noKey ${stop.provider} `, together(stops.get(`noKey ${stop.provider} `), stop))
  return [...stops.values()]
}

/** Renders that nobody can look at, since no key of their provider is here. */
function keyless(db: SqlDatabase, providers: AskSources['providers']): readonly BatchStop[] {
  return db
    .all(
      `SELECT j.provider, j.batchId, b.name, b.project, count(*) AS n FROM jobs j JOIN batches b ON b.id = j.batchId
       WHERE j.status = 'running' AND json_valid(j.error) AND j.error ->> 'code' = 'NO_KEY'
       GROUP BY j.provider, j.batchId ORDER BY b.seq`,
    )
    .map((row) => {
      const provider = text(row['provider'])
      const providerName = providers.get(provider)?.name ?? provider
      const id = text(row['batchId']) as BatchId
      const of = { id, name: text(row['name']), project: textOrNull(row['project']) }
      return {
        provider,
        providerName,
        why: 'noKey',
        words: `no key for ${providerName}`,
        scope: null,
        cap: null,
        until: null,
        batches: [{ ...of, jobs: 0, rendering: num(row['n']) }],
      }
    })
}

/** Whose the cap is: a batch's and a project's are each their own, a night's and a month's are everybody's. */
const ownerOf = (scope: BatchStop['scope'], { id, project }: StoppedBatch): string =>
  scope === 'batch' ? id : scope === 'project' ? (project ?? '') : ''

/** One question for all of them, with the figures of the job that needs least: that one goes on first. */
function together(before: BatchStop | undefined, stop: BatchStop): BatchStop {
  if (before === undefined) return stop
  const next = ({ cap }: BatchStop): number => cap?.nextMicros ?? Number.POSITIVE_INFINITY
  const batches = [...before.batches]
  for (const batch of stop.batches) {
    const at = batches.findIndex(({ id }) => id === batch.id)
    const same = batches[at]
    if (same === undefined) batches.push(batch)
    else batches[at] = { ...same, ...batch, jobs: same.jobs + batch.jobs }
  }
  return { ...(next(stop) < next(before) ? stop : before), batches }
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

function failureAsks({ db, now, providers }: AskSources): readonly FailureAsk[] {
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
