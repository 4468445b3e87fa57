import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { FrameId } from '../../shared/domain/ids.ts'
import type { FrameLibrary } from './frameLibrary.ts'
import type { FrameStore } from './frameStore.ts'

export interface PictureFile {
  readonly path: string
  readonly contentType: string
  /** Of the picture itself. */
  readonly sha256: string
  /** It is a small copy. */
  readonly isCopy: boolean
}

/** Content types that the frame store keeps, likeliest first. */
const CONTENT_TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const

/** Where the small copy of a picture lies, when there is one. */
export const thumbPath = (folder: string, sha256: string): string =>
  join(folder, 'thumbs', `${sha256}.jpg`)

/** Where the copy lies that the page shows large, of a picture that is larger itself. */
export const previewPath = (folder: string, sha256: string): string =>
  join(folder, 'previews', `${sha256}.jpg`)

export interface FrameFileOptions {
  readonly library: Pick<FrameLibrary, 'get' | 'bySha256'>
  readonly store: Pick<FrameStore, 'pathOf'>
  readonly folder: string
}

/**
 * The file of a picture by its id in the library or by its digest; batches of the command line have
 * pictures that the library does not know.
 * A missing small copy is the picture itself; `FrameCopies` makes it.
 */
export function findFrameFile(
  { library, store, folder }: FrameFileOptions,
  frame: string,
  part: 'thumb' | 'preview' | 'full',
): PictureFile | null {
  const known = frame.startsWith('frame_')
    ? (library.get([frame as FrameId])[0] ?? null)
    : library.bySha256(frame)
  const sha256 = known?.sha256 ?? frame
  if (!/^[0-9a-f]{64}$/.test(sha256)) return null
  const copies = {
    thumb: [thumbPath(folder, sha256)],
    preview: [previewPath(folder, sha256)],
    full: [],
  }
  const copy = copies[part].find((path) => existsSync(path))
  if (copy !== undefined) return { path: copy, contentType: 'image/jpeg', sha256, isCopy: true }
  const types = known === null ? CONTENT_TYPES : [known.contentType]
  const files = types.map((contentType) => ({
    path: store.pathOf({ sha256, contentType }),
    contentType,
    sha256,
    isCopy: false,
  }))
  return files.find(({ path }) => existsSync(path)) ?? null
}
