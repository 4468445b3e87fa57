import { extname } from 'node:path'
import type { AppReads } from '../ipc/appEngine.ts'
import type { LocateMedia } from './mediaProtocol.ts'
import type { MediaFile } from './mediaResponse.ts'

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.mp4': 'video/mp4',
  '.mov': 'video/quicktime',
  '.webm': 'video/webm',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
}

/** Finds the file behind a `media://` name in the engine's own records. */
export function createLocate(reads: () => AppReads | null): LocateMedia {
  return (name) => {
    const known = reads()
    if (known === null) return null
    if (name.of === 'frame') return known.frameCopies.file(name.frame, name.part)
    if (name.of === 'pair') return fileAt(known.arena.takeOf(name.pairId, name.side)?.path ?? null)
    const take = known.queries.take(name.takeId)
    if (take === null) return null
    const { path, posterPath, filmstripPath } = take
    return fileAt({ video: path, poster: posterPath, filmstrip: filmstripPath }[name.part])
  }
}

function fileAt(path: string | null): MediaFile | null {
  if (path === null) return null
  const contentType = CONTENT_TYPES[extname(path).toLowerCase()]
  return contentType === undefined ? null : { path, contentType }
}
