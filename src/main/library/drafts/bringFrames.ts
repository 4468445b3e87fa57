import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import type { ColumnName } from '../../../shared/domain/batchColumns.ts'
import type { ImportProgress } from '../../../shared/domain/batchImport.ts'
import { isUrl, readFrameUrl } from '../../../shared/domain/cell.ts'
import { lostFrame, type FrameRef } from '../../../shared/domain/draft.ts'
import type { Problem } from '../../../shared/domain/errors.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { inPortions } from '../../../shared/domain/rowsPerTurn.ts'
import { splitValues } from '../../../shared/template/variables.ts'
import type { BatchTable } from '../batchFile/batchTable.ts'
import type { FrameImport } from '../frameImport.ts'
import type { FrameLibrary } from '../frameLibrary.ts'
import { framePath } from '../framePath.ts'

export interface BroughtFrames {
  /** By the text of the cell. */
  readonly refs: ReadonlyMap<string, FrameRef>
  readonly problems: readonly Problem[]
}
const FRAME_COLUMNS: readonly ColumnName[] = ['first_frame', 'last_frame', 'reference']

/** Where pictures go that come in, and where others are known by their names. */
export interface FrameTools {
  readonly frames: Pick<FrameLibrary, 'byName'>
  readonly frameImport: FrameImport
}

interface FramesWish {
  /** Relative paths start here. */
  readonly folder: string
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: ImportPart) => void) | undefined
}
type ImportPart = Pick<ImportProgress, 'what' | 'done' | 'total'>

/** Pictures that are read at the same time. */
const AT_ONCE = 4

/** Brings every picture that the file names into the library, once each. */
export async function bringFrames(
  options: FrameTools,
  table: BatchTable,
  { folder, signal, onProgress }: FramesWish,
): Promise<BroughtFrames> {
  const refs = new Map<string, FrameRef>()
  const problems: Problem[] = []
  const named = namedFrames(table)
  let done = 0
  for (const some of inPortions([...named], AT_ONCE)) {
    if (signal?.aborted === true) break
    const read = some.map(async ([text, place]) => {
      return { text, place, brought: await bringOne(options, text, folder) }
    })
    for (const { text, place, brought } of await Promise.all(read)) {
      if (brought.ok) refs.set(text, brought.value)
      else {
        // The cell keeps the name, so that the row is no other mode than it was meant to be.
        const path = framePath(folder, text)
        const isThere = path.ok && existsSync(path.value)
        refs.set(text, lostFrame(isThere ? 'imageBroken' : 'imageMissing', text))
        const mend = 'Choose the frame in the draft.'
        problems.push({ ...place, code: 'frameNotRead', message: brought.error, mend })
      }
    }
    onProgress?.({ what: 'pictures', done: (done += some.length), total: named.size })
  }
  return { refs, problems }
}

interface FramePlace {
  readonly row: number
  readonly column: ColumnName
}

/** What the file names as pictures, each with the first place where it does. */
function namedFrames(table: BatchTable): ReadonlyMap<string, FramePlace> {
  const named = new Map<string, FramePlace>()
  const columns = FRAME_COLUMNS.flatMap((column) => {
    const at = table.columns.findIndex(({ key }) => key === column)
    return at < 0 ? [] : [{ column, at }]
  })
  for (const { row, values } of table.rows) {
    for (const { column, at } of columns) {
      const cell = values[at] ?? ''
      // Only a reference may be several pictures.
      const texts = column === 'reference' ? splitValues(cell) : cell === '' ? [] : [cell]
      for (const text of texts) if (!named.has(text)) named.set(text, { row, column })
    }
  }
  return named
}

/** A link, a file beside the batch file, or a picture of the library by its name. */
async function bringOne(
  { frameImport, frames: library }: FrameTools,
  text: string,
  folder: string,
): Promise<Result<FrameRef, string>> {
  if (isUrl(text)) {
    const url = readFrameUrl(text)
    return url.ok ? ok(url.value as `https://${string}`) : err(url.error.message)
  }
  const path = framePath(folder, text)
  if (!path.ok) return err(path.error.message)
  if (!existsSync(path.value)) {
    const named = library.byName(basename(text))
    if (named !== null) return ok(named.id)
    return err(`${text} is neither beside the file nor a picture of Frames.`)
  }
  const { frames, refused } = await frameImport.fromPaths([path.value])
  const [frame] = frames
  return frame === undefined ? err(refused[0]?.message ?? `${text} is no picture.`) : ok(frame.id)
}
