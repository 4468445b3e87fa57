import {
  read as readBook,
  SSF,
  utils,
  type CellObject,
  type WorkBook,
  type WorkSheet,
} from '@e965/xlsx'
import type { Problem } from '../../../shared/domain/errors.ts'
import {
  columnLetter,
  fileProblem,
  MAX_COLUMNS,
  readSheet,
  tooMany,
  unread,
  type ReadOutcome,
  type SheetRecord,
} from './batchTable.ts'
import { unpack } from './unpack.ts'

export interface XlsxOptions {
  readonly sheet?: string | null | undefined
  readonly headerRow?: number | null | undefined
}

export interface XlsxOutcome extends ReadOutcome {
  readonly sheets: readonly string[]
  /** The one that was read. */
  readonly sheet: string | null
}

/** The library's own number formats, which it gives no types for. */
const FORMATS = SSF as {
  format(format: string, value: number): string
  parse_date_code(days: number): Readonly<Record<'y' | 'm' | 'd' | 'H' | 'M' | 'S', number>>
}

/** Bytes of what the workbook unpacks to; a sheet of 10,000 rows and 200 columns has a fifth of it. */
const MAX_UNPACKED = 512 * 1024 * 1024

/**
 * A sheet of an XLSX workbook: the named one, else the first that is not hidden. Cells come in as the
 * spreadsheet shows them; a cell merged over several rows holds for each of them. Formulas count as the values that the
 * spreadsheet stored for them; those without one, and those that failed, are problems (`formulaFailed`,
 * `formulaNotCounted`).
 */
export function readXlsx(bytes: Buffer, options: XlsxOptions): XlsxOutcome {
  const refused = (problem: Problem, sheets: readonly string[] = []): XlsxOutcome => ({
    ...unread(problem),
    sheets,
    sheet: null,
  })
  const unpacked = unpack(bytes, MAX_UNPACKED)
  if (unpacked === 'tooLarge') return refused(TOO_LARGE)
  const book = unpacked === 'notArchive' ? null : openWorkbook(unpacked)
  if (book === null) return refused(NOT_XLSX)
  const sheets = book.SheetNames
  const wanted = options.sheet?.trim().toLowerCase()
  const name =
    wanted === undefined
      ? firstShown(book)
      : sheets.find((each) => each.trim().toLowerCase() === wanted)
  const found = name === undefined ? undefined : book.Sheets[name]
  if (name === undefined || found === undefined) {
    const message = `The workbook has no sheet named ${options.sheet ?? ''}.`
    return refused(fileProblem('noSuchSheet', message, `Use one of: ${sheets.join(', ')}.`), sheets)
  }
  const read = recordsOf(found)
  if ('code' in read) return refused(read, sheets)
  const { records, problems } = read
  const outcome = readSheet({ records, isRaggedWrong: false, headerRow: options.headerRow })
  return { ...outcome, problems: [...outcome.problems, ...problems], sheets, sheet: name }
}

function firstShown({ SheetNames, Workbook }: WorkBook): string | undefined {
  const at = SheetNames.findIndex((_, index) => (Workbook?.Sheets?.[index]?.Hidden ?? 0) === 0)
  return SheetNames[Math.max(0, at)]
}

const NOT_XLSX = fileProblem(
  'notXlsx',
  'The file is not an XLSX workbook.',
  'Save it again as .xlsx, or as CSV.',
)

const TOO_LARGE = fileProblem(
  'fileTooLarge',
  `The workbook unpacks to more than ${MAX_UNPACKED / 1024 / 1024} MB.`,
  'Split it, or save the sheet as CSV.',
)

/** Row entries of all merges of a sheet together: each costs memory, and a small file may claim millions. */
const MAX_MERGED = 1_000_000

const TOO_MANY_MERGED = fileProblem(
  'fileTooLarge',
  `The sheet has cells merged over more than ${MAX_MERGED} rows in all.`,
  'Undo merges, or save the sheet as CSV.',
)

function openWorkbook(bytes: Uint8Array): WorkBook | null {
  try {
    const wanted = { dense: true, cellNF: true, cellText: false, cellHTML: false, sheetStubs: true }
    const book = readBook(bytes, { type: 'buffer', ...wanted })
    return book.SheetNames.length > 0 ? book : null
  } catch {
    // The library names no kinds of error: whatever it cannot read is not a workbook.
    return null
  }
}

interface Records {
  readonly records: readonly SheetRecord[]
  readonly problems: readonly Problem[]
}

type Cells = readonly (CellObject | undefined)[]

