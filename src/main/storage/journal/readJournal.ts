import { readFileSync } from 'node:fs'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { StorageError, storageErrorFrom } from '../storageError.ts'
import { decodeLine, type JournalLine, type LineProblem } from './journalLine.ts'

export interface JournalContent {
  /** False when there is no file: the first start, or somebody removed it. */
  readonly exists: boolean
  readonly lines: readonly JournalLine[]
  /** Lines that a crash cut: at the end, or right before the next engine run began. No promise was kept on them. */
  readonly torn: number
  /** Lines that cannot be used and should have been whole. A person should know. */
  readonly problems: readonly (LineProblem & { readonly lineNo: number })[]
  /** Bytes up to the end of the last line; what follows is room kept free. */
  readonly end: number
}

const EMPTY: JournalContent = { exists: false, lines: [], torn: 0, problems: [], end: 0 }
const NEW_LINE = 0x0a

/** Reads the whole journal. A missing file is an empty one. */
export function readJournal(path: string): Result<JournalContent, StorageError> {
  try {
    return ok(parseJournal(readFileSync(path)))
  } catch (error) {
    const cause = storageErrorFrom(error)
    if (cause === undefined) throw error
    if (cause.cause instanceof Error && 'code' in cause.cause && cause.cause.code === 'ENOENT') {
      return ok(EMPTY)
    }
    return err(new StorageError(cause.code, `${path} cannot be read. ${cause.message}`))
  }
}

/** The bytes of a journal, with room (new lines, or zeros where a crash cut it) at the end. Pure. */
export function parseJournal(bytes: Uint8Array): JournalContent {
  const end = endOf(bytes)
  const lines: JournalLine[] = []
  const problems: (LineProblem & { readonly lineNo: number })[] = []
  let torn = 0
  let cut: (LineProblem & { readonly lineNo: number })[] = []
  const texts = new TextDecoder().decode(bytes.subarray(0, end)).split('\n')
  for (const [index, text] of texts.entries()) {
    const clean = text.replaceAll('\0', '')
    if (clean === '') continue
    const decoded = decodeLine(clean)
    if (!decoded.ok && decoded.error.code === 'damaged') {
      cut.push({ ...decoded.error, lineNo: index + 1 })
      continue
    }
    // Damage that the next engine run, or nothing, follows is what a crash leaves.
    if (decoded.ok && decoded.value.kind === 'run') torn += cut.length
    else problems.push(...cut)
    cut = []
    if (decoded.ok) lines.push(decoded.value)
    else problems.push({ ...decoded.error, lineNo: index + 1 })
  }
  return { exists: true, lines, torn: torn + cut.length, problems, end }
}

function endOf(bytes: Uint8Array): number {
  let end = bytes.length
  while (end > 0 && (bytes[end - 1] === NEW_LINE || bytes[end - 1] === 0)) end -= 1
  return end
}
