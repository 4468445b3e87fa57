import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { errorCode } from './errorCode.ts'
import { publishFile, syncFile } from '../media/publish.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'

/** What a picture is, read from the file itself. */
export interface ImageFacts {
  readonly contentType: string
  /** Pixels, as shown. */
  readonly width: number
  readonly height: number
}

/** Why a picture cannot be used; `code` is stable, `mend` says what to do. */
export interface FrameFault {
  readonly code: string
  readonly message: string
  readonly mend: string
}

export type ReadImageFacts = (path: string) => Promise<Result<ImageFacts, FrameFault>>

/** A picture by content. */
export interface FrameFile extends ImageFacts {
  /** Hex digest of the bytes. */
  readonly sha256: string
  readonly bytes: number
  /** The name it had, for people. */
  readonly name: string
}

/** Pictures by content in the data folder: once each, whole or not at all, never changed. */
export interface FrameStore {
  /** What a picture is, without keeping it. Codes: those of the image facts, and `imageUnreadable`. */
  describe(path: string): Promise<Result<FrameFile, FrameFault>>
  /** Keeps a picture that was described; durable when it returns. Codes: `imageUnreadable`, `imageChanged`, `frameNotKept`. */
  keep(path: string, file: FrameFile): Promise<Result<FrameFile, FrameFault>>
  /** Both. */
  put(path: string): Promise<Result<FrameFile, FrameFault>>
  /** @throws when the picture is gone or was damaged */
  read(frame: Pick<FrameFile, 'sha256' | 'contentType'>): Promise<Uint8Array>
  /** Where a picture lies. */
  pathOf(frame: Pick<FrameFile, 'sha256' | 'contentType'>): string
}

export interface FrameStoreOptions {
  readonly folder: string
  readonly imageFacts: ReadImageFacts
}

const ENDINGS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
}

/** Opens the store; its folder is made at the first `put`. */
export function createFrameStore({ folder, imageFacts }: FrameStoreOptions): FrameStore {
  const pathOf: FrameStore['pathOf'] = ({ sha256, contentType }) =>
    join(folder, `${sha256}.${ENDINGS[contentType] ?? 'img'}`)

  const describe: FrameStore['describe'] = async (path) => {
    const facts = await imageFacts(path)
    if (!facts.ok) return facts
    const content = await readPicture(path)
    if (!content.ok) return content
    const { contentType, width, height } = facts.value
    const [sha256, bytes] = [digestOf(content.value), content.value.length]
    return ok({ contentType, width, height, sha256, bytes, name: basename(path) })
  }

  const keep: FrameStore['keep'] = async (path, file) => {
    const content = await readPicture(path)
    if (!content.ok) return content
    if (digestOf(content.value) !== file.sha256) return err(CHANGED)
    try {
      await write({ folder, path: pathOf(file), content: content.value })
      return ok(file)
    } catch (error) {
      return err(notKept(folder, error))
    }
  }

  return {
    describe,
    keep,
    put: async (path) => {
      const described = await describe(path)
      return described.ok ? keep(path, described.value) : described
    },
    read: async (frame) => {
      const content = await readFile(pathOf(frame))
      if (digestOf(content) !== frame.sha256) {
        throw new Error(`The picture ${pathOf(frame)} was changed since it was stored.`)
      }
      return content
    },
    pathOf,
  }
}

const digestOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex')

async function readPicture(path: string): Promise<Result<Buffer, FrameFault>> {
  try {
    return ok(await readFile(path))
  } catch (error) {
    return err({
      code: 'imageUnreadable',
      message: `The picture file cannot be read (${errorCode(error)}).`,
      mend: 'Check that you may read it and that its disk is there.',
    })
  }
}

interface Write {
  readonly folder: string
  readonly path: string
  readonly content: Buffer
}

async function write({ folder, path, content }: Write): Promise<void> {
  await mkdir(folder, { recursive: true })
  const there = await stat(path).catch(() => undefined)
  if (there?.size === content.length) return
  const part = join(folder, `.${randomBytes(8).toString('hex')}.part`)
  try {
    await writeFile(part, content)
    await syncFile(part)
    // A damaged one is in the way; the same content under the same name is no loss.
    if (there !== undefined) await rm(path)
    await publishFile(part, path)
  } catch (error) {
    await rm(part, { force: true })
    // Somebody else kept the same picture meanwhile.
    if (errorCode(error) !== 'EEXIST') throw error
  }
}

const CHANGED: FrameFault = {
  code: 'imageChanged',
  message: 'The picture file was changed while it was being read.',
  mend: 'Run again once it is written.',
}

function notKept(folder: string, error: unknown): FrameFault {
  const code = errorCode(error)
  const isFull = code === 'ENOSPC' || code === 'EDQUOT'
  return {
    code: 'frameNotKept',
    message: `The picture could not be copied into ${folder}: ${isFull ? 'the disk is full' : code}.`,
    mend: isFull ? 'Make room, then run again.' : 'Check that the data folder can be written.',
  }
}
