import { open } from 'node:fs/promises'
import { byteRange } from './byteRange.ts'
import { fileBody } from './fileBody.ts'

export interface MediaFile {
  readonly path: string
  readonly contentType: string
}

/** Bytes under one name never change, but a file can be replaced by hand: keep it a moment only. */
const CACHE = 'private, max-age=60'

/** A file, or the part of it that was asked for. 404 when it cannot be opened. */
export async function mediaResponse(
  { path, contentType }: MediaFile,
  range: string | null,
): Promise<Response> {
  const file = await open(path, 'r').catch(() => null)
  const stat = await file?.stat().catch(() => null)
  if (file === null || !stat?.isFile()) {
    await file?.close()
    return notThere()
  }
  const answer = byteRange(range, stat.size)
  const headers = new Headers({
    'Accept-Ranges': 'bytes',
    'Cache-Control': CACHE,
    'Content-Type': contentType,
    'X-Content-Type-Options': 'nosniff',
    // The page may read pixels of its own media: a frame out of a take, a waveform.
    'Access-Control-Allow-Origin': '*',
  })
  if (answer.status === 416) {
    await file.close()
    headers.set('Content-Range', `bytes */${stat.size}`)
    return new Response(null, { status: 416, headers })
  }
  const { start, end } = answer.status === 206 ? answer : { start: 0, end: stat.size - 1 }
  headers.set('Content-Length', String(end - start + 1))
  if (answer.status === 206) headers.set('Content-Range', `bytes ${start}-${end}/${stat.size}`)
  return new Response(fileBody(file, { start, end }), { status: answer.status, headers })
}

/** The id is unknown, or its file is gone. */
export const notThere = (): Response => new Response('Not here.', { status: 404 })
