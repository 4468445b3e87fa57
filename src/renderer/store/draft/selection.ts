export interface Cell {
  readonly row: number
  readonly col: number
}

/** The chosen cells, and the one of them that keys go to. */
export interface Selection {
  /** Where the range began. */
  readonly anchor: Cell
  /** Its other corner: the one that Shift moves. */
  readonly end: Cell
  /** The cell that typing goes into. */
  readonly focus: Cell
  /** The column where Tab began: Enter goes on below it. */
  readonly home?: number
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

export const atCell = (cell: Cell): Selection => ({ anchor: cell, end: cell, focus: cell })

/** A range, typed into where it began. */
export const fromTo = (anchor: Cell, end: Cell): Selection => ({ anchor, end, focus: anchor })

export function rangeOf({ anchor, end }: Pick<Selection, 'anchor' | 'end'>): CellRange {
  return {
    top: Math.min(anchor.row, end.row),
    bottom: Math.max(anchor.row, end.row),
    left: Math.min(anchor.col, end.col),
    right: Math.max(anchor.col, end.col),
  }
}

export function isSingle({ anchor, end }: Selection): boolean {
  return anchor.row === end.row && anchor.col === end.col
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
  const from = move.isExtending === true ? selection.end : selection.focus
  const along = (place: number, sign: number, most: number): number =>
    sign === 0 ? clamp(place, most) : clamp(place + sign * Math.min(by, most), most)
  const to = {
    row: along(from.row, step.row, move.size.rows - 1),
    col: along(from.col, step.col, move.size.cols - 1),
  }
  return goneTo(selection, to, move.isExtending === true)
}

/** Goes to a cell, or with Shift draws the range to it. */
export function goneTo(selection: Selection, to: Cell, isExtending: boolean): Selection {
  return isExtending ? { anchor: selection.anchor, end: to, focus: selection.focus } : atCell(to)
}

interface Jump {
  readonly direction: Direction
  readonly size: GridSize
  readonly isFilled: (cell: Cell) => boolean
}

/**
 * Where Ctrl and an arrow lead: the end of the filled cells, or the next filled one. Past the last row
 * only from the last row itself.
 */
export function jumped(from: Cell, { direction, size, isFilled }: Jump): Cell {
  const step = STEPS[direction]
  const isThere = ({ row, col }: Cell): boolean =>
    row >= 0 && col >= 0 && row < size.rows - 1 && col < size.cols
  const next = (cell: Cell): Cell => ({ row: cell.row + step.row, col: cell.col + step.col })
  let at = from
  if (!isThere(next(at))) return clampedCell(next(at), size)
  const isBlock = isThere(at) && isFilled(at) && isFilled(next(at))
  if (isBlock) while (isThere(next(at)) && isFilled(next(at))) at = next(at)
  else {
    do at = next(at)
    while (isThere(next(at)) && !isFilled(at))
  }
  return at
}

/** Tab and Shift+Tab: along the row and on to the next or previous one; within a range where there is one. */
export function tabbed(selection: Selection, size: GridSize, isBack: boolean): Selection {
  const { focus } = selection
  const step = isBack ? -1 : 1
  if (!isSingle(selection)) {
    const { top, bottom, left, right } = rangeOf(selection)
    const [width, height] = [right - left + 1, bottom - top + 1]
    const place = wrapped((focus.row - top) * width + focus.col - left + step, width * height)
    const to = { row: top + Math.floor(place / width), col: left + (place % width) }
    return { ...selection, focus: to }
  }
  const flat = focus.row * size.cols + focus.col + step
  const place = clamp(flat, size.rows * size.cols - 1)
  const to = { row: Math.floor(place / size.cols), col: place % size.cols }
  return { ...atCell(to), home: selection.home ?? focus.col }
}

/** Enter and Shift+Enter: down the column, within a range where there is one; after Tab below its first cell. */
export function entered(selection: Selection, size: GridSize, isBack: boolean): Selection {
  const { focus, home } = selection
  const step = isBack ? -1 : 1
  if (isSingle(selection)) {
    const to = clampedCell({ row: focus.row + step, col: home ?? focus.col }, size)
    return home === undefined ? atCell(to) : { ...atCell(to), home }
  }
  const { top, bottom, left, right } = rangeOf(selection)
  const [width, height] = [right - left + 1, bottom - top + 1]
  const place = wrapped((focus.col - left) * height + focus.row - top + step, width * height)
  return {
    ...selection,
    focus: { row: top + (place % height), col: left + Math.floor(place / height) },
  }
}

const wrapped = (place: number, count: number): number => (place + count) % count

/** Columns of a row that are in the range; null when none is. */
export function spanInRow(range: CellRange, row: number): readonly [number, number] | null {
  return row >= range.top && row <= range.bottom ? [range.left, range.right] : null
}
