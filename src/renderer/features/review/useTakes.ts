import { useMemo } from 'react'
import { useStore as useVanilla } from 'zustand'

import type { TakeView } from '../../../shared/domain/take.ts'
import { hasMore, indexOfId, knownCount, rowAt, type KeysetState } from '../../store/keyset.ts'
import { shownCount } from '../../store/review/takeFilter.ts'
import { useStore } from '../../store/store.ts'

export interface Takes {
  readonly state: KeysetState<TakeView>
  /** How many there are, read or not. */
  readonly total: number
  /** What each belongs to, as far as it was read. */
  readonly groups: readonly string[]
  readonly take: (index: number) => TakeView | null
  readonly show: (from: number, to: number) => void
  /** Place of the chosen take; the first one when none is chosen. */
  readonly chosenIndex: number
  readonly chosen: TakeView | null
}

export function useTakes(): Takes {
  const takes = useStore((store) => store.takes)
  const shown = useStore((store) => store.filter.shown)
  const counts = useStore((store) => store.counts)
  const chosenId = useStore((store) => store.chosenTake)
  const state = useVanilla(takes.store)
  const groups = useMemo(() => state.pages.flatMap((page) => page.groups), [state.pages])
  const known = knownCount(state)
  const total = hasMore(state) ? Math.max(known, shownCount(counts, shown) ?? known) : known
  const found = chosenId === null ? 0 : indexOfId(state, chosenId)
  const chosenIndex = Math.max(0, found)
  return {
    state,
    total,
    groups,
    take: (index) => rowAt(state, index),
    show: takes.show,
    chosenIndex,
    chosen: rowAt(state, chosenIndex),
  }
}
