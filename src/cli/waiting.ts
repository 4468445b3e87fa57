import { counted } from './terminal/words.ts'
import { allRows } from './reading.ts'
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
  const reasons = new Map<string, number>()
  for (const job of allRows((after) => queries.jobs({ filter, after, limit: PAGE }))) {
    if (job.reason === null) continue
    reasons.set(job.reason, (reasons.get(job.reason) ?? 0) + 1)
    if (withJobs) output.event(jobEvent(job))
  }
  for (const [reason, jobs] of [...reasons].toSorted(([, a], [, b]) => b - a)) {
    output.line(`${counted(jobs, 'job waits', 'jobs wait')}: ${reason}`)
  }
}
