import { useRef, useState, type MouseEvent, type PointerEvent, type RefObject } from 'react'

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
import { fill, placeRows } from '../gridActions.ts'
import { useDragScroll } from './useDragScroll.ts'

interface GridPointer {
  readonly box: RefObject<HTMLElement | null>
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

/** `move`: rows that were chosen before are drawn to another place. */
type Drag = 'cells' | 'rows' | 'fill' | 'move'

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
function pressCell(event: PointerEvent, cell: Cell, grid: GridPointer): Drag | null {
  const { size, open, isReadOnly } = grid
  const { selection, select } = useStore.getState()
  const isMenu = event.button === 2
  if (isMenu && isInside(cell)) return null
  if (event.shiftKey) {
    extendTo(cell, size)
    return null
  }
  if (cell.col < 0) {
    if (!isMenu && !isReadOnly && isWholeRow(cell, size)) return 'move'
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
 * handle of the range fills what it is drawn over, pressed twice down to the last row; with Alt it
 * repeats instead of counting on. Rows that are chosen whole are drawn elsewhere by their numbers.
 */
export function useGridPointer(grid: GridPointer) {
  const { box, size, open } = grid
  const drag = useRef<Drag | null>(null)
  const pressed = useRef({ x: 0, y: 0 })
  const { filling, draw, drop, fillToEnd } = useFillHandle(size)
  const { before, moveOver, moveHere } = useRowDrag(size)
  const reach = (under: Element | null): void => {
    const cell = cellAt(under)
    if (cell === null || drag.current === null) return
    const { end } = useStore.getState().selection
    if (drag.current === 'fill') draw(cell)
    else if (drag.current === 'move') moveOver(cell)
    else if (cell.row !== end.row || (drag.current === 'cells' && cell.col !== end.col)) {
      extendTo(drag.current === 'rows' ? { row: cell.row, col: -1 } : cell, size)
    }
  }
  const scroll = useDragScroll(box, reach)
  const letGo = (): void => {
    drag.current = null
    scroll.end()
  }

  return {
    filling,
    isDrawing: () => drag.current !== null,
    /** Chosen rows would stand before this one; null: none are drawn. */
    before,
    onPointerDown: (event: PointerEvent): void => {
      pressed.current = { x: event.clientX, y: event.clientY }
      drag.current = begun(event, grid)
    },
    onPointerMove: (event: PointerEvent): void => {
      if (drag.current === null || event.buttons !== 1) return
      // Moves arrive from outside too then; a press that hardly moves stays with the cell it was on.
      const { x, y } = pressed.current
      const isFar = Math.hypot(event.clientX - x, event.clientY - y) > SLACK
      if (isFar) box.current?.setPointerCapture(event.pointerId)
      scroll.move(event.clientX, event.clientY)
    },
    onPointerUp: (event: PointerEvent): void => {
      if (drag.current === 'move') moveHere(cellAt(event.target))
      drop(!event.altKey)
      letGo()
    },
    onPointerCancel: letGo,
    onDoubleClick: (event: MouseEvent): void => {
      const cell = cellAt(event.target)
      const isCell = cell !== null && cell.col >= 0 && !isEditor(event.target)
      if (isOn(event.target, '[data-fill]')) fillToEnd(!event.altKey)
      else if (isCell) open(false)
    },
  }
}

/** What a press anywhere on the grid begins. */
function begun(event: PointerEvent, grid: GridPointer): Drag | null {
  if (event.button > 2 || isEditor(event.target)) return null
  const head = headAt(event.target)
  if (head !== null) {
    chooseColumn(head, grid.size, event.shiftKey)
    return null
  }
  if (isOn(event.target, '[data-fill]')) return grid.isReadOnly ? null : 'fill'
  const cell = cellAt(event.target)
  return cell === null ? null : pressCell(event, cell, grid)
}

/** Pixels after which a press is a drag. */
const SLACK = 6

function isWholeRow(cell: Cell, size: GridSize): boolean {
  const { left, right } = rangeOf(useStore.getState().selection)
  return isInside(cell) && left === 0 && right === size.cols - 1 && cell.row < size.rows - 1
}

/** Where chosen rows are drawn to; nothing changes before they are let go. */
function useRowDrag(size: GridSize) {
  const [before, setBefore] = useState<number | null>(null)
  return {
    before,
    moveOver: ({ row }: Cell): void => {
      const { top, bottom } = rangeOf(useStore.getState().selection)
      const isOver = row >= top && row <= bottom
      // Upwards they stand before the row under the pointer, downwards behind it.
      setBefore(isOver ? null : Math.min(row > bottom ? row + 1 : row, size.rows - 1))
    },
    /** Let go where they were pressed, that one row is chosen. */
    moveHere: (cell: Cell | null): void => {
      if (before !== null) placeRows(before)
      else if (cell !== null) {
        const last = size.cols - 1
        useStore.getState().select(fromTo({ row: cell.row, col: 0 }, { row: cell.row, col: last }))
      }
      setBefore(null)
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
      if (filling !== null) fillInto(filling, isSeries)
      setFilling(null)
    },
    fillToEnd: (isSeries: boolean): void => {
      const source = rangeOf(useStore.getState().selection)
      fillInto({ ...source, bottom: Math.max(source.bottom, size.rows - 2) }, isSeries)
    },
  }
}

function fillInto(target: CellRange, isSeries: boolean): void {
  const { selection, select } = useStore.getState()
  fill({ source: rangeOf(selection), target, isSeries })
  const { top, left, bottom, right } = target
  select(fromTo({ row: top, col: left }, { row: bottom, col: right }))
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
