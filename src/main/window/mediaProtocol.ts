import { protocol } from 'electron'
import { mediaResponse, notThere, type MediaFile } from './mediaResponse.ts'
import { parseMediaUrl, type MediaName } from './mediaUrl.ts'

/** Where the file of a known id lies; null when there is none. */
export type LocateMedia = (name: MediaName) => MediaFile | null

/** Serves `media://`: files of takes and frames that the engine knows, and nothing else. */
export function serveMedia(locate: LocateMedia): void {
  protocol.handle('media', async (request) => {
    const name = parseMediaUrl(request.url)
    const file = name === null ? null : locate(name)
    return file === null ? notThere() : mediaResponse(file, request.headers.get('Range'))
  })
}
