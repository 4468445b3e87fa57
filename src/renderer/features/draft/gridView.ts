import type { ColumnLayout, DraftRowId } from '../../../shared/domain/draft.ts'
import { columnsFor, type GridColumn } from '../../store/draft/columns.ts'
import {
  USUAL_LAYOUT,
  withColumnBefore,
  withFrozen,
  withHidden,
  withMovedColumn,
  withWidth,
} from '../../store/draft/layout.ts'
import { sorted, type SortDirection } from '../../store/draft/sort.ts'
import { atCell } from '../../store/draft/selection.ts'
import { useStore } from '../../store/store.ts'
import { columns, edit, rows } from './gridActions.ts'
import { changeLayout, layoutNow } from './useLayout.ts'

/** Which rows and columns are shown, and in which order. */

/** The column that has the focus. */
export function focusColumn(): GridColumn | undefined {
  return columns()[useStore.getState().selection.focus.col]
}

/** Why the column that has the focus keeps its name; undefined: it can have another. */
export const whyNoOtherName = (): string | undefined =>
  typeof focusColumn()?.variable === 'string'
    ? undefined
    : 'Only columns of variables have other names.'

/** Puts the rows in order for good; undo brings the old order back. */
export function sortRows(direction: SortDirection, column = focusColumn()): void {
  if (column === undefined) return
  edit((current) => sorted(current, column, direction))
  const order = direction === 'ascending' ? 'A to Z' : 'Z to A'
  useStore.getState().say(`Sorted by ${column.title}, ${order}.`)
}

/** Rows whose cell holds the same as the one that has the focus. */
export function showAlike(): void {
  const column = focusColumn()
  const row = rows()[useStore.getState().selection.focus.row]
  if (column === undefined || row === undefined) return
  const text = column.read(row)
  const ids = rows().flatMap((other) => (column.read(other) === text ? [other.id] : []))
  const value = text === '' ? 'empty' : `“${text.length > 40 ? `${text.slice(0, 39)}…` : text}”`
  showOnly(ids, `${column.title} is ${value}`)
}

export function showOnly(ids: readonly DraftRowId[], words: string): void {
  useStore.getState().filterRows({ ids: new Set(ids), words })
}

export function showAll(): void {
  const { rowFilter, filterRows } = useStore.getState()
  if (rowFilter === null) return
  filterRows(null)
  focusGrid()
}

const allColumns = (): readonly GridColumn[] =>
  columnsFor(useStore.getState().open?.doc.variables ?? [])

/** Changes the layout; the focus stays on its column where that is still shown. */
function lay(change: (layout: ColumnLayout) => ColumnLayout, joins?: string): void {
  const before = focusColumn()?.id
  const now = layoutNow()
  const next = change(now)
  if (next === now) return
  changeLayout(next, joins)
  const { selection, select } = useStore.getState()
  const col = Math.max(
    0,
    columns().findIndex(({ id }) => id === before),
  )
  select(atCell({ row: selection.focus.row, col }))
}

export const hideColumn = (id: string, isHidden: boolean): void =>
  lay((layout) => withHidden(layout, id, isHidden))

export const moveColumn = (id: string, step: 1 | -1): void =>
  lay((layout) => withMovedColumn(layout, allColumns(), { id, step }))

/** `before` null: behind all that are shown. */
export const placeColumn = (id: string, before: string | null): void =>
  lay((layout) => withColumnBefore(layout, allColumns(), { id, before }))

/** The column that has the focus, one place to the left or right. */
export function moveFocusColumn(step: 1 | -1): void {
  const column = focusColumn()
  if (column !== undefined) moveColumn(column.id, step)
}

export const widenColumn = (id: string, width: number | null): void =>
  lay((layout) => withWidth(layout, id, width), `width ${id}`)

/** Keeps the columns up to the one that has the focus in view, or lets all move again. */
export const freezeColumns = (): void =>
  lay((layout) => withFrozen(layout, useStore.getState().selection.focus.col + 1))

export const resetColumns = (): void => lay(() => USUAL_LAYOUT)

/** Gives the keys back to the rows. */
export function focusGrid(): void {
  document.querySelector<HTMLElement>('.draft-grid')?.focus({ preventScroll: true })
}
