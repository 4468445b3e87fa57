import { request as send, type Dispatcher } from 'undici'
import type { JobError } from '../../../shared/domain/errors.ts'
import { retryAfterMs } from './answers.ts'
import { DiskTrouble, diskError, onDisk } from './diskTrouble.ts'
import type { Dispatchers } from './dispatchers.ts'
import type { Download, DownloadOutcome, DownloadRequest } from './downloadPort.ts'
import { decideHead, type HeadDecision, type ResumePoint } from './downloadRules.ts'
import { causeOf } from './networkCause.ts'
import { createPaceFloor, TOO_SLOW, type PaceFloor } from './paceFloor.ts'
import { PartFile, readResumePoint } from './partFile.ts'
import { flatHeaders } from './readBody.ts'
import { checkAnsweredUrl, originsOf } from './urlRules.ts'

const STALL_MS = 60_000
/** Half a kilobyte a second: slower than any line that people work on, and a render waits behind it. */
const FLOOR: PaceFloor = { bytes: 64 * 1024, ms: 120_000 }
const MAX_BYTES = 4 * 1024 ** 3
/** Redirects and fresh starts of one download. */
const MAX_ROUNDS = 6

/** The real `Download` (money rule 11, architecture 9.9): see `DownloadRequest` for what it promises. */
export function createDownload(dispatchers: Dispatchers): Download {
  return async (request) => {
    try {
      return await rounds(dispatchers, request)
    } catch (error) {
      if (request.signal.aborted) return { kind: 'aborted' }
      if (error instanceof DiskTrouble) return { kind: 'disk', error: diskError(error) }
      return { kind: 'retry', error: broken(hostOfUrl(request.url), causeOf(error)) }
    }
  }
}

async function rounds(
  dispatchers: Dispatchers,
  request: DownloadRequest,
): Promise<DownloadOutcome> {
  const own = originsOf(request.baseUrls)
  let resume = await readResumePoint(request.path)
  let address = request.url
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const url = checkAnsweredUrl(address, own)
    if (!url.ok) return { kind: 'notPlayable', error: { kind: 'media', ...url.error } }
    const isOwn = own.includes(url.value.origin)
    // Each hop is opened on its own merits; keys go to the provider's own origins alone.
    const answer = await open(dispatchers, { request, url: url.value, isOwn, resume })
    const decision = decideHead(
      { status: answer.statusCode, headers: flatHeaders(answer.headers) },
      resume,
    )
    if (decision.kind === 'read') return receive(request, { url: url.value, answer, decision })
    answer.body.on('error', () => undefined).destroy()
    if (decision.kind === 'redirect' && URL.canParse(decision.location, url.value.href)) {
      address = new URL(decision.location, url.value.href).href
    } else if (decision.kind === 'startOver') {
      resume = null
    } else {
      return judged(url.value, { answer, decision })
    }
  }
  return notVideo('TOO_MANY_REDIRECTS', `${hostOfUrl(request.url)} sends the download in circles.`)
}

interface Hop {
  readonly request: DownloadRequest
  readonly url: URL
  readonly isOwn: boolean
  readonly resume: ResumePoint | null
}

async function open(
  dispatchers: Dispatchers,
  { request, url, isOwn, resume }: Hop,
): Promise<Dispatcher.ResponseData> {
  const range = resume === null ? {} : { range: `bytes=${resume.offset}-`, 'if-range': resume.etag }
  const stallMs = request.stallMs ?? STALL_MS
  return send(url, {
    dispatcher: await dispatchers.shared(url, isOwn ? null : 'publicOnly'),
    method: 'GET',
    headers: { ...(isOwn ? request.keyHeaders : {}), ...range, 'accept-encoding': 'identity' },
    signal: request.signal,
    headersTimeout: stallMs,
    bodyTimeout: stallMs,
  })
}

