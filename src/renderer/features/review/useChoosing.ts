import { useCallback, useEffect, useRef, type MouseEvent } from 'react'

import type { TakeId } from '../../../shared/domain/ids.ts'
import { idAt } from '../../store/keyset.ts'
import { useStore } from '../../store/store.ts'
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

/** Every take of the list, as far as it was read. */
export function selectAll(takes: Takes): void {
  useStore.getState().selectTakes(idsBetween(takes, 0, Math.min(takes.total, MOST) - 1))
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
