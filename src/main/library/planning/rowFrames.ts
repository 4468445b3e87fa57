import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { isUrl, readFrameUrl, type CellFault } from '../../../shared/domain/cell.ts'
import type { FrameFile, FrameStore } from '../frameStore.ts'
import type { FrameSource } from '../../../shared/domain/generation.ts'
import { framePath } from '../framePath.ts'
import type { FrameWish } from './cellValues.ts'

/** Looks that run at once: each may start a decoder. */
const AT_ONCE = 4

/** Every picture that rows name, each looked at once, by its absolute path. */
export class RowFrames {
  /** The pictures that can be used. */
  readonly files = new Map<string, FrameFile>()
  readonly #faults = new Map<string, CellFault>()
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Must come before `source`. */
  async look(wishes: Iterable<FrameWish>, describe: FrameStore['describe']): Promise<void> {
    const paths = new Set<string>()
    for (const { text } of wishes) {
      const path = isUrl(text) ? null : framePath(this.#folder, text)
      if (path?.ok === true) paths.add(path.value)
    }
    const queue = paths.values()
    const work = async (): Promise<void> => {
      for (const path of queue) {
        const found = await describe(path)
        if (found.ok) this.files.set(path, found.value)
        else this.#faults.set(path, found.error)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
  }

  source({ role, text }: FrameWish): Result<FrameSource, CellFault> {
    if (isUrl(text)) {
      const url = readFrameUrl(text)
      return url.ok ? ok({ kind: 'url', role, url: url.value }) : url
    }
    const path = framePath(this.#folder, text)
    const file = path.ok ? this.files.get(path.value) : undefined
    if (file !== undefined) return ok({ kind: 'file', role, ...file })
    const fault = path.ok ? this.#faults.get(path.value) : path.error
    if (fault === undefined) throw new TypeError(`${text} was not looked at`)
    return err({ ...fault, message: `${text}: ${fault.message}` })
  }
}
