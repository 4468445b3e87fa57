import { existsSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import type { FrameId } from '../../shared/domain/ids.ts'
import { createCopyTurns } from './copyTurns.ts'
import {
  findFrameFile,
  previewPath,
  thumbPath,
  type FrameFileOptions,
  type PictureFile,
} from './frameFile.ts'
import type { FrameFile } from './frameStore.ts'

export type FramePart = 'thumb' | 'preview' | 'full'

export interface FrameCopiesOptions extends FrameFileOptions {
  /** The picture itself is shown when its copy takes longer. */
  readonly patienceMs?: number
  /** Makes a small copy; false: it could not be made. */
  readonly make: (copy: {
    readonly picturePath: string
    readonly outPath: string
    readonly size: 'thumb' | 'preview'
  }) => Promise<boolean>
}

/** Pictures as the page shows them: lists never load what a camera wrote. */
export interface FrameCopies {
  /** The file of a picture or of its small copy, made now where it is missing. Null: there is none. */
  file(frame: string, part: FramePart): Promise<PictureFile | null>
  /** Makes the copies of a new picture while nobody waits for them. */
  prepare(frame: Pick<FrameFile, 'sha256' | 'contentType' | 'width' | 'height'>): void
}

/** Pixels of the long side; a larger picture gets a copy that the page can show. */
const LARGE = 2000
/** A wall whose copies are all missing is not blank for longer. */
const PATIENCE_MS = 500
/** Each decodes a whole picture. */
const AT_ONCE = 2

export function createFrameCopies(options: FrameCopiesOptions): FrameCopies {
  const { folder, store, library, patienceMs = PATIENCE_MS } = options
  const turns = createCopyTurns(AT_ONCE)
  const isLarge = (frame: string): boolean => {
    const [known] = frame.startsWith('frame_') ? library.get([frame as FrameId]) : []
    const found = known ?? library.bySha256(frame)
    return found !== null && found !== undefined && Math.max(found.width, found.height) > LARGE
  }

  return {
    async file(frame, part) {
      const found = findFrameFile(options, frame, part)
      if (found === null || part === 'full' || found.isCopy) return found
      // A picture that is small enough is its own preview.
      if (part === 'preview' && !isLarge(frame)) return found
      const pathOf = part === 'thumb' ? thumbPath : previewPath
      const copy = { picturePath: found.path, outPath: pathOf(folder, found.sha256), size: part }
      const made = turns.run(copy.outPath, () => options.make(copy), 'now')
      const isMade = await Promise.race([made, setTimeout(patienceMs, false, { ref: false })])
      return isMade ? findFrameFile(options, frame, part) : found
    },
    prepare({ sha256, contentType, width, height }) {
      const picturePath = store.pathOf({ sha256, contentType })
      const wanted = [
        ['thumb', thumbPath(folder, sha256)] as const,
        ...(Math.max(width, height) > LARGE
          ? [['preview', previewPath(folder, sha256)] as const]
          : []),
      ]
      for (const [size, outPath] of wanted) {
        if (existsSync(outPath)) continue
        void turns.run(outPath, () => options.make({ picturePath, outPath, size }), 'later')
      }
    },
  }
}
