import { writeSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'

/** Grown by whole pieces, so that the file system gives out room rarely. */
const CHUNK_BYTES = 1024 * 1024

/**
 * A file of lines with room kept free behind them: an append overwrites blocks that the file has
 * already, so a full disk cannot stop it. Offsets in bytes. One call at a time.
 */
export class JournalFile {
  readonly #handle: FileHandle
  #end: number
  #allocated: number
  /** Bytes behind `end` that a failed write may have left. */
  #dirtyEnd: number

  private constructor(handle: FileHandle, end: number) {
    this.#handle = handle
    this.#end = end
    this.#allocated = end
    this.#dirtyEnd = end
  }

  /** @param end as `readJournal` told it: what lies behind is overwritten */
  static async open(path: string, end: number): Promise<JournalFile> {
    const handle = await open(path, 'r+').catch(async (error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
        return open(path, 'wx+')
      }
      throw error
    })
    return new JournalFile(handle, end)
  }

  /** Takes room from the file system until `bytes` lie free behind the end. Throws ENOSPC and the like. */
  async makeRoom(bytes: number): Promise<void> {
    const missing = this.#end + 1 + bytes - this.#allocated
    if (missing <= 0) return
    const size = Math.ceil(missing / CHUNK_BYTES) * CHUNK_BYTES
    this.#writeAll(Buffer.alloc(size, '\n'), this.#allocated)
    await this.#handle.sync()
    this.#allocated += size
  }

  /** On the disk when it resolves. A failed append leaves no trace: the next one overwrites it. */
  async append(text: string): Promise<void> {
    const from = this.#end
    const body = Buffer.from(`\n${text}`)
    const rest = Math.max(0, this.#dirtyEnd - from - body.length)
    this.#dirtyEnd = Math.max(this.#dirtyEnd, from + body.length)
    this.#writeAll(Buffer.concat([body, Buffer.alloc(rest, '\n')]), from)
    await this.#handle.datasync()
    // The last new line is shared with the next append.
    this.#end = from + body.length - 1
    this.#dirtyEnd = this.#end
    this.#allocated = Math.max(this.#allocated, from + body.length)
  }

  async close(): Promise<void> {
    await this.#handle.close()
  }

  /** At once, into the system's memory: a thread for it costs more than the write. The wait for the disk has one. */
  #writeAll(bytes: Buffer, position: number): void {
    let done = 0
    while (done < bytes.length)
      done += writeSync(this.#handle.fd, bytes, done, bytes.length - done, position + done)
  }
}
