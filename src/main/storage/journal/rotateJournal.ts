import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import type { IntentId } from '../../jobs/jobRow.ts'
import { encodeLine, type JournalLine } from './journalLine.ts'
import { syncFolder } from '../syncFolder.ts'

/** About 1,500 creates; read in some 40 ms at the next start. */
const ROTATE_BYTES = 1024 * 1024

interface Rotation {
  readonly path: string
  readonly lines: readonly JournalLine[]
  /** Bytes of lines in the file. */
  readonly bytes: number
  /** Intents of which more may be heard: their lines go on into the new file. */
  readonly open: ReadonlySet<IntentId>
  readonly atBytes?: number
}

/** Where all that was put aside stays: an older database that is put back knows nothing of it. */
export const previousJournal = (path: string): string =>
  path.replace(/\.ndjson$/, '.previous.ndjson')

/**
 * Begins a new journal file when the old one has grown long, whose lines go behind those that were put
 * aside before. For a start at which both memories agree. At every moment the whole old or the whole new file is in place.
 * @returns whether it did; when true the file must be read again
 * @throws file system errors; the journal is then as it was
 */
export function rotateJournal({ path, lines, bytes, open, atBytes }: Rotation): boolean {
  if (bytes < (atBytes ?? ROTATE_BYTES)) return false
  const lastRun = lines.findLast((line) => line.kind === 'run')
  const kept = lines.filter((line) => line.kind !== 'run' && open.has(line.intentId))
  // The generation must outlive the rotation; what follows the last `run` line counts as trailing.
  if (lastRun !== undefined) kept.push(lastRun)
  const text = kept.map(({ v: _v, n: _n, ...line }, index) => encodeLine(line, index + 1)).join('')
  if (Buffer.byteLength(text) > bytes / 2) return false
  const part = `${path}.part`
  try {
    writeWhole(part, text)
    // Twice, where a crash comes before the rename, which the fold of lines does not mind.
    writeWhole(previousJournal(path), `\n${readFileSync(path, 'utf8').trimEnd()}\n`, 'a')
    renameSync(part, path)
    syncFolder(dirname(path))
    return true
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  }
}

function writeWhole(path: string, text: string, how: 'w' | 'a' = 'w'): void {
  const file = openSync(path, how)
  try {
    writeFileSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
