import {
  emptyRow,
  positionsBetween,
  type DraftRow,
  type DraftRowId,
} from '../../../shared/domain/draft.ts'
import type { ModelOption } from '../../../shared/domain/modelOption.ts'
import { written, type GridColumn } from './columns.ts'
import type { CellRange } from './selection.ts'

/** Every edit is a pure function from rows to rows; rows that did not change stay the same objects. */
export type Rows = readonly DraftRow[]

export interface EditContext {
  readonly columns: readonly GridColumn[]
  readonly models: readonly ModelOption[]
  readonly makeId: () => DraftRowId
}

/** Puts rows before the index, with places between their neighbours. */
export function insertedAt(rows: Rows, index: number, added: Rows): Rows {
  const before = rows[index - 1]?.position ?? null
  const after = rows[index]?.position ?? null
  const places = positionsBetween(before, after, added.length)
  if (places === null) {
    return rows.toSpliced(index, 0, ...added).map((row, position) => ({ ...row, position }))
  }
  const placed = added.map((row, at) => ({ ...row, position: places[at] ?? row.position }))
  return rows.toSpliced(index, 0, ...placed)
}

export function withEmptyRows(rows: Rows, index: number, makeIds: readonly DraftRowId[]): Rows {
  const at = Math.min(index, rows.length)
  return insertedAt(
    rows,
    at,
    makeIds.map((id) => emptyRow(id, 0)),
  )
}

export function withoutRows(rows: Rows, from: number, to: number): Rows {
  return rows.filter((_, index) => index < from || index > to)
}

export function withDuplicates(
  rows: Rows,
  range: { readonly from: number; readonly to: number },
  makeId: () => DraftRowId,
): Rows {
  const copies = rows.slice(range.from, range.to + 1).map((row) => ({ ...row, id: makeId() }))
  return insertedAt(rows, Math.min(range.to + 1, rows.length), copies)
}

/** Rows `from..to` moved so that they stand before the row that was at `target`. */
export function withMoved(
  rows: Rows,
  range: { readonly from: number; readonly to: number },
  target: number,
): Rows {
  if (target >= range.from && target <= range.to + 1) return rows
  const block = rows.slice(range.from, range.to + 1)
  const rest = withoutRows(rows, range.from, range.to)
  return insertedAt(rest, target > range.to ? target - block.length : target, block)
}

export function withRows(
  rows: Rows,
  range: { readonly from: number; readonly to: number },
  change: (row: DraftRow, index: number) => DraftRow,
): Rows {
  return rows.map((row, index) =>
    index >= range.from && index <= range.to ? change(row, index) : row,
  )
}

/** The same text in every cell of the range. */
export function withText(rows: Rows, range: CellRange, edit: EditContext & { text: string }): Rows {
  const columns = edit.columns.slice(range.left, range.right + 1)
  const cells = { columns, textAt: () => edit.text, models: edit.models }
  return withRows(rows, { from: range.top, to: range.bottom }, (row) => written(row, cells))
}

export type Matrix = readonly (readonly string[])[]

/** What of the range goes to the clipboard. */
export function copied(rows: Rows, range: CellRange, columns: readonly GridColumn[]): Matrix {
  return rows
    .slice(range.top, range.bottom + 1)
    .map((row) => columns.slice(range.left, range.right + 1).map((column) => column.read(row)))
}

/** How large a paste becomes: a small block fills a larger selection when it fits a whole number of times. */
export function pasteSize(range: CellRange, matrix: Matrix): { rows: number; cols: number } {
  const width = widthOf(matrix)
  const rows = range.bottom - range.top + 1
  const cols = range.right - range.left + 1
  const isTiled = matrix.length > 0 && rows % matrix.length === 0 && cols % width === 0
  return isTiled ? { rows, cols } : { rows: matrix.length, cols: width }
}

const widthOf = (matrix: Matrix): number =>
  matrix.reduce((most, row) => Math.max(most, row.length), 1)

/** Writes a block from the top left of the range; rows are added below as needed, columns are not. */
export function pasted(
  rows: Rows,
  range: CellRange,
  paste: EditContext & { readonly matrix: Matrix },
): Rows {
  const { columns, models, matrix } = paste
  if (matrix.length === 0) return rows
  const size = pasteSize(range, matrix)
  const missing = Math.max(0, range.top + size.rows - rows.length)
  const ids = Array.from({ length: missing }, paste.makeId)
  const grown = missing === 0 ? rows : withEmptyRows(rows, rows.length, ids)
  const into = columns.slice(range.left, range.left + size.cols)
  const width = widthOf(matrix)
  return withRows(grown, { from: range.top, to: range.top + size.rows - 1 }, (row, index) => {
    const source = matrix[(index - range.top) % matrix.length] ?? []
    // What a row of another length lacks stays as it is.
    const textAt = (at: number) => source[at % width]
    return written(row, { columns: into, textAt, models })
  })
}
