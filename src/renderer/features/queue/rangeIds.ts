import type { BatchId, JobId } from '../../../shared/domain/ids.ts'
import { ask } from '../../ipc/client.ts'
import type { Layout } from './queueLayout.ts'
import { filterOf, type ListFilter } from './queueLists.ts'

interface Range {
  readonly filter: ListFilter
  readonly layout: Layout
  readonly isSearching: boolean
}

/** The jobs at these places, also of pages that were never in view; folded batches have no places. */
export async function idsInRange(
  { filter, layout, isSearching }: Range,
  from: number,
  to: number,
): Promise<ReadonlySet<JobId>> {
  // What was found is read on as one scrolls, so its last place is not the last job.
  if (isSearching) return new Set(await idsOf(filter, null))
  const parts = layout.segments.map(async ({ batchId, start, jobs, isFolded }) => {
    const first = Math.max(from, start + 1) - start - 1
    const last = Math.min(to, start + jobs) - start - 1
    if (isFolded || last < first) return []
    return (await idsOf(filter, batchId)).slice(first, last + 1)
  })
  return new Set((await Promise.all(parts)).flat())
}

/** Null: its batch is folded, or the filter leaves it out. */
export async function placeOfJob(
  { filter, layout, isSearching }: Range,
  id: JobId,
): Promise<number | null> {
  const answer = await ask('queue.job', { jobId: id })
  if (!answer.ok || isSearching) return null
  const { batchId } = answer.data.job
  const segment = layout.segments.find((one) => one.batchId === batchId && !one.isFolded)
  const at = (await idsOf(filter, batchId)).indexOf(id)
  return segment === undefined || at < 0 ? null : segment.start + 1 + at
}

async function idsOf(filter: ListFilter, batchId: BatchId | null): Promise<readonly JobId[]> {
  const answer = await ask('queue.ids', { filter: filterOf(filter, batchId) })
  return answer.ok ? answer.data : []
}
