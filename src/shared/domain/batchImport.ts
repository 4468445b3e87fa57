import type { Problem } from './errors.ts'

export const ENCODINGS = ['UTF-8', 'UTF-16', 'Latin-1'] as const
export type TextEncoding = (typeof ENCODINGS)[number]

export const DELIMITERS = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof DELIMITERS)[number]

/** Kinds of file that a batch can be written as. */
export const SHEET_KINDS = ['csv', 'tsv', 'json', 'xlsx'] as const
export type SheetKind = (typeof SHEET_KINDS)[number]

/** How a batch file is to be read; null leaves it to what the file shows of itself. */
export interface ImportReading {
  /** Of a workbook. */
  readonly sheet: string | null
  readonly encoding: TextEncoding | null
  readonly delimiter: Delimiter | null
  /** Row that holds the column names; 0: none does. */
  readonly headerRow: number | null
}

export const AS_FOUND: Readonly<ImportReading> = Object.freeze({
  sheet: null,
  encoding: null,
  delimiter: null,
  headerRow: null,
})

/**
 * What a column of the file becomes: the name of a field (`prompt`), `options.NAME`, or any other name
 * for a variable. Null: it is left out.
 */
export type ColumnTarget = string | null

export interface ImportColumn {
  /** What spreadsheets call it: `A`, `B`. */
  readonly letter: string
  /** As the file names it; empty where it has no name. */
  readonly header: string
  readonly target: ColumnTarget
  /** `guessed`: the file says something else, look at it. */
  readonly how: 'named' | 'guessed' | 'variable' | 'unused'
  /** Rows with something in it. */
  readonly filled: number
}

/** How far a file is that is being brought in. Reading it has no measure: then nothing of it is here yet. */
export interface ImportProgress {
  readonly dropId: string
  readonly what: 'pictures' | 'rows'
  readonly done: number
  readonly total: number
}

/** A batch file as it would come in, before anything does. */
export interface ImportPreview {
  readonly fileName: string
  readonly kind: 'CSV' | 'TSV' | 'XLSX' | 'JSON' | 'TXT'
  /** How it was read; null where the kind of file has no such thing. */
  readonly reading: ImportReading
  /** Sheets of a workbook, in their order. */
  readonly sheets: readonly string[]
  readonly columns: readonly ImportColumn[]
  /** The first rows; `row` as a spreadsheet shows it. */
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[]
  readonly rowCount: number
  /** What is wrong with the form of the file: the first of them, and how many there are. */
  readonly problems: readonly Problem[]
  readonly problemCount: number
}
