import type { StateCreator } from 'zustand'

import type { BatchId, TakeId } from '../../shared/domain/ids.ts'
import type { TakeFlag, TakeView } from '../../shared/domain/take.ts'
import type { TakeCounts, TakeOrder } from '../../shared/domain/views.ts'
import type { Patches } from '../../shared/ipc/events.ts'
import { ask } from '../ipc/client.ts'
import { rowById } from './keyset.ts'
import { createKeysetStore, type KeysetStore } from './keysetStore.ts'
import { act, notify } from './notify.ts'
import {
  baseFilter,
  fullFilter,
  NO_FILTER,
  promptOf,
  type ReviewFilter,
} from './review/takeFilter.ts'
import type { GetStore, SetStore, Store } from './store.ts'

/** What a person says of a take. */
export interface Verdict {
  readonly rating?: number
  readonly flag?: TakeFlag
}

interface JudgedTake {
  readonly id: TakeId
  readonly before: Verdict
}

export interface ReviewSlice {
  readonly filter: ReviewFilter
  readonly order: TakeOrder
  readonly takes: KeysetStore<TakeView>
  readonly counts: TakeCounts | null
  readonly chosenTake: TakeId | null
  readonly isLoupeOpen: boolean
  readonly isPlaying: boolean
  /** Chosen together, in the order of the list; fewer than two are none. */
  readonly selectedTakes: readonly TakeId[]
  /** Side by side; null: they are not. */
  readonly compared: readonly TakeId[] | null
  readonly judged: readonly JudgedTake[]

  readonly filterTakes: (change: Partial<ReviewFilter>) => void
  readonly orderTakes: (order: TakeOrder) => void
  /** Goes to Review and shows the takes of one batch. */
  readonly reviewBatch: (batchId: BatchId) => void
  readonly takesArrived: (patches: Patches<TakeView>) => void
  readonly readCounts: () => Promise<void>
  readonly chooseTake: (takeId: TakeId | null) => void
  readonly openLoupe: (isOpen: boolean) => void
  readonly play: (isPlaying: boolean) => void
  readonly selectTakes: (ids: readonly TakeId[]) => void
  readonly compareTakes: (ids: readonly TakeId[] | null) => void
  readonly seen: (take: TakeView) => Promise<void>
  readonly judge: (take: TakeView, verdict: Verdict) => Promise<void>
  readonly undoVerdict: () => Promise<void>
  readonly note: (take: TakeView, words: Pick<TakeView, 'tags' | 'note'>) => Promise<void>
  readonly trashTake: (take: TakeView) => Promise<void>
  readonly restoreTake: (takeId: TakeId) => Promise<void>
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

interface Host {
  readonly set: SetStore
  readonly get: GetStore
  readonly settle: Settle
}

type Judging = Pick<ReviewSlice, 'seen' | 'judge' | 'undoVerdict' | 'note'>
type Trashing = Pick<ReviewSlice, 'trashTake' | 'restoreTake'>

const judging = ({ set, get, settle }: Host): Judging => ({
  seen: async (take) => {
    if (take.seenAt !== null) return
    get().takes.patch([{ ...take, seenAt: Date.now() }])
    await ask('takes.update', { ids: [take.id], patch: { seen: true } })
    settle(false)
  },
  judge: async (take, verdict) => {
    get().takes.patch([{ ...take, ...verdict }])
    const patch = { ...verdict, seen: true }
    const answer = await act('The take was not marked.', 'takes.update', { ids: [take.id], patch })
    settle(false)
    if (!answer.ok) get().takes.patch([take])
    else {
      const before = { rating: take.rating, flag: take.flag }
      set({ judged: [...get().judged.slice(-99), { id: take.id, before }] })
    }
  },
  undoVerdict: async () => {
    const last = get().judged.at(-1)
    if (last === undefined) return
    set({ judged: get().judged.slice(0, -1), chosenTake: last.id })
    const update = { ids: [last.id], patch: last.before }
    const answer = await act('The mark was not taken back.', 'takes.update', update)
    const take = rowById(get().takes.store.getState(), last.id)
    if (answer.ok && take !== null) get().takes.patch([{ ...take, ...last.before }])
    settle(false)
  },
  note: async (take, words) => {
    get().takes.patch([{ ...take, ...words }])
    const update = { ids: [take.id], patch: { ...words, tags: [...words.tags] } }
    const answer = await act('The note was not kept.', 'takes.update', update)
    if (!answer.ok) get().takes.patch([take])
  },
})

const trashing = ({ get, settle }: Host): Trashing => ({
  trashTake: async (take) => {
    const answer = await act('The take was not moved.', 'takes.trash', { ids: [take.id] })
    if (!answer.ok) return
    settle(true)
    notify({
      text: `Row ${take.row}, take ${take.take} is in the trash.`,
      action: { label: 'Undo', run: () => void get().restoreTake(take.id) },
    })
  },
  restoreTake: async (takeId) => {
    await act('The take was not brought back.', 'takes.restore', { ids: [takeId] })
    settle(true)
  },
})

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
    chosenTake: null,
    isLoupeOpen: false,
    isPlaying: false,
    selectedTakes: [],
    compared: null,
    judged: [],
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
    },
    chooseTake: (chosenTake) =>
      set({ chosenTake, isPlaying: get().isLoupeOpen && get().isPlaying }),
    openLoupe: (isLoupeOpen) => set({ isLoupeOpen, isPlaying: false }),
    play: (isPlaying) => set({ isPlaying }),
    selectTakes: (ids) => set({ selectedTakes: ids.length > 1 ? ids : [] }),
    compareTakes: (compared) => set({ compared, isLoupeOpen: false, isPlaying: false }),
    ...judging({ set, get, settle }),
    ...trashing({ set, get, settle }),
  }
}
