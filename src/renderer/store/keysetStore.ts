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
  let isWorking = false

  const fail = (message: string): false => {
    store.setState({ error: message })
    return false
  }

  /** One read at a time; true: something was read and there may be more to do. */
  const step = async (): Promise<boolean> => {
    const state = store.getState()
    const again = pageToRead(state, wanted)
    if (again !== null) {
      const answer = await read(state.pages[again]?.after ?? null, LARGEST_PAGE)
      if (!answer.ok) return fail(answer.error.message)
      store.setState(withPageAgain(store.getState(), again, { page: answer.data, groupOf }), true)
      return true
    }
    if (!hasMore(state) || knownCount(state) > wanted.to) return false
    // A leap to the end of a long list takes larger strides.
    const limit = wanted.to - knownCount(state) > PAGE ? LARGEST_PAGE : PAGE
    const answer = await read(state.isStarted ? state.next : null, limit)
    if (!answer.ok) return fail(answer.error.message)
    store.setState(withNextPage(store.getState(), answer.data, groupOf), true)
    return true
  }

  const work = async (): Promise<void> => {
    if (isWorking) return
    isWorking = true
    while (await step()) trim()
    isWorking = false
  }

  const trim = (): void => store.setState(trimmedTo(store.getState(), wanted), true)

  return {
    store,
    show: (from, to) => {
      wanted = { from, to }
      trim()
      void work()
    },
    patch: (rows) => {
      const { state, missing } = withPatches(store.getState(), rows)
      store.setState(state, true)
      return missing
    },
    refresh: () => {
      store.setState(allStale(store.getState()), true)
      void work()
    },
  }
}

/** The first page in view whose rows are not here or not fresh. */
function pageToRead<T>(
  state: KeysetState<T>,
  wanted: { readonly from: number; readonly to: number },
): number | null {
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
function trimmedTo<T>(
  state: KeysetState<T>,
  wanted: { readonly from: number; readonly to: number },
): KeysetState<T> {
  const last = Math.max(0, state.pages.length - 1)
  const from = locate(state, wanted.from)?.page ?? last
  const to = locate(state, wanted.to)?.page ?? last
  return trimmed(state, from - KEPT_AROUND, to + KEPT_AROUND)
}
