import {
  MAX_VARIABLES,
  type DraftRow,
  type DraftRowId,
  type ModelChoice,
} from '../../../shared/domain/draft.ts'
import { foldName } from '../../../shared/template/syntax.ts'
import {
  columnOfProblem,
  columnsFor,
  type FrameField,
  type GridColumn,
} from '../../store/draft/columns.ts'
import {
  copied,
  pasted,
  pasteSize,
  withDuplicates,
  withEmptyRows,
  withMoved,
  withoutRows,
  withRows,
  withText,
  type EditContext,
  type Matrix,
  type Rows,
} from '../../store/draft/edits.ts'
import { formatTsv } from '../../store/draft/clipboard.ts'
import { filled, seriesHead, type FillWish } from '../../store/draft/fill.ts'
import { arranged } from '../../store/draft/layout.ts'
import { atCell, fromTo, rangeOf, type Cell, type CellRange } from '../../store/draft/selection.ts'
import { pasteBlock } from '../../store/draft/pasteBlock.ts'
import { shownOf } from '../../store/draft/shown.ts'
import { newRowId } from '../../store/draftRows.ts'
import { worn, type Fitted } from '../../store/frameRows.ts'
import { useStore } from '../../store/store.ts'
import { plural } from '../../ui/format.ts'
import { layoutNow } from './useLayout.ts'

/** What keys, menus and buttons do to the rows of the open draft; rows that a filter hides stay as they are. */

/** The columns of the grid as they are shown. */
export function columns(): readonly GridColumn[] {
  const { open } = useStore.getState()
  return arranged(columnsFor(open?.doc.variables ?? []), layoutNow())
}

export const context = (): EditContext => ({
  columns: columns(),
  models: useStore.getState().models,
  makeId: newRowId,
})

/** Those that are shown. */
export function rows(): Rows {
  const { open, rowFilter } = useStore.getState()
  return open === null ? [] : shownOf(open.doc.rows, rowFilter).rows
}
export const range = (): CellRange => rangeOf(useStore.getState().selection)

export function edit(change: (rows: Rows) => Rows, joins?: string): void {
  useStore.getState().editRows(change, joins)
}

/** Rows down to this one exist: typing below the last one makes them. */
function grown(current: Rows, bottom: number): Rows {
  const missing = bottom + 1 - current.length
  if (missing <= 0) return current
  return withEmptyRows(current, current.length, Array.from({ length: missing }, newRowId))
}

/** The text in every cell of a range. Writes that `joins` names alike are undone together. */
export function writeText(text: string, target: CellRange, joins?: string): void {
  const { top, left } = target
  const isOne = top === target.bottom && left === target.right
  edit((current) => {
    const column = columns()[left]
    const isUnchanged =
      isOne && column !== undefined && (readCell(current, top, column) ?? '') === text
    return isUnchanged
      ? current
      : withText(grown(current, target.bottom), target, { ...context(), text })
  }, joins)
}

function readCell(current: Rows, row: number, column: GridColumn): string | null {
  const at = current[row]
  return at === undefined ? null : column.read(at)
}

export function clearCells(): void {
  edit((current) => withText(current, range(), { ...context(), text: '' }))
}

export const copyCells = (): string => formatTsv(copied(rows(), range(), columns()))

/**
 * What was pasted is chosen afterwards, as in a spreadsheet. Returns the variables that came for cells
 * beyond the last column; null: they are more than a draft can have, and nothing was pasted.
 */
export function pasteCells(cells: Matrix): readonly string[] | null {
  const { open, editDraft, endStep, select } = useStore.getState()
  const target = range()
  const all = columnsFor(open?.doc.variables ?? [])
  const isEmpty = rows().every((row) => all.every((column) => column.read(row) === ''))
  const block = pasteBlock(cells, { shown: columns(), all, left: target.left, isEmpty })
  const { matrix, added, hasHeader } = block
  if ((open?.doc.variables.length ?? 0) + added.length > MAX_VARIABLES) return null
  const place = hasHeader
    ? { top: 0, bottom: 0, left: 0, right: 0 }
    : { ...target, left: 0, right: Math.min(target.right - target.left, block.columns.length - 1) }
  // The columns follow their cells: one that no row fills would go at once.
  const wish = { ...context(), columns: block.columns, matrix }
  endStep()
  edit((current) => pasted(grown(current, place.top), place, wish), PASTE)
  if (added.length > 0) {
    editDraft((doc) => ({ ...doc, variables: withNames(doc.variables, added) }), PASTE)
  }
  endStep()
  const size = pasteSize(place, matrix)
  const left = hasHeader ? 0 : target.left
  const right = Math.max(left, Math.min(left + size.cols, columns().length) - 1)
  select(fromTo({ row: place.top, col: left }, { row: place.top + size.rows - 1, col: right }))
  return added
}

const PASTE = 'paste'

