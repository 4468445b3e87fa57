import type { ColumnLayout } from '../../../shared/domain/draft.ts'
import type { GridColumn } from './columns.ts'

/** Seldom used, and all of them in the panel beside the rows too. */
export const USUAL_LAYOUT: ColumnLayout = Object.freeze({
  order: [],
  hidden: ['lastFrame', 'negativePrompt', 'resolution', 'tags', 'name'],
  widths: {},
})

const NARROWEST = 44
const WIDEST = 1200

/** All columns in the person's order, hidden ones too. */
export function ordered(
  columns: readonly GridColumn[],
  { order }: ColumnLayout,
): readonly GridColumn[] {
  if (order.length === 0) return columns
  const place = new Map(order.map((id, at) => [id, at]))
  return columns.toSorted(
    (a, b) => (place.get(a.id) ?? order.length) - (place.get(b.id) ?? order.length),
  )
}

/** What the grid shows. The prompt cannot be hidden: a row is one. */
export function arranged(
  columns: readonly GridColumn[],
  layout: ColumnLayout,
): readonly GridColumn[] {
  const hidden = new Set(layout.hidden)
  return ordered(columns, layout).filter(({ id }) => id === 'prompt' || !hidden.has(id))
}

export function withHidden(layout: ColumnLayout, id: string, isHidden: boolean): ColumnLayout {
  const others = layout.hidden.filter((name) => name !== id)
  return { ...layout, hidden: isHidden ? [...others, id] : others }
}

/** One place to the left or right among the columns that are shown. */
export function withMovedColumn(
  layout: ColumnLayout,
  columns: readonly GridColumn[],
  move: { readonly id: string; readonly step: 1 | -1 },
): ColumnLayout {
  const all = ordered(columns, layout).map(({ id }) => id)
  const shown = arranged(columns, layout).map(({ id }) => id)
  const other = shown[shown.indexOf(move.id) + move.step]
  if (other === undefined) return layout
  const others = all.filter((id) => id !== move.id)
  const at = others.indexOf(other) + (move.step === 1 ? 1 : 0)
  return { ...layout, order: others.toSpliced(at, 0, move.id) }
}

/** To stand before another of the columns that are shown; null: behind them all. */
export function withColumnBefore(
  layout: ColumnLayout,
  columns: readonly GridColumn[],
  move: { readonly id: string; readonly before: string | null },
): ColumnLayout {
  const all = ordered(columns, layout).map(({ id }) => id)
  const others = all.filter((id) => id !== move.id)
  const at = move.before === null ? others.length : others.indexOf(move.before)
  const order = others.toSpliced(at, 0, move.id)
  const isSame = at < 0 || order.every((id, place) => id === all[place])
  return isSame ? layout : { ...layout, order }
}

/** Null: as wide as it usually is. */
export function withWidth(layout: ColumnLayout, id: string, width: number | null): ColumnLayout {
  const { [id]: _old, ...others } = layout.widths
  if (width === null) return { ...layout, widths: others }
  const fits = Math.round(Math.max(NARROWEST, Math.min(WIDEST, width)))
  return { ...layout, widths: { ...others, [id]: fits } }
}

/** Columns at the left that stay in view while the others move. */
export const frozenIn = ({ frozen = 1 }: ColumnLayout): number => frozen

/** Keeps the columns up to a place in view; where they are kept already, all move again. */
export function withFrozen(layout: ColumnLayout, upTo: number): ColumnLayout {
  return { ...layout, frozen: frozenIn(layout) === upTo ? 0 : upTo }
}

const widthOf = ({ id, variable }: GridColumn, { widths }: ColumnLayout): string => {
  const width = widths[id]
  return width === undefined ? `var(--col-${variable === null ? id : 'variable'})` : `${width}px`
}

/** How far from the left edge each of the columns that stay in view stands. */
export function frozenLefts(
  columns: readonly GridColumn[],
  layout: ColumnLayout,
  count: number,
): readonly string[] {
  const before = ['var(--col-index)', ...columns.map((column) => widthOf(column, layout))]
  return columns.slice(0, count).map((_, at) => `calc(${before.slice(0, at + 1).join(' + ')})`)
}

/** How a row of the grid lays out its cells. Usual widths are the style sheet's, and differ by room. */
export function rowStyle(
  columns: readonly GridColumn[],
  layout: ColumnLayout,
): { readonly gridTemplateColumns: string; readonly minWidth: string } {
  const parts = columns.map((column) => {
    const least = widthOf(column, layout)
    // The prompt takes what is left, unless a person gave it a width.
    const isWide = column.id === 'prompt' && layout.widths[column.id] === undefined
    return { least, track: isWide ? `minmax(${least}, 1fr)` : least }
  })
  const tracks = parts.map(({ track }) => track).join(' ')
  const least = parts.map((part) => part.least).join(' + ')
  return {
    gridTemplateColumns: `var(--col-index) ${tracks} minmax(var(--col-estimate), auto)`,
    minWidth: `calc(var(--col-index) + ${least} + var(--col-estimate))`,
  }
}
