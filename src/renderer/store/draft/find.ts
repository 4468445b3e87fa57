import { err, ok, type Result } from '../../../shared/domain/result.ts'
import type { ModelOption } from '../../../shared/domain/modelOption.ts'
import { written, type GridColumn } from './columns.ts'
import type { Rows } from './edits.ts'
import type { Cell, CellRange } from './selection.ts'

export interface FindQuery {
  readonly text: string
  readonly matchCase: boolean
  /** The text is a regular expression, and `$1` in the replacement a group of it. */
  readonly isPattern: boolean
}

/** Null: nothing is looked for. Error: why the pattern cannot be read. */
export function expressionOf(query: FindQuery): Result<RegExp | null, string> {
  const { text, matchCase, isPattern } = query
  if (text === '') return ok(null)
  const source = isPattern ? text : text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
  try {
    return ok(new RegExp(source, matchCase ? 'gu' : 'giu'))
  } catch (error) {
    // The engine's own words name the place: "Unterminated group".
    const why = error instanceof Error ? (error.message.split(': ').at(-1) ?? '') : ''
    return err(`This is no regular expression: ${why}.`)
  }
}

export interface FindScope {
  readonly rows: Rows
  readonly columns: readonly GridColumn[]
  /** Null: everywhere. */
  readonly range: CellRange | null
}

export interface Found {
  /** In reading order. */
  readonly cells: readonly Cell[]
  /** Times the text stands there; a cell may hold it more than once. */
  readonly count: number
}

export const NOTHING_FOUND: Found = Object.freeze({ cells: [], count: 0 })

export function findIn(scope: FindScope, expression: RegExp): Found {
  const cells: Cell[] = []
  let count = 0
  const columns = columnsOf(scope)
  for (const { row, at } of rowsOf(scope)) {
    for (const { column, col } of columns) {
      const times = timesIn(column.read(row), expression)
      if (times > 0) cells.push({ row: at, col })
      count += times
    }
  }
  return { cells, count }
}

function timesIn(text: string, expression: RegExp): number {
  if (text === '') return 0
  return text.match(expression)?.filter((found) => found !== '').length ?? 0
}

export interface Replacement extends FindScope {
  readonly expression: RegExp
  readonly by: string
  readonly isPattern: boolean
  readonly models: readonly ModelOption[]
}

/** Rows without the text stay the same objects. */
export function replacedIn(replacement: Replacement): Rows {
  const { rows, expression, models } = replacement
  // Without a pattern `$&` is two characters like any others.
  const by = replacement.isPattern ? replacement.by : replacement.by.replaceAll('$', '$$$$')
  const columns = columnsOf(replacement).map(({ column }) => column)
  const changed = new Map(
    rowsOf(replacement).flatMap(({ row, at }) => {
      const textAt = (col: number): string | undefined => {
        const text = columns[col]?.read(row) ?? ''
        return timesIn(text, expression) === 0 ? undefined : text.replace(expression, by)
      }
      const next = written(row, { columns, textAt, models })
      return next === row ? [] : [[at, next] as const]
    }),
  )
  return changed.size === 0 ? rows : rows.map((row, index) => changed.get(index) ?? row)
}

function rowsOf({ rows, range }: FindScope) {
  const from = range?.top ?? 0
  return rows.slice(from, (range?.bottom ?? rows.length) + 1).map((row, index) => {
    return { row, at: from + index }
  })
}

/** Pictures have no text that a person could look for. */
function columnsOf({ columns, range }: FindScope) {
  return columns
    .map((column, col) => ({ column, col }))
    .filter(({ column, col }) => {
      const isIn = range === null || (col >= range.left && col <= range.right)
      return column.kind !== 'frame' && isIn
    })
}

/** The cell found after a place, around the end; null when there is none. */
export function nextFound({ cells }: Found, from: Cell, step: 1 | -1): Cell | null {
  const rank = ({ row, col }: Cell): number => row * 10_000 + col
  const here = rank(from)
  const after = step === 1 ? cells : cells.toReversed()
  const next = after.find((cell) => (step === 1 ? rank(cell) > here : rank(cell) < here))
  return next ?? after[0] ?? null
}