function judged(
  url: URL,
  { answer, decision }: { answer: Dispatcher.ResponseData; decision: HeadDecision },
): DownloadOutcome {
  const httpStatus = answer.statusCode
  if (decision.kind === 'expired') {
    const message = `The link at ${url.host} no longer works (HTTP ${httpStatus}). A new one is asked for.`
    return {
      kind: 'expired',
      error: { kind: 'unavailable', code: 'LINK_EXPIRED', message, httpStatus },
    }
  }
  if (decision.kind === 'busy') {
    const error: JobError = { ...broken(url.host, `it answers HTTP ${httpStatus}`), httpStatus }
    return {
      kind: 'retry',
      error,
      retryAfterMs: retryAfterMs(flatHeaders(answer.headers), Date.now()),
    }
  }
  const what = decision.kind === 'notVideo' ? decision.what : 'a redirect to nowhere'
  return notVideo('NOT_A_VIDEO', `${url.host} delivers ${what} instead of a video.`)
}

interface Stream {
  readonly url: URL
  readonly answer: Dispatcher.ResponseData
  readonly decision: Extract<HeadDecision, { kind: 'read' }>
}

async function receive(
  request: DownloadRequest,
  { url, answer, decision }: Stream,
): Promise<DownloadOutcome> {
  const { offset, total, etag } = decision
  const { body } = answer
  const wrong = wrongLength(request, total)
  if (wrong !== null) {
    body.on('error', () => undefined).destroy()
    return wrong
  }
  const version = etag === null || total === null ? null : { etag, total }
  const part = await onDisk(() => PartFile.open(request.path, { offset, version }))
  const isBelow = createPaceFloor(request.floor ?? FLOOR, part.bytes, () => performance.now())
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      if (part.bytes === 0 && looksLikeText(chunk))
        return await drop(
          part,
          notVideo('NOT_A_VIDEO', `${url.host} delivers a text instead of a video.`),
        )
      await onDisk(() => part.write(chunk))
      if (part.bytes > (request.maxBytes ?? MAX_BYTES)) return await drop(part, tooLarge(request))
      request.onProgress?.({ bytes: part.bytes, total })
      // Dropped only where the next try goes on from here: else a slow server would never deliver.
      if (version !== null && part.bytes < version.total && isBelow(part.bytes))
        throw Object.assign(new Error('too slow'), { code: TOO_SLOW })
    }
    return await complete(request, part, total)
  } catch (error) {
    await part.interrupt()
    throw error
  }
}

async function complete(
  request: DownloadRequest,
  part: PartFile,
  total: number | null,
): Promise<DownloadOutcome> {
  const { bytes } = part
  const wrong = wrongLength(request, bytes)
  if (wrong !== null) return drop(part, wrong)
  if (total !== null && bytes !== total) throw new Error('the connection ended early')
  const sha256 = await onDisk(() => part.finish())
  return { kind: 'whole', bytes, sha256 }
}

function wrongLength(
  { statedBytes, maxBytes }: DownloadRequest,
  bytes: number | null,
): DownloadOutcome | null {
  if (bytes === null) return null
  if (bytes === 0) return notVideo('EMPTY_FILE', 'The provider delivers an empty file.')
  if (bytes > (maxBytes ?? MAX_BYTES)) return tooLarge({ maxBytes })
  if (statedBytes === undefined || statedBytes === bytes) return null
  return notVideo(
    'WRONG_LENGTH',
    `The provider announced ${statedBytes} bytes and delivers ${bytes}.`,
  )
}

async function drop(part: PartFile, outcome: DownloadOutcome): Promise<DownloadOutcome> {
  await part.discard()
  return outcome
}

/** A page or an error text that came without a content type; no video container begins like this. */
const looksLikeText = (chunk: Uint8Array): boolean =>
  /^\s*[<{]/.test(Buffer.from(chunk.subarray(0, 64)).toString('latin1'))

const tooLarge = ({ maxBytes }: { readonly maxBytes?: number | undefined }): DownloadOutcome =>
  notVideo('TOO_LARGE', `The file is larger than ${maxBytes ?? MAX_BYTES} bytes and was not kept.`)

const notVideo = (code: string, message: string): DownloadOutcome => ({
  kind: 'notPlayable',
  error: { kind: 'media', code, message },
})

const broken = (host: string, cause: string): JobError => ({
  kind: 'unavailable',
  code: 'DOWNLOAD_BROKEN',
  message: `The download from ${host} stopped: ${cause}. It goes on by itself.`,
})

/** Never the path or the query: they may hold a signature. */
const hostOfUrl = (url: string): string => (URL.canParse(url) ? new URL(url).host : 'the provider')
