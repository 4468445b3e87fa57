import { useRef, type KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'

import type { GridColumn } from '../../../store/draft/columns.ts'
import {
  entered,
  fromTo,
  goneTo,
  isSingle,
  jumped,
  moved,
  tabbed,
  type Cell,
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
  readonly isFilled: (cell: Cell) => boolean
  /** Brings a cell into view: the corner of the range that Shift moves. */
  readonly show: (cell: Cell) => void
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
  const { size, isFilled } = keys
  const isExtending = event.shiftKey
  const go = (direction: Direction, by: number): Selection =>
    moved(from, { direction, size, by, isExtending })
  const arrow = event.altKey ? undefined : ARROWS[event.key]
  if (arrow !== undefined && isMod(event)) {
    const start = isExtending ? from.end : from.focus
    return goneTo(from, jumped(start, { direction: arrow, size, isFilled }), isExtending)
  }
  if (arrow !== undefined) return go(arrow, 1)
  switch (event.key) {
    case 'PageDown':
      return go('down', keys.pageRows())
    case 'PageUp':
      return go('up', keys.pageRows())
    case 'Home':
      return isMod(event) ? goneTo(from, { row: 0, col: 0 }, isExtending) : go('left', Infinity)
    case 'End':
      return isMod(event) ? goneTo(from, lastCell(size), isExtending) : go('right', Infinity)
    default:
      return wholeRange(event, from, size)
  }
}

/** Of the rows that are there: one more follows, for typing. */
const lastCell = (size: GridSize): Cell => ({
  row: Math.max(0, size.rows - 2),
  col: size.cols - 1,
})

/** Everything, the columns of the range, or its rows. */
function wholeRange(event: KeyboardEvent, from: Selection, size: GridSize): Selection | null {
  const end = lastCell(size)
  if (isMod(event) && event.key.toLowerCase() === 'a') {
    return { ...fromTo({ row: 0, col: 0 }, end), focus: within(from.focus, end) }
  }
  if (event.key !== ' ') return null
  const { anchor, focus } = from
  if (isMod(event)) {
    const whole = fromTo({ row: 0, col: anchor.col }, { row: end.row, col: from.end.col })
    return { ...whole, focus: within(focus, end) }
  }
  if (!event.shiftKey) return null
  return { ...fromTo({ row: anchor.row, col: 0 }, { row: from.end.row, col: end.col }), focus }
}

const within = ({ row, col }: Cell, end: Cell): Cell => ({ row: Math.min(row, end.row), col })

/** True: the key did something to the cells. */
function changes(event: KeyboardEvent, { isReadOnly, open }: GridKeys): boolean {
  if (isReadOnly) return false
  const arrow = event.altKey ? ARROWS[event.key] : undefined
  if (arrow === 'up' || arrow === 'down') {
    moveRows(arrow)
    return true
  }
  if (event.key === 'Delete' || (event.key === 'Backspace' && !isMod(event))) clearCells()
  else if ((event.key === 'Enter' && !isMod(event)) || (event.key === 'F2' && !event.shiftKey))
    open(false)
  else return false
  return true
}

/** Enter opens a cell; in a range it goes through it, and with Shift it goes up. */
const isEntering = (event: KeyboardEvent, from: Selection): boolean =>
  event.key === 'Enter' && !isMod(event) && !event.altKey && (event.shiftKey || !isSingle(from))

/** Moves as a spreadsheet does. After Esc, Tab leaves the grid instead of walking its cells. */
export function useGridKeys(keys: GridKeys) {
  const isTabFree = useRef(false)

  const tab = (event: KeyboardEvent, from: Selection): boolean => {
    if (isTabFree.current) return false
    const next = tabbed(from, keys.size, event.shiftKey)
    const isStuck = next.focus.row === from.focus.row && next.focus.col === from.focus.col
    if (isStuck) return false
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
    else if (isEntering(event, selection)) select(entered(selection, keys.size, event.shiftKey))
    else if (next !== null) {
      select(next)
      // A whole column that is chosen moves nothing.
      if (event.shiftKey && event.key !== ' ') keys.show(next.end)
    } else if (!keys.isReadOnly && isTyping(event)) isDone = type(selection.focus.col)
    else isDone = changes(event, keys)
    isTabFree.current = event.key === 'Escape' || (isTabFree.current && !isDone)
    if (isDone) event.preventDefault()
  }
}