/** A prompt of the block may have brought a name already. */
function withNames(known: readonly string[], added: readonly string[]): readonly string[] {
  const folded = new Set(known.map(foldName))
  return [...known, ...added.filter((name) => !folded.has(foldName(name)))]
}

/** The first row of the range into those below it; with one row, the row above into it. */
export function fillDown(): void {
  const chosen = range()
  const target =
    chosen.top < chosen.bottom ? chosen : { ...chosen, top: Math.max(0, chosen.top - 1) }
  fill({ source: { ...target, bottom: target.top }, target, isSeries: false })
}

/** The first column of the range into those right of it; with one column, the one before into it. */
export function fillRight(): void {
  const chosen = range()
  const target =
    chosen.left < chosen.right ? chosen : { ...chosen, left: Math.max(0, chosen.left - 1) }
  fill({ source: { ...target, right: target.left }, target, isSeries: false })
}

/** Counts on down the range from what stands at its top: `1 2`, `Shot 1`. */
export function fillSeries(): void {
  const target = range()
  fill({ source: seriesHead(rows(), target, columns()), target, isSeries: true })
}

export function fill(wish: FillWish): void {
  edit((current) => filled(grown(current, wish.target.bottom), wish, context()))
}

export function chooseModels(models: readonly ModelChoice[]): void {
  changeChosenRows((row) => ({ ...row, models }))
}

/** One picture goes on all chosen rows, several go one to a row. */
export function chooseFrames(frames: readonly (Fitted | null)[], field: FrameField): void {
  const { top, bottom } = range()
  const last = Math.max(bottom, top + frames.length - 1)
  edit((current) =>
    withRows(grown(current, last), { from: top, to: last }, (row, index) => {
      const frame = frames.length === 1 ? frames[0] : frames[index - top]
      if (frame === undefined) return row
      return frame === null ? { ...row, [field]: null } : worn(row, frame, field)
    }),
  )
}

/** The picture column that has the focus; the first frame where none has. */
export function frameField(): FrameField {
  const column = columns()[useStore.getState().selection.focus.col]
  return column?.id === 'lastFrame' ? 'lastFrame' : 'firstFrame'
}

export function changeChosenRows(change: (row: DraftRow) => DraftRow, joins?: string): void {
  const { top, bottom } = range()
  edit((current) => withRows(grown(current, bottom), { from: top, to: bottom }, change), joins)
}

export function changeRow(
  rowId: DraftRowId,
  change: (row: DraftRow) => DraftRow,
  joins?: string,
): void {
  edit((current) => current.map((row) => (row.id === rowId ? change(row) : row)), joins)
}

export function addRow(): void {
  const { bottom, left } = range()
  const at = Math.min(bottom + 1, rows().length)
  edit((current) => withEmptyRows(current, at, [newRowId()]))
  useStore.getState().select(atCell({ row: at, col: Math.min(left, 0) }))
}

/** As many as are chosen, and they are chosen then. */
export function insertRowsAbove(): void {
  const { top, bottom } = range()
  const ids = Array.from({ length: bottom - top + 1 }, newRowId)
  edit((current) => withEmptyRows(current, top, ids))
}

export function removeRows(): void {
  const { top, bottom } = range()
  const before = rows().length
  edit((current) => withoutRows(current, top, bottom))
  const { selection, select, say } = useStore.getState()
  const { focus } = selection
  say(`${plural(before - rows().length, 'row')} removed.`)
  select(atCell({ row: Math.min(top, rows().length), col: focus.col }))
}

export function duplicateRows(): void {
  const { top, bottom, left, right } = range()
  edit((current) => withDuplicates(current, { from: top, to: bottom }, newRowId))
  const height = bottom - top + 1
  useStore
    .getState()
    .select(fromTo({ row: bottom + 1, col: left }, { row: bottom + height, col: right }))
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
  const { anchor, end, focus } = selection
  select({ anchor: moved(anchor), end: moved(end), focus: moved(focus) })
}

/** The chosen rows stand before the one at a place, and stay chosen. */
export function placeRows(before: number): void {
  const { top, bottom, left, right } = range()
  edit((current) => withMoved(current, { from: top, to: bottom }, before))
  const first = before > bottom ? before - (bottom - top + 1) : before
  const last = first + bottom - top
  useStore.getState().select(fromTo({ row: first, col: left }, { row: last, col: right }))
}

/** Goes to a row, and to the cell of a field where it has one. A filter that hides it goes. */
export function chooseRow(rowId: DraftRowId | null, column: string | null): void {
  const isHidden = rowId !== null && rows().every(({ id }) => id !== rowId)
  if (isHidden) useStore.getState().filterRows(null)
  const index = rows().findIndex((row) => row.id === rowId)
  if (index < 0) return
  const col = columnOfProblem(columns(), column)
  useStore.getState().select(atCell({ row: index, col: Math.max(0, col) }))
}
