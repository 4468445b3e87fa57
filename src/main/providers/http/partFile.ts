import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readFile, rm, stat, writeFile, type FileHandle } from 'node:fs/promises'
import { z } from 'zod'
import type { ResumePoint } from './downloadRules.ts'
import { parseJson } from '../../../shared/domain/json.ts'

/** Bytes that are gathered before they are written, and after which the disk is asked to keep up. */
const WRITE_BYTES = 1024 * 1024
const SYNC_BYTES = 16 * 1024 * 1024

const notesSchema = z.object({
  offset: z.int().positive(),
  etag: z.string().min(3),
  total: z.int().positive(),
})

/** Beside the part: which version of the remote file it is of and how much of it is surely on disk. */
const notesPath = (path: string): string => `${path}.json`

/** Where an earlier try can go on; null when there is nothing that may be trusted. */
export async function readResumePoint(path: string): Promise<ResumePoint | null> {
  try {
    const notes = notesSchema.safeParse(parseJson(await readFile(notesPath(path), 'utf8')))
    const { size } = await stat(path)
    return notes.success && size >= notes.data.offset && notes.data.offset < notes.data.total
      ? notes.data
      : null
  } catch {
    return null
  }
}

/** Removes a part and its notes; quiet when there are none. */
export async function discardPart(path: string): Promise<void> {
  await Promise.all([rm(path, { force: true }), rm(notesPath(path), { force: true })])
}

/** Which bytes these are: without it a part can never be continued. */
type Version = Pick<ResumePoint, 'etag' | 'total'>

/**
 * A file that is hashed while it is written. Writes are gathered and one is under way while the next
 * is filled; the disk is synced now and then, so that the last sync is short.
 */
export class PartFile {
  readonly #path: string
  readonly #handle: FileHandle
  readonly #hash: Hash
  readonly #version: Version | null
  #waiting: Uint8Array[] = []
  #waitingBytes = 0
  #written: number
  #synced: number
  #writing: Promise<void> = Promise.resolve()
  #syncing: Promise<void> | null = null

  private constructor(
    path: string,
    handle: FileHandle,
    start: { hash: Hash; offset: number; version: Version | null },
  ) {
    this.#path = path
    this.#handle = handle
    this.#hash = start.hash
    this.#version = start.version
    this.#written = start.offset
    this.#synced = start.offset
  }

  /** Opens the part at `offset`, cutting off what lies behind it. `version` is null where it can never be continued. */
  static async open(
    path: string,
    { offset, version }: { offset: number; version: Version | null },
  ): Promise<PartFile> {
    if (offset === 0) await discardPart(path)
    const handle = await open(path, offset === 0 ? 'wx' : 'r+')
    try {
      await handle.truncate(offset)
      const hash = createHash('sha256')
      if (offset > 0)
        for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array)
      return new PartFile(path, handle, { hash, offset, version })
    } catch (error) {
      await handle.close()
      throw error
    }
  }

  get bytes(): number {
    return this.#written + this.#waitingBytes
  }

  /** Resolves when there is room for more. @throws what the disk says. */
  async write(chunk: Uint8Array): Promise<void> {
    this.#hash.update(chunk)
    this.#waiting.push(chunk)
    this.#waitingBytes += chunk.byteLength
    if (this.#waitingBytes >= WRITE_BYTES) await this.#flush()
  }

  async #flush(): Promise<void> {
    await this.#writing
    const chunks = this.#waiting
    const position = this.#written
    this.#written += this.#waitingBytes
    this.#waiting = []
    this.#waitingBytes = 0
    this.#writing = this.#put(chunks, position)
    // Looked at by the next write or by the end; without this a failure before that would be unhandled.
    this.#writing.catch(() => undefined)
  }

  async #put(chunks: readonly Uint8Array[], position: number): Promise<void> {
    const bytes = Buffer.concat(chunks)
    let done = 0
    // A nearly full disk takes a part of it and says why only on the next try.
    while (done < bytes.byteLength) {
      done += (await this.#handle.write(bytes, done, bytes.byteLength - done, position + done))
        .bytesWritten
    }
    const end = position + bytes.byteLength
    if (end - this.#synced >= SYNC_BYTES && this.#syncing === null) this.#syncing = this.#sync(end)
  }

  async #sync(upTo: number): Promise<void> {
    try {
      await this.#handle.datasync()
      this.#synced = upTo
      await this.#note()
    } catch {
      // The sync at the end meets the same trouble and tells.
    } finally {
      this.#syncing = null
    }
  }

  async #note(): Promise<void> {
    if (this.#version === null || this.#synced === 0) return
    const notes = { offset: this.#synced, ...this.#version }
    await writeFile(notesPath(this.#path), JSON.stringify(notes))
  }

  /** Everything is on disk; the part stands alone, without notes. Returns the digest in hex. */
  async finish(): Promise<string> {
    await this.#settle()
    await this.#handle.sync()
    await this.#handle.close()
    await rm(notesPath(this.#path), { force: true })
    return this.#hash.digest('hex')
  }

  /** Keeps what arrived for the next try, as far as the disk took it. */
  async interrupt(): Promise<void> {
    try {
      await this.#settle()
      await this.#handle.datasync()
      this.#synced = this.#written
      await this.#note()
    } catch {
      // The next try begins where the last note says, or anew.
    } finally {
      await this.#handle.close().catch(() => undefined)
    }
  }

  /** What arrived is of no use. */
  async discard(): Promise<void> {
    await this.#settle().catch(() => undefined)
    await this.#handle.close().catch(() => undefined)
    await discardPart(this.#path)
  }

  async #settle(): Promise<void> {
    await this.#flush()
    await this.#writing
    await this.#syncing
  }
}
