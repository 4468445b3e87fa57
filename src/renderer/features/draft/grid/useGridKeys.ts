import { useRef, type KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'

import type { GridColumn } from '../../../store/draft/columns.ts'
import {
  moved,
  tabbed,
  type Direction,
  type GridSize,
  type Selection,
} from '../../../store/draft/selection.ts'
import { useStore } from '../../../store/store.ts'
import { clearCells, moveRows } from '../gridActions.ts'

interface GridKeys {
  readonly size: GridSize
  readonly columns: readonly GridColumn[]
  /** Rows in view: how far Page Up and Page Down go. */
  readonly pageRows: () => number
  readonly isReadOnly: boolean
  /** Opens the cell that has the focus; `isReplacing` begins with nothing. */
  readonly open: (isReplacing: boolean) => void
}

const isMod = (event: KeyboardEvent): boolean => event.ctrlKey || event.metaKey

const isTyping = (event: KeyboardEvent): boolean => {
  const isText = event.key.length === 1 || event.key === 'Process' || event.key === 'Dead'
  return isText && event.key !== '?' && !isMod(event) && !event.altKey
}

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
}

/** Where a key leads; null when it is no key that moves. */
function target(event: KeyboardEvent, from: Selection, keys: GridKeys): Selection | null {
  const { size } = keys
  const isExtending = event.shiftKey
  const go = (direction: Direction, by: number, start = from): Selection =>
    moved(start, { direction, size, by, isExtending })
  const arrow = event.altKey ? undefined : ARROWS[event.key]
  if (arrow !== undefined) return go(arrow, isMod(event) ? Infinity : 1)
  switch (event.key) {
    case 'PageDown':
      return go('down', keys.pageRows())
    case 'PageUp':
      return go('up', keys.pageRows())
    case 'Home':
      return go('left', Infinity, isMod(event) ? go('up', Infinity) : from)
    case 'End':
      return go('right', Infinity, isMod(event) ? go('down', Infinity) : from)
    default:
      return wholeRange(event, from, size)
  }
}

/** Everything, the columns of the range, or its rows. */
function wholeRange(event: KeyboardEvent, from: Selection, size: GridSize): Selection | null {
  const bottom = Math.max(0, size.rows - 2)
  const last = size.cols - 1
  if (isMod(event) && event.key.toLowerCase() === 'a') {
    return { anchor: { row: 0, col: 0 }, focus: { row: bottom, col: last } }
  }
  if (event.key !== ' ') return null
  const { anchor, focus } = from
  if (isMod(event)) {
    return { anchor: { row: 0, col: anchor.col }, focus: { row: bottom, col: focus.col } }
  }
  if (!event.shiftKey) return null
  return { anchor: { row: anchor.row, col: 0 }, focus: { row: focus.row, col: last } }
}

/** True: the key did something to the cells. */
function changes(event: KeyboardEvent, { isReadOnly, open }: GridKeys): boolean {
  if (isReadOnly) return false
  const arrow = event.altKey ? ARROWS[event.key] : undefined
  if (arrow === 'up' || arrow === 'down') {
    moveRows(arrow)
    return true
  }
  if (event.key === 'Delete' || (event.key === 'Backspace' && !isMod(event))) clearCells()
  else if ((event.key === 'Enter' && !isMod(event)) || event.key === 'F2') open(false)
  else return false
  return true
}

/** Moves as a spreadsheet does. After Esc, Tab leaves the grid instead of walking its cells. */
export function useGridKeys(keys: GridKeys) {
  const isTabFree = useRef(false)

  const tab = (event: KeyboardEvent, from: Selection): boolean => {
    const next = tabbed(from, keys.size, event.shiftKey)
    const isStuck = next.focus.row === from.focus.row && next.focus.col === from.focus.col
    if (isTabFree.current || isStuck) return false
    useStore.getState().select(next)
    return true
  }

  const type = (col: number): boolean => {
    const kind = keys.columns[col]?.kind
    // The editor is there before the letter arrives and takes it, composed or not.
    flushSync(() => keys.open(true))
    return kind === 'models' || kind === 'frame'
  }

  return (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return
    const { selection, select } = useStore.getState()
    const next = target(event, selection, keys)
    let isDone = true
    if (event.key === 'Tab') isDone = tab(event, selection)
    else if (next !== null) select(next)
    else if (!keys.isReadOnly && isTyping(event)) isDone = type(selection.focus.col)
    else isDone = changes(event, keys)
    isTabFree.current = event.key === 'Escape' || (isTabFree.current && !isDone)
    if (isDone) event.preventDefault()
  }
}
