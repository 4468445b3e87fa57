import { createStore, type StoreApi } from 'zustand/vanilla'

import type { Page } from '../../shared/domain/views.ts'
import type { Envelope } from '../../shared/ipc/ipcError.ts'
import {
  allStale,
  emptyKeyset,
  hasMore,
  knownCount,
  locate,
  trimmed,
  withNextPage,
  withPageAgain,
  withPatches,
  type KeysetRow,
  type KeysetState,
} from './keyset.ts'

const PAGE = 200
/** Rows below those in view that are read before they are: a fling meets no empty rows. */
const AHEAD = 100
/** A page read again may hold rows that came between; main gives no more than this. */
const LARGEST_PAGE = 500
/** Pages kept on either side of those in view. */
const KEPT_AROUND = 2

interface KeysetSource<T extends KeysetRow> {
  readonly read: (after: string | null, limit: number) => Promise<Envelope<Page<T>>>
  readonly groupOf?: ((row: T) => string) | undefined
}

/** A list that main holds and the page sees through a window. */
export interface KeysetStore<T extends KeysetRow> {
  readonly store: StoreApi<KeysetState<T>>
  /** Sees to it that these rows are here, fresh, and that far ones are not. */
  readonly show: (from: number, to: number) => void
  /** Reads the ids of the first `count` rows, as far as there are so many. False: they could not be read. */
  readonly readOn: (count: number) => Promise<boolean>
  /** Newer rows; says which ones it does not hold. */
  readonly patch: (rows: readonly T[]) => readonly T[]
  /** The order or the members changed: pages in view are read again now, others when seen. */
  readonly refresh: () => void
}

const single = (): string => ''

export function createKeysetStore<T extends KeysetRow>(source: KeysetSource<T>): KeysetStore<T> {
  const { read, groupOf = single } = source
  const store = createStore<KeysetState<T>>(() => emptyKeyset<T>())
  let wanted = { from: 0, to: 0 }
  /** Ids are wanted up to here although their rows are not in view. */
  let goal = 0
  let working: Promise<void> | null = null
  let refreshes = 0

  /** One read at a time; true: something was read and there may be more to do. */
  const step = async (): Promise<boolean> => {
    const next = nextRead(store.getState(), wanted, goal)
    if (next === null) return false
    const before = refreshes
    const answer = await read(next.after, next.limit)
    if (answer.ok) {
      const state = withPage(store.getState(), next.again, { page: answer.data, groupOf })
      // An answer from before a refresh is shown, and read again as all else is.
      store.setState(before === refreshes ? state : allStale(state), true)
    } else store.setState({ error: answer.error.message })
    return answer.ok
  }

  const work = (): Promise<void> => (working ??= workOff())

  const workOff = async (): Promise<void> => {
    while (await step()) trim()
    working = null
  }

  const trim = (): void => store.setState(trimmedTo(store.getState(), wanted), true)

  return {
    store,
    show: (from, to) => {
      wanted = { from, to }
      trim()
      void work()
    },
    readOn: async (count) => {
      goal = count - 1
      await work()
      goal = 0
      return isKnownTo(store.getState(), count)
    },
    patch: (rows) => {
      const { state, missing } = withPatches(store.getState(), rows)
      store.setState(state, true)
      return missing
    },
    refresh: () => {
      refreshes += 1
      store.setState(allStale(store.getState()), true)
      void work()
    },
  }
}

const withPage = <T extends KeysetRow>(
  state: KeysetState<T>,
  again: number | null,
  read: { readonly page: Page<T>; readonly groupOf: (row: T) => string },
): KeysetState<T> =>
  again === null ? withNextPage(state, read.page, read.groupOf) : withPageAgain(state, again, read)

const isKnownTo = <T>(state: KeysetState<T>, count: number): boolean =>
  !hasMore(state) || knownCount(state) >= count

interface Wanted {
  readonly from: number
  readonly to: number
}

/** What is to be read first: a page in view once more (`again` is its number), or the next one. */
function nextRead<T>(
  state: KeysetState<T>,
  wanted: Wanted,
  goal: number,
): { readonly after: string | null; readonly limit: number; readonly again: number | null } | null {
  const again = pageToRead(state, wanted)
  if (again !== null) {
    return { after: state.pages[again]?.after ?? null, limit: LARGEST_PAGE, again }
  }
  const to = Math.max(wanted.to + AHEAD, goal)
  if (isKnownTo(state, to + 1)) return null
  // A leap to the end of a long list takes larger strides.
  const limit = to - knownCount(state) > PAGE ? LARGEST_PAGE : PAGE
  return { after: state.isStarted ? state.next : null, limit, again: null }
}

/** The first page in view whose rows are not here or not fresh. */
function pageToRead<T>(state: KeysetState<T>, wanted: Wanted): number | null {
  const from = locate(state, wanted.from)
  if (from === null) return null
  const last = locate(state, wanted.to)?.page ?? state.pages.length - 1
  for (let at = from.page; at <= last; at += 1) {
    const page = state.pages[at]
    if (page !== undefined && (page.rows === null || page.isStale)) return at
  }
  return null
}

/** Keeps the pages in view and a few around them; beyond what was read, the last ones. */
function trimmedTo<T>(state: KeysetState<T>, wanted: Wanted): KeysetState<T> {
  const last = Math.max(0, state.pages.length - 1)
  const from = locate(state, wanted.from)?.page ?? last
  const to = locate(state, wanted.to)?.page ?? last
  return trimmed(state, from - KEPT_AROUND, to + KEPT_AROUND)
}
