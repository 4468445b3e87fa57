import { useCallback, useEffect, useMemo } from 'react'
import { useStore as useVanilla } from 'zustand'

import type { BatchView } from '../../../shared/domain/batch.ts'
import type { BatchId, JobId } from '../../../shared/domain/ids.ts'
import type { JobView } from '../../../shared/domain/job.ts'
import type { QueueFacets } from '../../../shared/domain/views.ts'
import { listen } from '../../ipc/client.ts'
import { idAt, rowAt, type KeysetState } from '../../store/keyset.ts'
import { useStore } from '../../store/store.ts'
import {
  itemAt,
  jobsBefore,
  layoutOf,
  layoutOfRuns,
  STATUSES_SHOWN,
  type LaidOutBatch,
  type Layout,
  type Segment,
} from './queueLayout.ts'
import { createQueueLists, type QueueLists } from './queueLists.ts'
import { onQueueTurn } from './queueTurn.ts'
import { idsInRange, placeOfJob } from './rangeIds.ts'
import { useFacets } from './useFacets.ts'

export type QueueItem =
  | { readonly kind: 'batch'; readonly batch: BatchView | undefined; readonly segment: Segment }
  | { readonly kind: 'job'; readonly id: string | null; readonly job: JobView | null }

export interface Queue {
  readonly count: number
  readonly itemAt: (place: number) => QueueItem | null
  readonly show: (from: number, to: number) => void
  /** The jobs at these places, read from main where no page of them was in view. */
  readonly idsIn: (from: number, to: number) => Promise<ReadonlySet<JobId>>
  /** Where a job stands now; null when it is not in the list. */
  readonly placeOf: (id: JobId) => Promise<number | null>
  readonly layout: Layout
  readonly isSearching: boolean
  readonly error: string | null
  /** Counts of each filter; null until they were read. */
  readonly facets: QueueFacets | null
}

/** The queue as a list of places: batches and jobs, of which only those in view are here. */
export function useQueue(): Queue {
  const batches = useStore((store) => store.batches)
  const shown = useStore((store) => store.queueShown)
  const text = useStore((store) => store.queueText.trim())
  const folded = useStore((store) => store.folded)
  const of = useStore((store) => store.queueOf)
  const filter = useMemo(() => ({ statuses: STATUSES_SHOWN[shown], text, of }), [shown, text, of])
  const lists = useMemo(() => createQueueLists(filter), [filter])
  useVanilla(lists.version, (version) => version.count)
  useEffect(() => listen('jobs.changed', ({ data }) => lists.patch(data.rows, data.more)), [lists])
  useEffect(() => onQueueTurn(() => lists.refresh()), [lists])
  useEffect(() => {
    // Jobs that wait for something else now have not changed themselves.
    const ends = [
      listen('asks.changed', () => lists.refreshSoon()),
      listen('tonight.changed', () => lists.refreshSoon()),
    ]
    return () => ends.forEach((end) => end())
  }, [lists])
  const facets = useFacets({ shown, text, of })
  const isSearching = text !== ''
  const isNarrowed = Object.values(of).some((value) => value !== undefined)
  const found = useVanilla(lists.found.store)
  const layout = useMemo(() => {
    if (isSearching) return layoutOfRuns(runsOf(found))
    const all = Object.values(batches)
    return layoutOf({ batches: isNarrowed ? narrowed(all, facets) : all, shown, folded })
  }, [isSearching, isNarrowed, found, batches, facets, shown, folded])
  useEffect(() => {
    if (isSearching) lists.found.show(0, 0)
  }, [isSearching, lists])
  const placeOf = useCallback(
    (id: JobId) => placeOfJob({ filter, layout, isSearching }, id),
    [filter, layout, isSearching],
  )
  return {
    placeOf,
    count: layout.count,
    layout,
    isSearching,
    error: found.error,
    facets,
    itemAt: (place) => itemOf({ layout, lists, isSearching }, place, batches),
    show: (from, to) => showPlaces({ layout, lists, isSearching }, from, to),
    idsIn: (from, to) => idsInRange({ filter, layout, isSearching }, from, to),
  }
}

/** Each batch with as many jobs as the filter leaves of it, whatever their status. */
function narrowed(
  batches: readonly BatchView[],
  facets: QueueFacets | null,
): readonly LaidOutBatch[] {
  const jobs = new Map(facets?.batches.map((batch) => [batch.batchId, batch.jobs]))
  return batches.map((batch) => ({ ...batch, jobs: jobs.get(batch.id) ?? 0 }))
}

function runsOf(found: KeysetState<JobView>): readonly { batchId: BatchId; jobs: number }[] {
  const runs: { batchId: BatchId; jobs: number }[] = []
  for (const page of found.pages) {
    for (const group of page.groups) {
      const last = runs.at(-1)
      if (last?.batchId === group) last.jobs += 1
      else runs.push({ batchId: group as BatchId, jobs: 1 })
    }
  }
  return runs
}

interface Places {
  readonly layout: Layout
  readonly lists: QueueLists
  readonly isSearching: boolean
}

function itemOf(
  { layout, lists, isSearching }: Places,
  place: number,
  batches: Readonly<Record<BatchId, BatchView>>,
): QueueItem | null {
  const item = itemAt(layout, place)
  if (item === null) return null
  const { segment } = item
  if (item.kind === 'batch') return { kind: 'batch', batch: batches[segment.batchId], segment }
  const list = isSearching ? lists.found : lists.of(segment.batchId)
  const index = isSearching ? jobsBefore(layout, segment) + item.index : item.index
  const state = list.store.getState()
  return { kind: 'job', id: idAt(state, index), job: rowAt(state, index) }
}

/** Each list in view is told which of its jobs are. */
function showPlaces({ layout, lists, isSearching }: Places, from: number, to: number): void {
  if (isSearching) return lists.found.show(from, to)
  const inView = layout.segments.filter(
    ({ start, jobs, isFolded }) => !isFolded && start + jobs >= from && start + 1 <= to,
  )
  lists.look(new Set(inView.map(({ batchId }) => batchId)))
  for (const segment of inView) {
    const first = segment.start + 1
    const last = segment.start + segment.jobs
    lists.of(segment.batchId).show(Math.max(from, first) - first, Math.min(to, last) - first)
  }
}
