import { useRef, useState, type MouseEvent, type PointerEvent } from 'react'

import {
  atCell,
  fromTo,
  goneTo,
  rangeOf,
  type Cell,
  type CellRange,
  type GridSize,
} from '../../../store/draft/selection.ts'
import { useStore } from '../../../store/store.ts'
import { fill } from '../gridActions.ts'

interface GridPointer {
  readonly size: GridSize
  readonly isReadOnly: boolean
  readonly open: (isReplacing: boolean) => void
}

/** The cell under an element; column -1 is the row's number. */
export function cellAt(target: EventTarget | Element | null): Cell | null {
  if (!(target instanceof Element)) return null
  const row = target.closest<HTMLElement>('[data-row]')?.dataset['row']
  if (row === undefined) return null
  const col = target.closest<HTMLElement>('[data-col]')?.dataset['col']
  return { row: Number(row), col: col === undefined ? -1 : Number(col) }
}

const isOn = (target: EventTarget, selector: string): boolean =>
  target instanceof Element && target.closest(selector) !== null

/** The column whose head is under an element, -1 for the corner; null: it is no head. */
function headAt(target: EventTarget): number | null {
  if (!(target instanceof Element)) return null
  const head = target.closest<HTMLElement>('[data-head]')?.dataset['head']
  return head === undefined ? null : Number(head)
}

/** Where the handle of a range leads: beyond it on the side where the pointer is farthest from it. */
export function fillTarget(source: CellRange, { row, col }: Cell): CellRange {
  const down = Math.max(row - source.bottom, source.top - row, 0)
  const across = col < 0 ? 0 : Math.max(col - source.right, source.left - col, 0)
  if (down === 0 && across === 0) return source
  if (down >= across) {
    return { ...source, top: Math.min(source.top, row), bottom: Math.max(source.bottom, row) }
  }
  return { ...source, left: Math.min(source.left, col), right: Math.max(source.right, col) }
}

type Drag = 'cells' | 'rows' | 'fill'

const isEditor = (target: EventTarget): boolean => isOn(target, '.cell-editor')

function extendTo(cell: Cell, size: GridSize): void {
  const { selection, select } = useStore.getState()
  const to = { row: cell.row, col: cell.col < 0 ? size.cols - 1 : cell.col }
  select(goneTo(selection, to, true))
}

/** Column -1 is the corner: everything. */
function chooseColumn(col: number, size: GridSize, isExtending: boolean): void {
  const { selection, select } = useStore.getState()
  const bottom = Math.max(0, size.rows - 2)
  const first = col < 0 ? 0 : isExtending ? selection.anchor.col : col
  const last = col < 0 ? size.cols - 1 : col
  select(fromTo({ row: 0, col: first }, { row: bottom, col: last }))
}

/** What a press on a cell begins. */
function pressCell(event: PointerEvent, cell: Cell, { size, open }: GridPointer): Drag | null {
  const { selection, select } = useStore.getState()
  const isMenu = event.button === 2
  if (isMenu && isInside(cell)) return null
  if (event.shiftKey) {
    extendTo(cell, size)
    return null
  }
  if (cell.col < 0) {
    select(fromTo({ row: cell.row, col: 0 }, { row: cell.row, col: size.cols - 1 }))
    return isMenu ? null : 'rows'
  }
  const isSecond = selection.focus.row === cell.row && selection.focus.col === cell.col
  select(atCell(cell))
  if (!isMenu && opensAtOnce(event.target, isSecond)) open(false)
  return isMenu ? null : 'cells'
}

/**
 * Press chooses, drag and Shift choose a range, a second press on a picture or a model opens it. The
 * handle of the range fills what it is drawn over; with Alt it repeats instead of counting on.
 */
export function useGridPointer(grid: GridPointer) {
  const { size, isReadOnly, open } = grid
  const drag = useRef<Drag | null>(null)
  const { filling, draw, drop } = useFillHandle(size)

  return {
    filling,
    onPointerDown: (event: PointerEvent): void => {
      if (event.button > 2 || isEditor(event.target)) return
      const head = headAt(event.target)
      const cell = cellAt(event.target)
      if (head !== null) chooseColumn(head, size, event.shiftKey)
      else if (isOn(event.target, '[data-fill]')) drag.current = isReadOnly ? null : 'fill'
      else if (cell !== null) drag.current = pressCell(event, cell, grid)
    },
    onPointerMove: (event: PointerEvent): void => {
      if (drag.current === null || event.buttons !== 1) return
      const cell = cellAt(event.target)
      if (cell === null) return
      const { end } = useStore.getState().selection
      if (drag.current === 'fill') draw(cell)
      else if (cell.row !== end.row || (drag.current === 'cells' && cell.col !== end.col)) {
        extendTo(drag.current === 'rows' ? { row: cell.row, col: -1 } : cell, size)
      }
    },
    onPointerUp: (event: PointerEvent): void => {
      drop(!event.altKey)
      drag.current = null
    },
    onDoubleClick: (event: MouseEvent): void => {
      const cell = cellAt(event.target)
      const isCell = cell !== null && cell.col >= 0 && !isEditor(event.target)
      if (isCell && !isOn(event.target, '[data-fill]')) open(false)
    },
  }
}

/** What the handle was drawn over so far; nothing changes before it is let go. */
function useFillHandle(size: GridSize) {
  const [filling, setFilling] = useState<CellRange | null>(null)
  return {
    filling,
    draw: (cell: Cell): void => {
      const last = Math.max(0, size.rows - 2)
      const source = rangeOf(useStore.getState().selection)
      const target = fillTarget(source, { ...cell, row: Math.min(cell.row, last) })
      setFilling((old) => (old !== null && isSame(old, target) ? old : target))
    },
    drop: (isSeries: boolean): void => {
      if (filling === null) return
      const { selection, select } = useStore.getState()
      fill({ source: rangeOf(selection), target: filling, isSeries })
      const { top, left, bottom, right } = filling
      select(fromTo({ row: top, col: left }, { row: bottom, col: right }))
      setFilling(null)
    },
  }
}

const isSame = (a: CellRange, b: CellRange): boolean =>
  a.top === b.top && a.bottom === b.bottom && a.left === b.left && a.right === b.right

function isInside(cell: Cell): boolean {
  const { top, bottom, left, right } = rangeOf(useStore.getState().selection)
  const isColumn = cell.col < 0 || (cell.col >= left && cell.col <= right)
  return cell.row >= top && cell.row <= bottom && isColumn
}

function opensAtOnce(target: EventTarget, isSecond: boolean): boolean {
  if (!(target instanceof Element)) return false
  if (target.closest('[data-opens]') !== null) return true
  const kind = target.closest<HTMLElement>('[data-col]')?.dataset['kind']
  return isSecond && (kind === 'models' || kind === 'frame')
}
