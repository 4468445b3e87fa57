import type { DraftRow, DraftRowId, FrameRef, ModelChoice } from '../../../shared/domain/draft.ts'
import { columnsFor, type GridColumn } from '../../store/draft/columns.ts'
import {
  copied,
  filledDown,
  pasted,
  withDuplicates,
  withEmptyRows,
  withMoved,
  withoutRows,
  withRows,
  withText,
  type EditContext,
  type Rows,
} from '../../store/draft/edits.ts'
import { formatTsv, parseTsv } from '../../store/draft/clipboard.ts'
import { atCell, rangeOf, type Cell, type CellRange } from '../../store/draft/selection.ts'
import { useStore } from '../../store/store.ts'

/** What keys, menus and buttons do to the rows of the open draft. */

const makeId = (): DraftRowId => `row_${crypto.randomUUID()}`

function context(): EditContext {
  const { open, models } = useStore.getState()
  return { columns: columnsFor(open?.doc.variables ?? []), models, makeId }
}

const columns = (): readonly GridColumn[] => context().columns
const rows = (): Rows => useStore.getState().open?.doc.rows ?? []
const range = (): CellRange => rangeOf(useStore.getState().selection)

function edit(change: (rows: Rows) => Rows): void {
  useStore.getState().editDraft((doc) => {
    const changed = change(doc.rows)
    return changed === doc.rows ? doc : { ...doc, rows: changed }
  })
}

/** Rows down to this one exist: typing below the last one makes them. */
function grown(current: Rows, bottom: number): Rows {
  const missing = bottom + 1 - current.length
  if (missing <= 0) return current
  return withEmptyRows(current, current.length, Array.from({ length: missing }, makeId))
}

/** One cell, or with `isAll` every chosen one. */
export function writeText(text: string, isAll: boolean): void {
  const { focus } = useStore.getState().selection
  const target = isAll
    ? range()
    : { top: focus.row, bottom: focus.row, left: focus.col, right: focus.col }
  edit((current) => {
    const column = columns()[target.left]
    const isUnchanged =
      !isAll && column !== undefined && (readCell(current, focus.row, column) ?? '') === text
    return isUnchanged
      ? current
      : withText(grown(current, target.bottom), target, { ...context(), text })
  })
}

function readCell(current: Rows, row: number, column: GridColumn): string | null {
  const at = current[row]
  return at === undefined ? null : column.read(at)
}

export function clearCells(): void {
  edit((current) => withText(current, range(), { ...context(), text: '' }))
}

export const copyCells = (): string => formatTsv(copied(rows(), range(), columns()))

export function pasteCells(text: string): void {
  const target = range()
  const matrix = parseTsv(text)
  edit((current) => pasted(grown(current, target.top), target, { ...context(), matrix }))
}

export function fillDown(): void {
  const target = range()
  edit((current) => filledDown(current, target, context()))
}

export function chooseModels(models: readonly ModelChoice[]): void {
  changeChosenRows((row) => ({ ...row, models }))
}

export function chooseFrames(frames: readonly (FrameRef | null)[]): void {
  const { top, bottom } = range()
  const last = Math.max(bottom, top + frames.length - 1)
  edit((current) =>
    withRows(grown(current, last), { from: top, to: last }, (row, index) => ({
      ...row,
      // One picture goes on all chosen rows, several go one to a row.
      firstFrame:
        frames.length === 1 ? (frames[0] ?? null) : (frames[index - top] ?? row.firstFrame),
    })),
  )
}

export function changeChosenRows(change: (row: DraftRow) => DraftRow): void {
  const { top, bottom } = range()
  edit((current) => withRows(grown(current, bottom), { from: top, to: bottom }, change))
}

export function changeRow(rowId: DraftRowId, change: (row: DraftRow) => DraftRow): void {
  edit((current) => current.map((row) => (row.id === rowId ? change(row) : row)))
}

export function addRow(): void {
  const { bottom, left } = range()
  const at = Math.min(bottom + 1, rows().length)
  edit((current) => withEmptyRows(current, at, [makeId()]))
  useStore.getState().select(atCell({ row: at, col: Math.min(left, 0) }))
}

export function insertRowAbove(): void {
  const { top } = range()
  edit((current) => withEmptyRows(current, top, [makeId()]))
}

export function removeRows(): void {
  const { top, bottom } = range()
  edit((current) => withoutRows(current, top, bottom))
  const { focus } = useStore.getState().selection
  useStore.getState().select(atCell({ row: Math.min(top, rows().length), col: focus.col }))
}

export function duplicateRows(): void {
  const { top, bottom, left, right } = range()
  edit((current) => withDuplicates(current, { from: top, to: bottom }, makeId))
  const height = bottom - top + 1
  useStore.getState().select({
    anchor: { row: bottom + 1, col: left },
    focus: { row: bottom + height, col: right },
  })
}

/** The chosen rows change places with the row above or below them. */
export function moveRows(direction: 'up' | 'down'): void {
  const { selection, select } = useStore.getState()
  const { top, bottom } = range()
  const step = direction === 'up' ? -1 : 1
  if (top + step < 0 || bottom + step >= rows().length) return
  const target = direction === 'up' ? top - 1 : bottom + 2
  edit((current) => withMoved(current, { from: top, to: bottom }, target))
  const moved = (cell: Cell): Cell => ({ row: cell.row + step, col: cell.col })
  select({ anchor: moved(selection.anchor), focus: moved(selection.focus) })
}

/** Goes to a row, and to the cell of a field where it has one. */
export function chooseRow(rowId: DraftRowId | null, column: string | null): void {
  const index = rows().findIndex((row) => row.id === rowId)
  if (index < 0) return
  const col = columns().findIndex(({ id }) => id === column)
  useStore.getState().select(atCell({ row: index, col: Math.max(0, col) }))
}
