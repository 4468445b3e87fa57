import { protocol } from 'electron'
import { mediaResponse, notThere, type MediaFile } from './mediaResponse.ts'
import { parseMediaUrl, type MediaName } from './mediaUrl.ts'

/** Where the file of a known id lies; null when there is none. */
export type LocateMedia = (name: MediaName) => MediaFile | null | Promise<MediaFile | null>

/**
 * Serves `media://`: files of takes and frames that the engine knows, and nothing else. Must come
 * before the page is opened, which knows only the schemes of that moment; `locating` may come later.
 */
export function serveMedia(locating: Promise<LocateMedia>): void {
  protocol.handle('media', async (request) => {
    const name = parseMediaUrl(request.url)
    const locate = await locating
    const file = name === null ? null : await locate(name)
    return file === null ? notThere() : mediaResponse(file, request.headers.get('Range'))
  })
}
