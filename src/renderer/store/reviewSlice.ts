import type { StateCreator } from 'zustand'

import type { BatchId, TakeId } from '../../shared/domain/ids.ts'
import type { TakeView } from '../../shared/domain/take.ts'
import type { TakeCounts, TakeFacets, TakeOrder } from '../../shared/domain/views.ts'
import type { Patches } from '../../shared/ipc/events.ts'
import { ask } from '../ipc/client.ts'
import { createKeysetStore, type KeysetStore } from './keysetStore.ts'
import {
  baseFilter,
  fullFilter,
  NO_FILTER,
  promptOf,
  type ReviewFilter,
} from './review/takeFilter.ts'
import type { AgainWish } from './review/again.ts'
import { judging, type JudgingSlice } from './review/judging.ts'
import type { GetStore, Store } from './store.ts'

export interface ReviewSlice extends JudgingSlice {
  readonly filter: ReviewFilter
  readonly order: TakeOrder
  readonly takes: KeysetStore<TakeView>
  readonly counts: TakeCounts | null
  readonly facets: TakeFacets | null
  /** Asked about before they are made again. */
  readonly again: AgainWish | null
  /** To be given a tag. */
  readonly tagging: readonly TakeView[] | null
  readonly chosenTake: TakeId | null
  readonly isLoupeOpen: boolean
  readonly isPlaying: boolean
  /** Chosen together, in the order of the list; fewer than two are none. */
  readonly selectedTakes: readonly TakeId[]
  /** Side by side; null: they are not. */
  readonly compared: readonly TakeId[] | null

  readonly filterTakes: (change: Partial<ReviewFilter>) => void
  readonly orderTakes: (order: TakeOrder) => void
  /** Goes to Review and shows the takes of one batch. */
  readonly reviewBatch: (batchId: BatchId) => void
  readonly takesArrived: (patches: Patches<TakeView>) => void
  readonly readCounts: () => Promise<void>
  readonly chooseTake: (takeId: TakeId | null) => void
  readonly openLoupe: (isOpen: boolean) => void
  readonly play: (isPlaying: boolean) => void
  readonly closeAgain: () => void
  readonly askTag: (takes: readonly TakeView[] | null) => void
  readonly selectTakes: (ids: readonly TakeId[]) => void
  readonly compareTakes: (ids: readonly TakeId[] | null) => void
}

const SETTLE_MS = 400

function takesOf(filter: ReviewFilter, order: TakeOrder): KeysetStore<TakeView> {
  const shown = fullFilter(filter)
  return createKeysetStore<TakeView>({
    read: (after, limit) => ask('takes.list', { filter: asInput(shown), order, after, limit }),
    groupOf: promptOf,
  })
}

/** The wire wants arrays that may be written to. */
function asInput(filter: ReturnType<typeof fullFilter>) {
  const { flags, ...rest } = filter
  return flags === undefined ? rest : { ...rest, flags: [...flags] }
}

type Settle = (isMembershipChanged: boolean) => void

/** Changes come in bursts: lists and counts are read again once they settle. */
function settler(get: GetStore): Settle {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isListStale = false
  return (isMembershipChanged) => {
    isListStale ||= isMembershipChanged
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (isListStale) get().takes.refresh()
      isListStale = false
      void get().readCounts()
    }, SETTLE_MS)
  }
}

export const createReviewSlice: StateCreator<Store, [], [], ReviewSlice> = (set, get) => {
  const settle = settler(get)
  const show = (filter: ReviewFilter, order: TakeOrder): void => {
    set({ filter, order, takes: takesOf(filter, order), selectedTakes: [] })
    void get().readCounts()
  }
  return {
    filter: NO_FILTER,
    order: 'row',
    takes: takesOf(NO_FILTER, 'row'),
    counts: null,
    facets: null,
    again: null,
    tagging: null,
    chosenTake: null,
    isLoupeOpen: false,
    isPlaying: false,
    selectedTakes: [],
    compared: null,
    filterTakes: (change) => show({ ...get().filter, ...change }, get().order),
    orderTakes: (order) => show(get().filter, order),
    reviewBatch: (batchId) => {
      show({ ...NO_FILTER, batchId }, get().order)
      set({ screen: 'review', isLoupeOpen: false, compared: null })
    },
    takesArrived: ({ rows, more }) => {
      const missing = get().takes.patch(rows)
      settle(more || missing.length > 0)
    },
    readCounts: async () => {
      const { filter } = get()
      const answer = await ask('takes.counts', { filter: asInput(baseFilter(filter)) })
      if (answer.ok && get().filter === filter) set({ counts: answer.data })
      const facets = await ask('takes.facets', { filter: asInput(fullFilter(filter)) })
      if (facets.ok && get().filter === filter) set({ facets: facets.data })
    },
    chooseTake: (chosenTake) =>
      set({ chosenTake, isPlaying: get().isLoupeOpen && get().isPlaying }),
    openLoupe: (isLoupeOpen) => set({ isLoupeOpen, isPlaying: false }),
    play: (isPlaying) => set({ isPlaying }),
    closeAgain: () => set({ again: null }),
    askTag: (tagging) => set({ tagging }),
    selectTakes: (ids) => set({ selectedTakes: ids.length > 1 ? ids : [] }),
    compareTakes: (compared) => set({ compared, isLoupeOpen: false, isPlaying: false }),
    ...judging({ set, get, settle }),
  }
}
