import { createStore, type StoreApi } from 'zustand/vanilla'

import type { BatchId } from '../../../shared/domain/ids.ts'
import type { JobStatus, JobView } from '../../../shared/domain/job.ts'
import { ask } from '../../ipc/client.ts'
import type { QueueOf } from '../../store/queueSlice.ts'
import { createKeysetStore, type KeysetStore } from '../../store/keysetStore.ts'

export interface ListFilter {
  readonly statuses: readonly JobStatus[] | null
  readonly text: string
  readonly of: QueueOf
}

/** The jobs of every batch in view, each batch a list of its own; a search is one list over all. */
export interface QueueLists {
  readonly of: (batchId: BatchId) => KeysetStore<JobView>
  readonly found: KeysetStore<JobView>
  /** Only these are in view: with the next change the others are forgotten, and made anew when they come back. */
  readonly look: (batchIds: ReadonlySet<BatchId>) => void
  /** Everything in view is read again now. */
  readonly refresh: () => void
  /** The same, once a burst is over. */
  readonly refreshSoon: () => void
  readonly patch: (rows: readonly JobView[], isMore: boolean) => void
  /** Counts every change of any list: what draws them subscribes to this. */
  readonly version: StoreApi<{ readonly count: number }>
}

/** Events carry no reason of those that wait, and no poster: what is in view is read again. */
const SETTLE_MS = 1000

/** As main is asked: of one batch, or of all. */
export const filterOf = ({ statuses, text, of }: ListFilter, batchId: BatchId | null) => ({
  ...of,
  ...(batchId === null ? {} : { batchId }),
  ...(statuses === null ? {} : { statuses: [...statuses] }),
  ...(text === '' ? {} : { text }),
})

function makeList(of: ListFilter, batchId: BatchId | null): KeysetStore<JobView> {
  const filter = filterOf(of, batchId)
  return createKeysetStore<JobView>({
    read: (after, limit) => ask('queue.jobs', { filter, after, limit }),
    groupOf: (job) => job.batchId,
  })
}

/** Refreshes what was named, together, once a burst is over. */
function refresher(): (list: KeysetStore<JobView>) => void {
  const stale = new Set<KeysetStore<JobView>>()
  let settling: ReturnType<typeof setTimeout> | undefined
  return (list) => {
    stale.add(list)
    settling ??= setTimeout(() => {
      settling = undefined
      for (const one of stale) one.refresh()
      stale.clear()
    }, SETTLE_MS)
  }
}

export function createQueueLists(filter: ListFilter): QueueLists {
  const lists = new Map<BatchId, KeysetStore<JobView>>()
  const version = createStore(() => ({ count: 0 }))
  const refreshSoon = refresher()
  const make = (batchId: BatchId | null): KeysetStore<JobView> => {
    const list = makeList(filter, batchId)
    list.store.subscribe(() => version.setState({ count: version.getState().count + 1 }))
    return list
  }
  const found = make(null)
  let inView: ReadonlySet<BatchId> = new Set()
  const all = (): readonly KeysetStore<JobView>[] => {
    for (const batchId of lists.keys()) if (!inView.has(batchId)) lists.delete(batchId)
    return filter.text === '' ? [...lists.values()] : [...lists.values(), found]
  }

  return {
    version,
    found,
    of: (batchId) => {
      const known = lists.get(batchId)
      if (known !== undefined) return known
      const made = make(batchId)
      lists.set(batchId, made)
      return made
    },
    look: (batchIds) => {
      inView = batchIds
    },
    refresh: () => {
      for (const list of all()) list.refresh()
    },
    refreshSoon: () => {
      for (const list of all()) refreshSoon(list)
    },
    patch: (rows, isMore) => {
      for (const [batchId, list] of lists) {
        if (!inView.has(batchId)) continue
        const own = rows.filter((row) => row.batchId === batchId)
        list.patch(own)
        if (own.length > 0 || isMore) refreshSoon(list)
      }
      found.patch(rows)
      if (filter.text !== '') refreshSoon(found)
    },
  }
}