/** Or why there are none. */
function recordsOf(sheet: WorkSheet): Records | Problem {
  const range = utils.decode_range(sheet['!ref'] ?? 'A1')
  const data = (sheet['!data'] ?? []) as readonly (Cells | undefined)[]
  const problems: Problem[] = []
  const records: SheetRecord[] = []
  const merged = mergedBelow(sheet, data.length)
  if (merged === 'tooLarge') return TOO_MANY_MERGED
  for (const [index, cells = []] of data.entries()) {
    const row = index + 1
    // A row of nothing but merged cells is no further prompt.
    const above = cells.some((cell) => cell?.v !== undefined) ? merged.get(index) : undefined
    const cellAt = (at: number): CellObject | undefined => {
      const from = above?.rows.get(at)
      return from === undefined ? cells[at] : data[from]?.[at]
    }
    const width = Math.min(Math.max(cells.length, above?.width ?? 0), range.e.c + 1)
    const used = width <= MAX_COLUMNS ? width : lastFilled(cellAt, width) + 1
    if (used > MAX_COLUMNS) return tooMany('Columns', used, MAX_COLUMNS)
    const texts = Array.from({ length: used }, (_, at) => {
      const cell = cellAt(at)
      if (cell === undefined) return ''
      const fault = cellFault(cell)
      if (fault !== null) problems.push({ row, column: columnLetter(at), ...fault })
      return cellText(cell)
    })
    records.push({ row, cells: texts })
  }
  return { records, problems }
}

/** A sheet may have formats, but nothing written, to its last column. */
function lastFilled(cellAt: (at: number) => CellObject | undefined, width: number): number {
  let at = width - 1
  while (at >= 0) {
    const cell = cellAt(at)
    if (cell !== undefined && cellText(cell).trim() !== '') break
    at -= 1
  }
  return at
}

function cellFault({ t, f, w }: CellObject): Omit<Problem, 'row' | 'column'> | null {
  if (t === 'e') {
    return {
      code: 'formulaFailed',
      message: `The formula here came to ${w ?? 'an error'}, so the cell counts as empty.`,
      mend: 'Mend the formula, or write the value.',
    }
  }
  if (f === undefined || t !== 'z') return null
  return {
    code: 'formulaNotCounted',
    message: 'The formula here has no stored value, so the cell counts as empty.',
    mend: 'Open the workbook in a spreadsheet and save it, or write the value.',
  }
}

function cellText({ t, v, z }: CellObject): string {
  if (t === 'e' || t === 'z' || v === undefined) return ''
  if (typeof v === 'number') return numberText(v, typeof z === 'string' ? z : 'General')
  if (typeof v === 'boolean') return v ? 'TRUE' : 'FALSE'
  return v instanceof Date ? v.toISOString() : v
}

/** Dates that every system shows in an order of its own come in as `2026-11-22`. */
const OWN_ORDER: ReadonlySet<string> = new Set(['m/d/yy', 'm/d/yyyy', 'm/d/yy h:mm'])
const GROUPED = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/

/** As its format shows it, without the commas between thousands: a seed is no list. */
function numberText(value: number, format: string): string {
  // A spreadsheet keeps 15 digits.
  if (format === 'General') return String(Number(value.toPrecision(15)))
  if (OWN_ORDER.has(format)) return dateText(value)
  try {
    const shown = FORMATS.format(format, value).trim()
    return GROUPED.test(shown) ? shown.replaceAll(',', '') : shown
  } catch {
    // A format that the library cannot follow leaves the number as it is.
    return String(value)
  }
}

/** `2026-11-22`, and the time where there is one. */
function dateText(days: number): string {
  const { y, m, d, H, M, S } = FORMATS.parse_date_code(days)
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  const time = H + M + S === 0 ? '' : ` ${two(H)}:${two(M)}`
  return `${y}-${two(m)}-${two(d)}${time}`
}

/** Of a row: the columns that show a cell of a row above, and how far they reach. */
interface MergedRow {
  readonly rows: Map<number, number>
  width: number
}

/** Cells merged over several rows, by the rows below their first. */
function mergedBelow(sheet: WorkSheet, rows: number): ReadonlyMap<number, MergedRow> | 'tooLarge' {
  const merged = new Map<number, MergedRow>()
  let left = MAX_MERGED
  for (const { s, e } of sheet['!merges'] ?? []) {
    const last = Math.min(e.r, s.r + MOST_MERGED, rows - 1)
    left -= Math.max(0, last - s.r)
    if (left < 0) return 'tooLarge'
    for (let row = s.r + 1; row <= last; row += 1) {
      const here = merged.get(row) ?? { rows: new Map<number, number>(), width: 0 }
      here.rows.set(s.c, s.r)
      here.width = Math.max(here.width, s.c + 1)
      merged.set(row, here)
    }
  }
  return merged
}

/** Rows of one merge; a file may claim a million. */
const MOST_MERGED = 10_000
