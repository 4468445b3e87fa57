import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { sha256 } from './clip.ts'
import type { FaultHow } from './types.ts'

interface FileRequest {
  readonly bytes: Uint8Array
  readonly headers: Readonly<Record<string, string>>
  readonly how: FaultHow | null
}

/** Serves a video as a CDN does: strong ETag, Range with If-Range, stated length; or as a fault wants it. */
export async function sendFile(
  response: ServerResponse,
  { bytes, headers, how }: FileRequest,
): Promise<number> {
  const etag = etagOf(bytes, how)
  const start =
    how?.kind === 'newEtag' ? null : rangeStart(headers, { etag, length: bytes.byteLength })
  const part = bytes.subarray(start ?? 0)
  const range =
    start === null
      ? {}
      : { 'content-range': `bytes ${start}-${bytes.byteLength - 1}/${bytes.byteLength}` }
  const head = { 'content-type': 'video/mp4', 'accept-ranges': 'bytes', etag, ...range }
  const status = start === null ? 200 : 206
  switch (how?.kind) {
    case 'truncate':
      response.writeHead(
        status,
        how.chunked === true ? head : { ...head, 'content-length': part.byteLength },
      )
      response.write(part.subarray(0, Math.floor(part.byteLength / 2)), () => response.destroy())
      return status
    case 'wrongLength':
      return end(response, { status, head, part: part.subarray(0, part.byteLength - 100) })
    case 'empty':
      return end(response, { status: 200, head, part: new Uint8Array() })
    case 'redirect':
      response.writeHead(302, { location: how.to, 'content-length': 0 })
      response.end()
      return 302
    case 'stall':
      response.writeHead(status, { ...head, 'content-length': part.byteLength })
      response.write(part.subarray(0, 1024))
      return status
    case 'throttle':
      response.writeHead(status, { ...head, 'content-length': part.byteLength })
      await throttled(response, part, how.bytesPerSecond)
      return status
    default:
      return end(response, { status, head, part })
  }
}

function end(
  response: ServerResponse,
  { status, head, part }: { status: number; head: Record<string, string>; part: Uint8Array },
): number {
  response.writeHead(status, { ...head, 'content-length': part.byteLength })
  response.end(part)
  return status
}

function etagOf(bytes: Uint8Array, how: FaultHow | null): string {
  const tag = `"${sha256(bytes).slice(0, 32)}"`
  if (how?.kind === 'newEtag') return `"${tag.slice(1, -1)}-2"`
  return how?.kind === 'weakEtag' ? `W/${tag}` : tag
}

/** Where to begin; null for the whole file, which is also what a stale If-Range gets. */
function rangeStart(
  headers: FileRequest['headers'],
  { etag, length }: { etag: string; length: number },
): number | null {
  const start = /^bytes=(\d+)-$/.exec(headers['range'] ?? '')?.[1]
  const condition = headers['if-range']
  if (start === undefined || (condition !== undefined && condition !== etag)) return null
  return Number(start) < length ? Number(start) : null
}

async function throttled(
  response: ServerResponse,
  part: Uint8Array,
  bytesPerSecond: number,
): Promise<void> {
  const step = Math.max(1, Math.floor(bytesPerSecond / 50))
  const began = performance.now()
  for (let at = 0; at < part.byteLength && !response.destroyed; at += step) {
    if (!response.write(part.subarray(at, at + step)))
      await new Promise((done) => response.once('drain', done))
    const due = began + ((at + step) / bytesPerSecond) * 1000
    if (due > performance.now()) await wait(due - performance.now())
  }
  response.end()
}
