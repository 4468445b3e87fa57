import { written, type ColumnKind } from './columns.ts'
import { withRows, type EditContext, type Rows } from './edits.ts'
import type { CellRange } from './selection.ts'

export interface FillWish {
  /** The cells that are there. */
  readonly source: CellRange
  /** Where they go on: holds the source and reaches beyond it on one side. */
  readonly target: CellRange
  /** Numbers go on counting; else the cells repeat. */
  readonly isSeries: boolean
}

/** Fills the target from the source, as the handle of a spreadsheet does. */
export function filled(rows: Rows, wish: FillWish, context: EditContext): Rows {
  const { source, target } = wish
  const isDown = target.left === source.left && target.right === source.right
  return isDown ? filledAlong(rows, wish, context) : filledAcross(rows, wish, context)
}

function filledAlong(
  rows: Rows,
  { source, target, isSeries }: FillWish,
  context: EditContext,
): Rows {
  const columns = context.columns.slice(target.left, target.right + 1)
  const series = columns.map((column) => {
    const texts = rows.slice(source.top, source.bottom + 1).map((row) => column.read(row))
    return continued(texts, isSeries ? column.kind : 'models')
  })
  return withRows(rows, { from: target.top, to: target.bottom }, (row, index) => {
    if (isWithin(index, source.top, source.bottom)) return row
    const textAt = (at: number) => series[at]?.(index - source.top)
    return written(row, { columns, textAt, models: context.models })
  })
}

function filledAcross(
  rows: Rows,
  { source, target, isSeries }: FillWish,
  { columns, models }: EditContext,
): Rows {
  return withRows(rows, { from: target.top, to: target.bottom }, (row) => {
    const texts = columns.slice(source.left, source.right + 1).map((column) => column.read(row))
    const series = continued(texts, isSeries ? 'number' : 'models')
    const textAt = (at: number) =>
      isWithin(at, target.left, target.right) && !isWithin(at, source.left, source.right)
        ? series(at - source.left)
        : undefined
    return written(row, { columns, textAt, models })
  })
}

const isWithin = (index: number, from: number, to: number): boolean => index >= from && index <= to

/** `Shot 009`: what stands before the number that ends a text, and the number. */
const NUMBERED = /^(|[\s\S]*[\s#_-])(\d{1,15})$/

/** The text at a place, counted from the first; before it the places are below 0. */
export function continued(texts: readonly string[], kind: ColumnKind): (place: number) => string {
  const repeated = (place: number): string =>
    texts[((place % texts.length) + texts.length) % texts.length] ?? ''
  if (kind === 'models' || kind === 'frame') return repeated
  const parts = texts.map((text) => NUMBERED.exec(text.trim()))
  const [first] = parts
  const prefix = first?.[1]
  if (first === undefined || first === null || parts.some((part) => part?.[1] !== prefix)) {
    return repeated
  }
  const numbers = parts.map((part) => Number(part?.[2]))
  const start = numbers[0] ?? 0
  // One bare number repeats, as in every spreadsheet; one numbered name counts on.
  const step = numbers.length === 1 ? (prefix === '' ? 0 : 1) : (numbers[1] ?? 0) - start
  if (numbers.some((number, at) => number !== start + at * step)) return repeated
  const digits = first[2]?.startsWith('0') === true ? first[2].length : 0
  return (place) => `${prefix}${String(Math.max(0, start + place * step)).padStart(digits, '0')}`
}

/** How many rows at the top of a range hold what a series begins with: those before the first empty ones. */
export function seriesHead(
  rows: Rows,
  range: CellRange,
  columns: EditContext['columns'],
): CellRange {
  const shown = columns.slice(range.left, range.right + 1)
  const isEmpty = (index: number): boolean => {
    const row = rows[index]
    return row === undefined || shown.every((column) => column.read(row) === '')
  }
  let bottom = range.top
  while (bottom < range.bottom && !isEmpty(bottom + 1)) bottom += 1
  // Nothing to fill below: the first two rows say how it goes on.
  const last = bottom === range.bottom ? Math.min(range.top + 1, range.bottom - 1) : bottom
  return { ...range, bottom: Math.max(range.top, last) }
}
