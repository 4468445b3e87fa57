import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { byteRange } from './byteRange.ts'

export interface MediaFile {
  readonly path: string
  readonly contentType: string
}

/** As Electron takes it. */
export interface MediaResponse {
  readonly statusCode: number
  readonly headers: Record<string, string>
  /** Destroyed by who stops reading half way. */
  readonly data: Readable
}

/** Bytes under one name never change, but a file can be replaced by hand: keep it a moment only. */
const CACHE = 'private, max-age=60'
const CHUNK_BYTES = 256 * 1024

/** A file, or the part of it that was asked for. 404 when it cannot be opened. */
export async function mediaResponse(
  { path, contentType }: MediaFile,
  range: string | null,
): Promise<MediaResponse> {
  const file = await open(path, 'r').catch(() => null)
  const stat = await file?.stat().catch(() => null)
  if (file === null || !stat?.isFile()) {
    await file?.close()
    return notThere()
  }
  const answer = byteRange(range, stat.size)
  const headers: Record<string, string> = {
    'Accept-Ranges': 'bytes',
    'Cache-Control': CACHE,
    'Content-Type': contentType,
    'X-Content-Type-Options': 'nosniff',
    // The page may read pixels of its own media: a frame out of a take, a waveform.
    'Access-Control-Allow-Origin': '*',
  }
  if (answer.status === 416) headers['Content-Range'] = `bytes */${stat.size}`
  if (answer.status === 416 || stat.size === 0) {
    await file.close()
    return { statusCode: answer.status, headers, data: Readable.from([]) }
  }
  const { start, end } = answer.status === 206 ? answer : { start: 0, end: stat.size - 1 }
  headers['Content-Length'] = String(end - start + 1)
  if (answer.status === 206) headers['Content-Range'] = `bytes ${start}-${end}/${stat.size}`
  // A file that became shorter meanwhile ends early: the player sees a short answer, not a hang.
  const data = file.createReadStream({ start, end, highWaterMark: CHUNK_BYTES })
  return { statusCode: answer.status, headers, data }
}

/** The id is unknown, or its file is gone. */
export const notThere = (): MediaResponse => ({
  statusCode: 404,
  headers: { 'Content-Type': 'text/plain' },
  data: Readable.from(['Not here.']),
})
