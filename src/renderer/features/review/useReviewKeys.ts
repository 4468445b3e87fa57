import { useEffect, useRef } from 'react'

import type { TakeId } from '../../../shared/domain/ids.ts'
import { idAt } from '../../store/keyset.ts'
import { useStore } from '../../store/store.ts'
import { usePlayer } from './player/player.ts'
import { shuttle } from './player/shuttle.ts'
import { extendTo } from './useChoosing.ts'
import { across, type Grid } from './reviewLines.ts'
import type { Takes } from './useTakes.ts'

/** These have arrows or letters of their own. */
const BUSY =
  'input, textarea, [role=radiogroup], [role=slider], [role=dialog], [role=alertdialog], [role=menu], [role=listbox]'

/**
 * What keys do on this view, wherever the focus is; by their `key`, letters in lower case,
 * after `Shift+` where that is held.
 */
export type ViewKeys = Readonly<Record<string, () => void>>

/** Keys that move about in a view; what acts is in the table of commands. */
export function useKeysOf(keys: ViewKeys): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.target instanceof Element && event.target.closest(BUSY) !== null) return
      const act = latest.current[event.shiftKey ? `Shift+${event.key}` : event.key]
      if (act === undefined) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [])
}

/** Chooses one alone. */
export function chooseIndex(takes: Takes, index: number): void {
  const id = idAt(takes.state, Math.max(0, Math.min(takes.total - 1, index)))
  if (id === null) return
  const { chooseTake, selectTakes } = useStore.getState()
  selectTakes([])
  chooseTake(id as TakeId)
}

const shuttled = (direction: -1 | 0 | 1) => () => shuttle(usePlayer.getState().video, direction)

/** Arrows move the choice, J K L drive the player. */
export function useReviewKeys(takes: Takes, grid: Grid | null): void {
  const { chosenIndex, total } = takes
  const line = (step: 1 | -1): number =>
    grid === null ? chosenIndex + step : across(grid, chosenIndex, step)
  useKeysOf({
    ArrowLeft: () => chooseIndex(takes, chosenIndex - 1),
    ArrowRight: () => chooseIndex(takes, chosenIndex + 1),
    ArrowUp: () => chooseIndex(takes, line(-1)),
    ArrowDown: () => chooseIndex(takes, line(1)),
    Home: () => chooseIndex(takes, 0),
    End: () => chooseIndex(takes, total - 1),
    ...(grid === null
      ? {}
      : {
          'Shift+ArrowLeft': () => extendTo(takes, chosenIndex - 1),
          'Shift+ArrowRight': () => extendTo(takes, chosenIndex + 1),
          'Shift+ArrowUp': () => extendTo(takes, line(-1)),
          'Shift+ArrowDown': () => extendTo(takes, line(1)),
        }),
    j: shuttled(-1),
    k: shuttled(0),
    l: shuttled(1),
  })
}
