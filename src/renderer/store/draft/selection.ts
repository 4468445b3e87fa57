export interface Cell {
  readonly row: number
  readonly col: number
}

/** From the cell where it began to the cell that has the focus. */
export interface Selection {
  readonly anchor: Cell
  readonly focus: Cell
}

/** Inclusive on all sides. */
export interface CellRange {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

export interface GridSize {
  readonly rows: number
  readonly cols: number
}

export const atCell = (cell: Cell): Selection => ({ anchor: cell, focus: cell })

export function rangeOf({ anchor, focus }: Selection): CellRange {
  return {
    top: Math.min(anchor.row, focus.row),
    bottom: Math.max(anchor.row, focus.row),
    left: Math.min(anchor.col, focus.col),
    right: Math.max(anchor.col, focus.col),
  }
}

export function isSingle({ anchor, focus }: Selection): boolean {
  return anchor.row === focus.row && anchor.col === focus.col
}

const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, value))

export function clampedCell(cell: Cell, size: GridSize): Cell {
  return { row: clamp(cell.row, size.rows - 1), col: clamp(cell.col, size.cols - 1) }
}

export type Direction = 'up' | 'down' | 'left' | 'right'

const STEPS: Record<Direction, Cell> = {
  up: { row: -1, col: 0 },
  down: { row: 1, col: 0 },
  left: { row: 0, col: -1 },
  right: { row: 0, col: 1 },
}

interface Move {
  readonly direction: Direction
  readonly size: GridSize
  /** Rows or columns; `Infinity` goes to the edge. */
  readonly by?: number | undefined
  /** The anchor stays: the range grows or shrinks. */
  readonly isExtending?: boolean | undefined
}

export function moved(selection: Selection, move: Move): Selection {
  const step = STEPS[move.direction]
  const by = move.by ?? 1
  const along = (from: number, sign: number, most: number): number =>
    sign === 0 ? clamp(from, most) : clamp(from + sign * Math.min(by, most), most)
  const focus = {
    row: along(selection.focus.row, step.row, move.size.rows - 1),
    col: along(selection.focus.col, step.col, move.size.cols - 1),
  }
  return move.isExtending === true ? { anchor: selection.anchor, focus } : atCell(focus)
}

/** Tab and Shift+Tab: along the row, then on to the next or previous one. */
export function tabbed(selection: Selection, size: GridSize, isBack: boolean): Selection {
  const flat = selection.focus.row * size.cols + selection.focus.col + (isBack ? -1 : 1)
  const place = clamp(flat, size.rows * size.cols - 1)
  return atCell({ row: Math.floor(place / size.cols), col: place % size.cols })
}

/** Columns of a row that are in the range; null when none is. */
export function spanInRow(range: CellRange, row: number): readonly [number, number] | null {
  return row >= range.top && row <= range.bottom ? [range.left, range.right] : null
}
