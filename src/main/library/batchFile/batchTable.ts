import { readColumn, type Column } from './columns.ts'
import type { Problem } from '../../../shared/domain/errors.ts'

/** A batch file as rows and columns, whatever its format was. */
export interface BatchTable {
  readonly columns: readonly Column[]
  readonly rows: readonly BatchRow[]
  /** Only JSON has one. */
  readonly name: string | null
  /** Lists for `__name__`; only JSON has them. */
  readonly lists: Readonly<Record<string, readonly string[]>>
  /** Row of the names, in files that have one. */
  readonly headerRow?: number | undefined
}

export interface BatchRow {
  /** What a spreadsheet shows (the header is 1); for TXT the line, for JSON the index from 1. */
  readonly row: number
  /** Trimmed, in the order of the columns; an empty cell is `''`. */
  readonly values: readonly string[]
}

/** What came of reading. Without a table nothing more can be said than the problems. */
export interface ReadOutcome {
  readonly table: BatchTable | null
  readonly problems: readonly Problem[]
}

export const MAX_ROWS = 100_000
export const MAX_COLUMNS = 1000

export const fileProblem = (code: string, message: string, mend: string): Problem => ({
  row: null,
  column: null,
  code,
  message,
  mend,
})

/** No table, and why. */
export const unread = (problem: Problem): ReadOutcome => ({ table: null, problems: [problem] })

/** A record of a sheet: its row number, and its cells as they were written. */
export interface SheetRecord {
  readonly row: number
  readonly cells: readonly string[]
}

export interface Sheet {
  readonly records: readonly SheetRecord[]
  /** CSV writes every cell of a row; a row of another length has lost or won one. */
  readonly isRaggedWrong: boolean
  /** Row with the column names; 0: none, columns are called by their letters. Absent: the first filled one. */
  readonly headerRow?: number | null | undefined
}

/**
 * Takes the first record that is not empty as the header, unless told another. Empty records are no
 * rows. Problems: `emptyFile`, `noRows`, `tooManyRows`, `tooManyColumns`, `duplicateColumn`,
 * `unnamedColumn`, `raggedRow`.
 */
export function readSheet({ records, isRaggedWrong, headerRow = null }: Sheet): ReadOutcome {
  const filled = records.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
  const [header, ...rows] =
    headerRow === 0
      ? [lettersFor(filled), ...filled]
      : filled.filter(({ row }) => row >= (headerRow ?? 0))
  if (header === undefined || filled.length === 0) return unread(noHeader())
  if (rows.length === 0) return unread(noRows())
  if (rows.length > MAX_ROWS) return unread(tooMany('Rows', rows.length, MAX_ROWS))
  const named = usedWidth(header.cells)
  // A cell without a name above it is a fault of its row in CSV, else one of the column.
  const width = isRaggedWrong ? named : Math.max(named, widest(rows))
  if (width > MAX_COLUMNS) return unread(tooMany('Columns', width, MAX_COLUMNS))
  const columns = Array.from({ length: width }, (_, at) => readColumn(header.cells[at] ?? ''))
  const problems = [
    ...headerProblems(columns, header.row, rows),
    ...(isRaggedWrong ? rows.flatMap((record) => raggedProblem(record, width)) : []),
  ]
  const table = {
    columns,
    rows: rows.map(({ row, cells }) => ({
      row,
      values: Array.from({ length: width }, (_, at) => cells[at]?.trim() ?? ''),
    })),
    name: null,
    lists: {},
    headerRow: header.row,
  }
  return { table, problems }
}

const noHeader = (): Problem =>
  fileProblem(
    'emptyFile',
    'The file is empty.',
    'Write column names in the first row, and a row for each prompt.',
  )

export const noRows = (): Problem =>
  fileProblem('noRows', 'The file has column names but no rows.', 'Add a row for each prompt.')

export const tooMany = (what: 'Rows' | 'Columns', found: number, most: number): Problem =>
  fileProblem(
    `tooMany${what}`,
    `The file has ${found} ${what.toLowerCase()}; ${most} is the most.`,
    'Split it.',
  )

function lettersFor(records: readonly SheetRecord[]): SheetRecord {
  const width = Math.min(widest(records), MAX_COLUMNS)
  return { row: 0, cells: Array.from({ length: width }, (_, at) => columnLetter(at)) }
}

const widest = (records: readonly SheetRecord[]): number =>
  records.reduce((most, { cells }) => Math.max(most, usedWidth(cells)), 0)

/** Cells up to the last one that is not empty. */
function usedWidth(cells: readonly string[]): number {
  return cells.findLastIndex((cell) => cell.trim() !== '') + 1
}

function headerProblems(
  columns: readonly Column[],
  row: number,
  rows: readonly SheetRecord[],
): readonly Problem[] {
  const seen = new Map<string, number>()
  return columns.flatMap(({ name, key }, at): Problem[] => {
    const letter = columnLetter(at)
    if (key === '') {
      const isUsed = rows.some(({ cells }) => (cells[at] ?? '').trim() !== '')
      return isUsed ? [unnamed(row, letter)] : []
    }
    const first = seen.get(key)
    if (first === undefined) seen.set(key, at)
    return first === undefined
      ? []
      : [duplicate({ row, name, letter, firstLetter: columnLetter(first) })]
  })
}

const unnamed = (row: number, letter: string): Problem => ({
  row,
  column: letter,
  code: 'unnamedColumn',
  message: `Column ${letter} has values but no name.`,
  mend: 'Name it in the first row, or clear it.',
})

interface Duplicate {
  readonly row: number
  readonly name: string
  readonly letter: string
  readonly firstLetter: string
}

const duplicate = ({ row, name, letter, firstLetter }: Duplicate): Problem => ({
  row,
  column: name,
  code: 'duplicateColumn',
  message: `The columns ${firstLetter} and ${letter} are both named ${name}.`,
  mend: 'Rename or remove one of them.',
})

function raggedProblem({ row, cells }: SheetRecord, width: number): readonly Problem[] {
  const found = Math.max(usedWidth(cells), Math.min(cells.length, width))
  if (found === width) return []
  const tells = `This row has ${found} ${found === 1 ? 'cell' : 'cells'}; the header has ${width}.`
  const mend =
    found > width
      ? 'Put a cell that holds a comma, semicolon or tab in double quotes.'
      : 'Add the missing separators, and put a cell that spans lines in double quotes.'
  return [{ row, column: null, code: 'raggedRow', message: tells, mend }]
}

/** `A` to `Z`, `AA`, ... as spreadsheets call their columns; `at` counts from 0. */
export function columnLetter(at: number): string {
  const last = String.fromCodePoint(65 + (at % 26))
  return at < 26 ? last : columnLetter(Math.floor(at / 26) - 1) + last
}
