import { z } from 'zod'
import { readColumn, type Column } from './columns.ts'
import {
  fileProblem,
  MAX_COLUMNS,
  MAX_ROWS,
  noRows,
  tooMany,
  unread,
  type ReadOutcome,
} from './batchTable.ts'
import type { Problem } from '../../../shared/domain/errors.ts'
import { isTooDeep, jsonSchema, type Json, parseJson } from '../../../shared/domain/json.ts'

const rowSchema = z.record(z.string(), jsonSchema)
const fileSchema = z.strictObject({
  name: z.string().trim().optional(),
  defaults: rowSchema.optional(),
  rows: z.array(z.unknown()),
  /** Values for `__name__` in prompts. */
  lists: z.record(z.string(), z.array(z.string())).optional(),
})

/** An array of rows, or `{ name, defaults, rows, lists }`; `row` is the index from 1. */
export function readJson(text: string): ReadOutcome {
  const parsed = parseFile(text)
  if (!parsed.ok) return unread(notJson(parsed.message))
  const file = fileSchema.safeParse(
    Array.isArray(parsed.value) ? { rows: parsed.value } : parsed.value,
  )
  if (!file.success) return { table: null, problems: file.error.issues.map(shapeProblem) }
  const { name, defaults = {}, rows, lists = {} } = file.data
  if (rows.length === 0) return unread({ ...noRows(), message: 'The file has no rows.' })
  if (rows.length > MAX_ROWS) return unread(tooMany('Rows', rows.length, MAX_ROWS))
  const reader = new RowReader()
  const base = reader.read(null, defaults) ?? new Map<string, string>()
  const read = rows.flatMap((value, index) => {
    const cells = reader.read(index + 1, value)
    return cells === null ? [] : { row: index + 1, cells }
  })
  const columns = [...reader.columns.values()]
  if (columns.length > MAX_COLUMNS) return unread(tooMany('Columns', columns.length, MAX_COLUMNS))
  const table = {
    columns,
    rows: read.map(({ row, cells }) => ({
      row,
      values: columns.map(({ key }) => cells.get(key) ?? base.get(key) ?? ''),
    })),
    name: name === undefined || name === '' ? null : name,
    lists,
  }
  return { table, problems: reader.problems }
}

type Parsed =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string }

function parseFile(text: string): Parsed {
  try {
    const value: unknown = parseJson(text)
    return isTooDeep(value)
      ? { ok: false, message: 'it is nested too deeply' }
      : { ok: true, value }
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) }
  }
}

const notJson = (why: string): Problem =>
  fileProblem(
    'notJson',
    `The file is not valid JSON: ${why}.`,
    'Mend it at that place, or save the batch as CSV.',
  )

function shapeProblem({ path, message }: z.core.$ZodIssue): Problem {
  const where = path.length === 0 ? 'the file' : path.join('.')
  const why = message.replace(/^Invalid input: /, '')
  return fileProblem(
    'wrongShape',
    `The file is not a batch: ${where}: ${why}.`,
    'Write an array of rows, or an object with rows and, if you like, name, defaults and lists.',
  )
}

/** Collects columns in the order in which rows bring them. */
class RowReader {
  readonly columns = new Map<string, Column>()
  readonly problems: Problem[] = []

  /** Null: it is no row at all, and nothing more is said of it. */
  read(row: number | null, value: unknown): ReadonlyMap<string, string> | null {
    const cells = new Map<string, string>()
    const parsed = rowSchema.safeParse(value)
    if (!parsed.success) {
      this.problems.push({
        row,
        column: null,
        code: 'wrongShape',
        message: 'This row is not an object.',
        mend: 'Write it as { "prompt": "..." }.',
      })
      return null
    }
    for (const [name, cell] of Object.entries(parsed.data)) {
      if (name === 'options' && isObject(cell)) {
        for (const [option, inner] of Object.entries(cell)) {
          this.#add(cells, row, { name: `options.${option}`, cell: inner })
        }
      } else {
        this.#add(cells, row, { name, cell })
      }
    }
    return cells
  }

  #add(
    cells: Map<string, string>,
    row: number | null,
    { name, cell }: { readonly name: string; readonly cell: Json },
  ): void {
    const column = readColumn(name)
    const text = column.use === 'option' ? optionText(cell) : cellText(cell)
    if (text === undefined) {
      this.#report({
        row,
        name,
        code: 'badCell',
        message: `${name} holds an object.`,
        mend: 'Write text or a number.',
      })
      return
    }
    if (cells.has(column.key)) {
      const message = `The row has ${name} twice.`
      this.#report({ row, name, code: 'duplicateColumn', message, mend: 'Remove one of them.' })
    }
    if (!this.columns.has(column.key)) this.columns.set(column.key, column)
    if (text !== '') cells.set(column.key, text)
  }

  #report({ row, name, ...rest }: Omit<Problem, 'column'> & { readonly name: string }): void {
    this.problems.push({ row, column: name, ...rest })
  }
}

const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Several values are written with bars, as in a cell of a sheet. */
function cellText(cell: Json): string | undefined {
  if (cell === null) return ''
  if (Array.isArray(cell)) {
    const texts = (cell as readonly Json[]).map((each) =>
      isObject(each) ? undefined : cellText(each),
    )
    return texts.some((text) => text === undefined)
      ? undefined
      : texts.map((text) => (text ?? '').replaceAll('|', String.raw`\|`)).join('|')
  }
  return typeof cell === 'object' ? undefined : String(cell).trim()
}

/** Options keep their type in a cell: text that reads as something else is quoted, see `optionValue`. */
export function optionText(cell: Json): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return JSON.stringify(cell)
  return typeof optionValue(cell) === 'string' ? cell : JSON.stringify(cell)
}

/** The value of an `options.NAME` cell: a number, true, false or JSON where it reads as one, else text. */
export function optionValue(cell: string): Json {
  if (!/^(?:-?\d|true$|false$|null$|[[{"])/.test(cell)) return cell
  try {
    return parseJson(cell) as Json
  } catch {
    return cell
  }
}
