import { allRows } from './reading.ts'
import { clockText, counted } from './terminal/words.ts'
import { jobEvent } from './events.ts'
import type { BatchId } from '../shared/domain/ids.ts'
import type { Output } from './terminal/output.ts'
import type { Queries } from '../main/engine.ts'

/** Read at a time. */
const PAGE = 500

/** Why jobs wait, the commonest reason first; each job that waits is a line for scripts if `withJobs`. */
export function tellWaiting(
  output: Output,
  queries: Queries,
  {
    withJobs,
    ...of
  }: {
    readonly batchId: BatchId | undefined
    readonly project?: string | undefined
    readonly withJobs: boolean
  },
): void {
  const filter = { ...of, statuses: ['queued', 'waiting'] as const }
  const reasons = new Map<string, { readonly jobs: number; readonly until: number | null }>()
  for (const job of allRows((after) => queries.jobs({ filter, after, limit: PAGE }))) {
    if (job.reason === null) continue
    const { jobs = 0, until = null } = reasons.get(job.reason) ?? {}
    reasons.set(job.reason, { jobs: jobs + 1, until: earlier(until, job.waitsUntil) })
    if (withJobs) output.event(jobEvent(job))
  }
  for (const [reason, { jobs, until }] of [...reasons].toSorted(([, a], [, b]) => b.jobs - a.jobs))
    output.line(`${counted(jobs, 'job waits', 'jobs wait')}: ${reason}${goesOn(reason, until)}`)
}

const earlier = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.min(one, other)

/** A window says itself when it opens. */
const goesOn = (reason: string, until: number | null): string =>
  until === null || /\d\d:\d\d$/.test(reason) ? '' : `; goes on at ${clockText(until)}`
