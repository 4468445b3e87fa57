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

async function idsOf(filter: ListFilter, batchId: BatchId | null): Promise<readonly JobId[]> {
  const answer = await ask('queue.ids', { filter: filterOf(filter, batchId) })
  return answer.ok ? answer.data : []
}
