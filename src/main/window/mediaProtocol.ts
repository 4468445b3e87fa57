import { protocol } from 'electron'
import { mediaResponse, notThere, type MediaFile, type MediaResponse } from './mediaResponse.ts'

/** Where the file behind an address lies; null when it names none that is known. */
export type LocateMedia = (address: string) => MediaFile | null | Promise<MediaFile | null>

/**
 * Serves `media://`: files of takes and frames that the engine knows, and nothing else. Must come
 * before the page is opened, which knows only the schemes of that moment; `locating` may come later.
 */
export function serveMedia(locating: Promise<LocateMedia>): void {
  const respond = async (url: string, range: string | null): Promise<MediaResponse> => {
    const locate = await locating
    const file = await locate(url)
    return file === null ? notThere() : mediaResponse(file, range)
  }
  // `protocol.handle` would load Node's whole HTTP library with the first picture: docs/decisions/0004.
  // oxlint-disable-next-line typescript/no-deprecated
  protocol.registerStreamProtocol('media', ({ url, headers }, answer) => {
    respond(url, headers['Range'] ?? null).then(answer, () => answer(notThere()))
  })
}
