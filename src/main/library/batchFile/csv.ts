import { CsvError, parse } from 'csv-parse/sync'
import { DELIMITERS, type Delimiter } from '../../../shared/domain/batchImport.ts'
import { readSheet, unread, type ReadOutcome } from './batchTable.ts'

export interface CsvOptions {
  readonly delimiter: Delimiter
  readonly headerRow?: number | null | undefined
}

/** CSV and TSV (RFC 4180). */
export function readCsv(text: string, { delimiter, headerRow }: CsvOptions): ReadOutcome {
  try {
    const records: string[][] = parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
    })
    const numbered = records.map((cells, index) => ({ row: index + 1, cells: cells.map(unmarked) }))
    return readSheet({ records: numbered, isRaggedWrong: true, headerRow })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return unread(problemOf(error))
  }
}

/** Of a text that a spreadsheet would run, see `writeSheet`. */
const unmarked = (cell: string): string => (/^'+[=+@-]/.test(cell) ? cell.slice(1) : cell)

/**
 * The separator that the header holds most of: comma, semicolon (as spreadsheets write it in half of
 * Europe), tab or bar.
 */
export function delimiterOf(text: string): Delimiter {
  const header = text.trimStart().split(/\r\n|\r|\n/, 1)[0] ?? ''
  const unquoted = header.replaceAll(/"[^"]*"/g, '')
  const countOf = (delimiter: string): number => unquoted.split(delimiter).length - 1
  return DELIMITERS.reduce((best, next) => (countOf(next) > countOf(best) ? next : best))
}

function problemOf(error: CsvError) {
  const records: unknown = error['records']
  const row = typeof records === 'number' ? records + 1 : null
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
    return {
      row,
      column: null,
      code: 'openQuote',
      message:
        'A double quote is opened here and never closed, so the rest of the file cannot be read.',
      mend: 'Close it, or write "" for a double quote within a quoted cell.',
    }
  }
  return {
    row,
    column: null,
    code: 'notCsv',
    message: `The file cannot be read as CSV: ${error.message}.`,
    mend: 'Save it again as CSV from a spreadsheet.',
  }
}
