import { useEffect, useRef } from 'react'

import type { TakeId } from '../../../shared/domain/ids.ts'
import { idAt } from '../../store/keyset.ts'
import { useStore } from '../../store/store.ts'
import { shuttle } from './player/player.ts'
import { across, type Grid } from './reviewLines.ts'
import type { Takes } from './useTakes.ts'

/** These have arrows or letters of their own. */
const BUSY =
  'input, textarea, [role=radiogroup], [role=slider], [role=dialog], [role=alertdialog], [role=menu], [role=listbox]'

export function chooseIndex(takes: Takes, index: number): void {
  const id = idAt(takes.state, Math.max(0, Math.min(takes.total - 1, index)))
  if (id !== null) useStore.getState().chooseTake(id as TakeId)
}

/** Arrows move the choice, J K L drive the player, wherever the focus is on the screen. */
export function useReviewKeys(takes: Takes, grid: Grid | null): void {
  const latest = useRef({ takes, grid })
  useEffect(() => {
    latest.current = { takes, grid }
  })
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.target instanceof Element && event.target.closest(BUSY) !== null) return
      const act = actionOf(event.key, latest.current.takes, latest.current.grid)
      if (act === null) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [])
}

function actionOf(key: string, takes: Takes, grid: Grid | null): (() => void) | null {
  const { chosenIndex } = takes
  const line = (step: 1 | -1): number =>
    grid === null ? chosenIndex + step : across(grid, chosenIndex, step)
  switch (key) {
    case 'ArrowLeft':
      return () => chooseIndex(takes, chosenIndex - 1)
    case 'ArrowRight':
      return () => chooseIndex(takes, chosenIndex + 1)
    case 'ArrowUp':
      return () => chooseIndex(takes, line(-1))
    case 'ArrowDown':
      return () => chooseIndex(takes, line(1))
    case 'Home':
      return () => chooseIndex(takes, 0)
    case 'End':
      return () => chooseIndex(takes, takes.total - 1)
    case 'j':
      return () => shuttle(-1)
    case 'k':
      return () => shuttle(0)
    case 'l':
      return () => shuttle(1)
    default:
      return null
  }
}
