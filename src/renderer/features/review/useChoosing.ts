import { useCallback, useEffect, useRef, type MouseEvent } from 'react'

import type { TakeId } from '../../../shared/domain/ids.ts'
import { hasMore, idAt } from '../../store/keyset.ts'
import { notify, notifyFailure } from '../../store/notify.ts'
import { shownCount } from '../../store/review/takeFilter.ts'
import { useStore } from '../../store/store.ts'
import { formatCount, plural } from '../../ui/format.ts'
import type { Takes } from './useTakes.ts'

/** As many ids as one request may carry. */
const MOST = 2_000

/** A click chooses; with Shift all between, with Ctrl or Cmd one more; a double click opens. */
export function useChoosing(takes: Takes): (index: number, event: MouseEvent) => void {
  const latest = useRef(takes)
  useEffect(() => {
    latest.current = takes
  })
  // The same function for all tiles and all times: they are drawn again only for their own sake.
  return useCallback((index, event) => {
    const id = idAt(latest.current.state, index)
    if (id === null) return
    if (event.shiftKey) return extendTo(latest.current, index)
    const { chooseTake, openLoupe, selectTakes } = useStore.getState()
    if (event.ctrlKey || event.metaKey) toggle(latest.current, id as TakeId)
    else selectTakes([])
    chooseTake(id as TakeId)
    if (event.detail === 2) openLoupe(true)
  }, [])
}

/** The takes between the chosen one and this one too. */
export function extendTo(takes: Takes, index: number): void {
  const to = Math.max(0, Math.min(takes.total - 1, index))
  const { chooseTake, selectTakes } = useStore.getState()
  const from = takes.chosenIndex
  const between = idsBetween(takes, Math.min(from, to), Math.max(from, to))
  selectTakes(inOrder(takes, new Set([...selectedOr(takes), ...between])))
  const id = idAt(takes.state, to)
  if (id !== null) chooseTake(id as TakeId)
}

/** Every take of the list, in view or not; no more than one step can change. */
export async function selectAll(): Promise<void> {
  const list = useStore.getState().takes
  const isRead = await list.readOn(MOST)
  const { takes: now, selectTakes, counts, filter } = useStore.getState()
  // Another list is shown by now.
  if (now !== list) return
  const state = list.store.getState()
  const ids = state.pages.flatMap((page) => page.ids) as TakeId[]
  selectTakes(ids.slice(0, MOST))
  if (!isRead) return notifyFailure('Not all takes were chosen.', state.error ?? '')
  if (ids.length <= MOST && !hasMore(state)) return
  const total = plural(shownCount(counts, filter.shown) ?? ids.length, 'take')
  notify({ text: `The first ${formatCount(MOST)} of ${total} are chosen. One step takes no more.` })
}

function toggle(takes: Takes, id: TakeId): void {
  const selected = new Set<string>(selectedOr(takes))
  if (!selected.delete(id)) selected.add(id)
  useStore.getState().selectTakes(inOrder(takes, selected))
}

/** A choice of several begins with the one that was chosen alone. */
function selectedOr({ chosen }: Takes): readonly TakeId[] {
  const { selectedTakes } = useStore.getState()
  if (selectedTakes.length > 0) return selectedTakes
  return chosen === null ? [] : [chosen.id]
}

const idsBetween = ({ state }: Takes, from: number, to: number): readonly TakeId[] =>
  Array.from({ length: to - from + 1 }, (_, at) => idAt(state, from + at)).filter(
    (id): id is TakeId => id !== null,
  )

const inOrder = ({ state }: Takes, ids: ReadonlySet<string>): readonly TakeId[] =>
  state.pages.flatMap((page) => page.ids.filter((id) => ids.has(id))).slice(0, MOST) as TakeId[]
