import { read, SSF, utils, type CellObject, type WorkBook, type WorkSheet } from '@e965/xlsx'
import type { Problem } from '../../../shared/domain/errors.ts'
import {
  columnLetter,
  fileProblem,
  readSheet,
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
  is_date(format: string): boolean
  parse_date_code(days: number): Readonly<Record<'y' | 'm' | 'd' | 'H' | 'M' | 'S', number>>
}

/** Bytes of what the workbook unpacks to; a sheet of 10,000 rows and 200 columns has a fifth of it. */
const MAX_UNPACKED = 512 * 1024 * 1024

/**
 * A sheet of an XLSX workbook: the named one, else the first. Formulas count as the values that the
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
    wanted === undefined ? sheets[0] : sheets.find((each) => each.trim().toLowerCase() === wanted)
  const found = name === undefined ? undefined : book.Sheets[name]
  if (name === undefined || found === undefined) {
    const message = `The workbook has no sheet named ${options.sheet ?? ''}.`
    return refused(fileProblem('noSuchSheet', message, `Use one of: ${sheets.join(', ')}.`), sheets)
  }
  const { records, problems } = recordsOf(found)
  const outcome = readSheet({ records, isRaggedWrong: false, headerRow: options.headerRow })
  return { ...outcome, problems: [...outcome.problems, ...problems], sheets, sheet: name }
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

function openWorkbook(bytes: Uint8Array): WorkBook | null {
  try {
    const wanted = { dense: true, cellText: false, cellHTML: false, sheetStubs: true }
    const book = read(bytes, { type: 'buffer', ...wanted })
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

function recordsOf(sheet: WorkSheet): Records {
  const range = utils.decode_range(sheet['!ref'] ?? 'A1')
  const data = (sheet['!data'] ?? []) as readonly (
    | readonly (CellObject | undefined)[]
    | undefined
  )[]
  const problems: Problem[] = []
  const records = data.map((cells = [], index) => {
    const row = index + 1
    const width = Math.min(cells.length, range.e.c + 1)
    const texts = Array.from({ length: width }, (_, at) => {
      const cell = cells[at]
      if (cell === undefined) return ''
      const fault = cellFault(cell)
      if (fault !== null) problems.push({ row, column: columnLetter(at), ...fault })
      return cellText(cell)
    })
    return { row, cells: texts }
  })
  return { records, problems }
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
  const isDate = typeof v === 'number' && typeof z === 'string' && FORMATS.is_date(z)
  if (isDate) return dateText(v)
  if (v instanceof Date) return v.toISOString()
  return String(v)
}

/** `2026-11-22`, and the time where there is one. */
function dateText(days: number): string {
  const { y, m, d, H, M, S } = FORMATS.parse_date_code(days)
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  const time = H + M + S === 0 ? '' : `T${two(H)}:${two(M)}:${two(S)}`
  return y <= 1900 && m <= 1 && d === 0 ? time.slice(1) : `${y}-${two(m)}-${two(d)}${time}`
}
