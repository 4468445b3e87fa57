import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { BATCH_ENDINGS } from '../../../shared/domain/batchColumns.ts'
import {
  AS_FOUND,
  type ImportReading,
  type TextEncoding,
} from '../../../shared/domain/batchImport.ts'
import { decodeText } from './decodeText.ts'
import { errorCode } from '../errorCode.ts'
import { fileProblem, unread, type ReadOutcome } from './batchTable.ts'
import { delimiterOf, readCsv } from './csv.ts'
import { readJson } from './json.ts'
import { readTxt } from './txt.ts'
import type { Problem } from '../../../shared/domain/errors.ts'

export interface ReadOptions {
  readonly path: string
  /** Of an XLSX workbook; the first where none is named. */
  readonly sheet?: string | undefined
  /** Prompts are not templates, so a TXT line that looks like a comment is a prompt. */
  readonly plain: boolean
  /** Where a person knows better than the file. */
  readonly reading?: Partial<ImportReading> | undefined
}

export interface ReadBatchFile extends ReadOutcome {
  /** Of the bytes, for the digest of the batch. Empty when the file could not be read. */
  readonly sha256: string
  readonly encoding: TextEncoding | null
  /** How it was read. */
  readonly reading: ImportReading
  /** Of a workbook. */
  readonly sheets: readonly string[]
}

/** Bytes; more than any sheet of 100,000 prompts needs. */
const MAX_BYTES = 256 * 1024 * 1024

/**
 * Reads a batch file (CSV, TSV, XLSX, JSON, TXT, told by its ending). Every problem of its form is
 * listed; what cells mean is for planning. Never throws on what a file holds.
 */
export async function readBatchFile(options: ReadOptions): Promise<ReadBatchFile> {
  const bytes = await readBytes(options.path)
  if (Buffer.isBuffer(bytes)) return readBatchBytes(bytes, options)
  return { ...unread(bytes), sha256: '', encoding: null, reading: AS_FOUND, sheets: [] }
}

/** The same for a file whose bytes are at hand; `path` tells the kind. */
export async function readBatchBytes(bytes: Buffer, options: ReadOptions): Promise<ReadBatchFile> {
  const wish = { ...AS_FOUND, ...options.reading }
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const kind = extname(options.path).toLowerCase()
  if (kind === '.xlsx') {
    // Loaded with the first workbook: the window does not wait for it.
    const { readXlsx } = await import('./xlsx.ts')
    const sheet = wish.sheet ?? options.sheet
    const outcome = readXlsx(bytes, { sheet, headerRow: wish.headerRow })
    const reading = { ...wish, sheet: outcome.sheet, headerRow: headerOf(wish, outcome) }
    return { ...outcome, sha256, encoding: null, reading }
  }
  const decoded = decodeText(bytes, wish.encoding)
  if (!decoded.ok) {
    return { ...unread(notText()), sha256, encoding: null, reading: wish, sheets: [] }
  }
  const { text, encoding } = decoded.value
  const { outcome, reading } = readText(text, { kind, plain: options.plain, wish })
  return { ...outcome, sha256, encoding, reading: { ...reading, encoding }, sheets: [] }
}

interface TextKind {
  readonly kind: string
  readonly plain: boolean
  readonly wish: ImportReading
}

function readText(
  text: string,
  { kind, plain, wish }: TextKind,
): { readonly outcome: ReadOutcome; readonly reading: ImportReading } {
  if (kind === '.json') return { outcome: readJson(text), reading: AS_FOUND }
  if (kind === '.txt') return { outcome: readTxt(text, plain), reading: AS_FOUND }
  const usual = kind === '.csv' ? delimiterOf(text) : '\t'
  const delimiter = wish.delimiter ?? usual
  const outcome = readCsv(text, { delimiter, headerRow: wish.headerRow })
  return { outcome, reading: { ...AS_FOUND, delimiter, headerRow: headerOf(wish, outcome) } }
}

/** The row that the names were taken from. */
function headerOf({ headerRow }: ImportReading, { table }: ReadOutcome): number | null {
  return headerRow ?? table?.headerRow ?? null
}

async function readBytes(path: string): Promise<Buffer | Problem> {
  try {
    const found = await stat(path)
    if (found.isDirectory()) return isFolder(path)
    if (!BATCH_ENDINGS.includes(extname(path).toLowerCase())) return unknownKind(path)
    // A pipe or a device has no size, and perhaps no end.
    if (!found.isFile()) return unreadable(path, 'it is no file')
    return found.size > MAX_BYTES ? tooLarge(path) : await readFile(path)
  } catch (error) {
    return unreadable(path, errorCode(error))
  }
}

function unreadable(path: string, code: string): Problem {
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return fileProblem('missingFile', `There is no file ${path}.`, 'Check the name and the folder.')
  }
  return fileProblem(
    'unreadableFile',
    `${path} cannot be read (${code}).`,
    'Check that you may read it and that its disk is there.',
  )
}

const isFolder = (path: string): Problem =>
  fileProblem('isFolder', `${path} is a folder.`, 'Name a batch file in it.')

const tooLarge = (path: string): Problem =>
  fileProblem('fileTooLarge', `${path} is larger than ${MAX_BYTES / 1024 / 1024} MB.`, 'Split it.')

const unknownKind = (path: string): Problem =>
  fileProblem(
    'unknownFileKind',
    `${path} is none of the kinds that can be read.`,
    `Save it as ${BATCH_ENDINGS.slice(0, -1).join(', ')} or ${BATCH_ENDINGS.at(-1)}.`,
  )

const notText = (): Problem =>
  fileProblem(
    'notText',
    'The file is not text in UTF-8, UTF-16 or Latin-1.',
    'Save it again as UTF-8, or give the file the ending that it should have.',
  )
