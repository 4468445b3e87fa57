import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import type { TakeId } from '../../shared/domain/ids.ts'
import type { FramesAdded, FramesComing, FrameView } from '../../shared/domain/referenceFrame.ts'
import type { Result } from '../../shared/domain/result.ts'
import type { TakeView } from '../../shared/domain/take.ts'
import { errorCode } from './errorCode.ts'
import type { FrameLibrary } from './frameLibrary.ts'
import type { FrameFile, FrameStore } from './frameStore.ts'

export interface FrameImportOptions {
  readonly store: FrameStore
  readonly library: FrameLibrary
  readonly take: (id: TakeId) => TakeView | null
  /** One frame of a video, full size, as PNG. */
  readonly grab: (job: {
    readonly take: TakeView
    readonly at: number | 'last'
    readonly outPath: string
  }) => Promise<Result<void, { readonly message: string }>>
  /** Begins the small copies of a new frame. */
  readonly makeCopies: (frame: FrameFile) => void
  /** For pictures on their way into the store. */
  readonly tempFolder: string
}
export interface FrameWatch {
  readonly signal?: AbortSignal
  readonly onStep?: (coming: FramesComing) => void
}
export type FrameTime = 'first' | 'last' | { readonly seconds: number }

/** Brings pictures into the store and the library. Each file stands or falls by itself. */
export interface FrameImport {
  /**
   * Pictures, and folders of pictures (not the folders in them). Stopped, it gives what came in till
   * then.
   */
  fromPaths(paths: readonly string[], watch?: FrameWatch): Promise<FramesAdded>
  fromBytes(picture: { readonly name: string; readonly bytes: Uint8Array }): Promise<FramesAdded>
  /** Null: there is no such take. */
  fromTake(takeId: TakeId, at: FrameTime): Promise<FramesAdded | null>
}

/** Pictures that are read at the same time: each is decoded once, to see that it is whole. */
const AT_ONCE = 4

/** Files that look like pictures; those that cannot be used are refused in words, not passed over. */
export const PICTURE_ENDINGS: readonly string[] =
  '.png .jpg .jpeg .webp .gif .heic .heif .avif .bmp .tif .tiff .svg'.split(' ')

export function createFrameImport(options: FrameImportOptions): FrameImport {
  const { store } = options
  const addOne = async (path: string, more: Partial<FrameView>): Promise<FramesAdded> =>
    addPut(options, { path, put: await store.put(path), more })
  /** Gives `work` the name of a file of its own, gone afterwards. */
  const withTemp = async (name: string, work: (path: string) => Promise<FramesAdded>) => {
    const folder = await mkdtemp(join(options.tempFolder, 'dailies-frame-'))
    try {
      return await work(join(folder, name))
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
  return {
    async fromPaths(paths, { signal, onStep } = {}) {
      const looked = await Promise.all(paths.map(picturesIn))
      const found = looked.flatMap((pictures) => (typeof pictures === 'string' ? [] : pictures))
      const added: FramesAdded[] = [{ frames: [], refused: withoutPictures(paths, looked) }]
      onStep?.({ done: 0, total: found.length })
      for (let from = 0; from < found.length; from += AT_ONCE) {
        if (signal?.aborted === true) break
        const some = found.slice(from, from + AT_ONCE)
        const puts = await Promise.all(
          some.map(async (path) => [path, await store.put(path)] as const),
        )
        // The library keeps the order of the names.
        for (const [path, put] of puts) added.push(await addPut(options, { path, put, more: {} }))
        onStep?.({ done: from + some.length, total: found.length })
      }
      return joined(added)
    },
    fromBytes: ({ name, bytes }) =>
      withTemp('pasted', async (path) => {
        await writeFile(path, bytes)
        return addOne(path, { name })
      }),
    async fromTake(takeId, at) {
      const take = options.take(takeId)
      if (take === null) return null
      const time = typeof at === 'object' ? at.seconds : at === 'first' ? 0 : 'last'
      const name = `${basename(take.path, extname(take.path))} ${timeText(time)}.png`
      return withTemp('frame.png', async (outPath) => {
        const grabbed = await options.grab({ take, at: time, outPath })
        if (grabbed.ok) return addOne(outPath, { name, fromTakeId: takeId })
        return { frames: [], refused: [{ name, message: grabbed.error.message }] }
      })
    },
  }
}

interface PutPicture {
  readonly path: string
  readonly put: Awaited<ReturnType<FrameStore['put']>>
  readonly more: Partial<FrameView>
}

/** A picture that lies in the store, or why it does not. */
async function addPut(
  { library, makeCopies }: FrameImportOptions,
  { path, put, more }: PutPicture,
): Promise<FramesAdded> {
  if (!put.ok) {
    const message = `${put.error.message} ${put.error.mend}`
    return { frames: [], refused: [{ name: more.name ?? basename(path), message }] }
  }
  makeCopies(put.value)
  const frame = await library.add({ fromTakeId: null, ...put.value, ...more })
  return { frames: [frame], refused: [] }
}

const timeText = (time: number | 'last'): string =>
  time === 'last' ? 'last frame' : time === 0 ? 'first frame' : `at ${time.toFixed(2)} s`

/** Of a folder those in it, or why it has none. */
async function picturesIn(path: string): Promise<readonly string[] | string> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (!isFolder) return [path]
  const names = await readdir(path).catch(errorCode)
  if (typeof names === 'string') return `The folder cannot be read (${names}).`
  const pictures = names
    .filter(
      (name) => PICTURE_ENDINGS.includes(extname(name).toLowerCase()) && !name.startsWith('.'),
    )
    .toSorted((a, b) => a.localeCompare(b, undefined, { numeric: true }))
    .map((name) => join(path, name))
  return pictures.length > 0 ? pictures : 'There is no picture in the folder.'
}

const withoutPictures = (
  paths: readonly string[],
  looked: readonly (readonly string[] | string)[],
): FramesAdded['refused'] =>
  looked.flatMap((message, at) =>
    typeof message === 'string' ? [{ name: basename(paths[at] ?? ''), message }] : [],
  )

const joined = (added: readonly FramesAdded[]): FramesAdded => ({
  frames: added.flatMap(({ frames }) => frames),
  refused: added.flatMap(({ refused }) => refused),
})
