import { jobReason, runningUntil, whyWaiting } from '../../jobs/whyWaiting.ts'
import type { IntentId } from '../../jobs/jobRow.ts'
import { expectedFinish } from '../../jobs/jobView.ts'
import { numOrNull } from '../jobStore/readers.ts'
import { readRenderTimes } from '../jobStore/renderTimes.ts'
import { heldLane, heldRoute } from './holds.ts'
import type { ReasonFor } from './jobViews.ts'
import type { QuerySources } from './queries.ts'

/**
 * Why each job of one answer is where it is. What many jobs share (pauses, lanes, models) is looked up
 * once: make a new one for each answer.
 */
export function reasonsNow({ db, now, providers, blocked, arrived }: QuerySources): ReasonFor {
  const at = now()
  const has = (sql: string, values: readonly string[]): boolean => db.get(sql, values) !== undefined
  const isAllPaused = once(() => has("SELECT 1 FROM meta WHERE key = 'paused'", []))
  const isBatchPaused = once((id) => has('SELECT 1 FROM batches WHERE id = ? AND paused = 1', [id]))
  const modelHeld = once((route) => heldRoute(db, providers, route))
  const laneHeld = once((provider) => heldLane(db, providers, { provider, now: at }))
  const lookAt = (id: IntentId): number | null =>
    numOrNull(db.get('SELECT nextLookAt FROM intents WHERE id = ?', [id])?.['nextLookAt'])
  const medianOf = once((route) => readRenderTimes(db, route)?.median ?? null)
  return (job) => {
    if (job.status !== 'queued' && job.status !== 'waiting')
      return {
        reason: jobReason(job, arrived?.(job.id) ?? null),
        waitsUntil: runningUntil(job, lookAt),
        expectedFinishAt: expectedFinish(job, () => medianOf(job.route)),
      }
    const { words, until } = whyWaiting(job, {
      now: at,
      blocked: blocked(job.batchId, job.provider),
      paused: isAllPaused(''),
      batchPaused: isBatchPaused(job.batchId),
      isProviderKnown: providers.has(job.provider),
      modelHeld: modelHeld(job.route),
      laneHeld: laneHeld(job.provider),
    })
    return { reason: words, waitsUntil: until, expectedFinishAt: null }
  }
}

function once<T>(look: (key: string) => T): (key: string) => T {
  const seen = new Map<string, { readonly found: T }>()
  return (key) => {
    const known = seen.get(key) ?? { found: look(key) }
    seen.set(key, known)
    return known.found
  }
}
