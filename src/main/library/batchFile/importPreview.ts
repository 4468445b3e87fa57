import { basename, extname } from 'node:path'
import {
  AS_FOUND,
  type ImportColumn,
  type ImportPreview,
  type ImportReading,
} from '../../../shared/domain/batchImport.ts'
import { guessColumns, hasNoHeader } from './guessColumns.ts'
import { readBatchFile, type ReadBatchFile } from './readBatchFile.ts'

const ROWS = 12
const PROBLEMS = 200
const CELL = 300

export interface ReadImport {
  readonly file: ReadBatchFile
  readonly columns: readonly ImportColumn[]
}

/** Reads a batch file as a person wants it, and guesses what its columns are for. */
export async function readImport(path: string, wish: ImportReading): Promise<ReadImport> {
  const file = await readBatchFile({ path, plain: false, reading: wish })
  if (file.table === null) return { file, columns: [] }
  const isHeaderGuessed = wish.headerRow === null && file.table.headerRow !== undefined
  return isHeaderGuessed && hasNoHeader(file.table)
    ? readImport(path, { ...wish, headerRow: 0 })
    : { file, columns: guessColumns(file.table) }
}

const KINDS: Readonly<Record<string, ImportPreview['kind']>> = {
  '.csv': 'CSV',
  '.tsv': 'TSV',
  '.tab': 'TSV',
  '.xlsx': 'XLSX',
  '.json': 'JSON',
}

/** The first of everything, for the page. */
export function importPreview(path: string, { file, columns }: ReadImport): ImportPreview {
  const rows = file.table?.rows ?? []
  return {
    fileName: basename(path),
    kind: KINDS[extname(path).toLowerCase()] ?? 'TXT',
    reading: file.table === null ? { ...AS_FOUND, ...file.reading } : file.reading,
    sheets: file.sheets,
    columns,
    rows: rows.slice(0, ROWS).map(({ row, values }) => ({
      row,
      cells: values.map((value) => value.slice(0, CELL)),
    })),
    rowCount: rows.length,
    problems: file.problems.slice(0, PROBLEMS),
    problemCount: file.problems.length,
  }
}
