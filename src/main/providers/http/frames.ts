import { createHash } from 'node:crypto'
import type { FrameFit } from '../../../shared/domain/frameFit.ts'
import type { FileFrame, FrameSource, RouteRequest } from '../../../shared/domain/generation.ts'
import type { Json, JsonObject } from '../../../shared/domain/json.ts'

/** Puts something in the place of every `{ "$frame": index }` of a value. Pure. */
export function placeFrames(value: Json, placed: readonly Json[]): Json {
  const index = frameIndex(value)
  if (index !== null) return placed[index] ?? null
  if (isList(value)) return value.map((entry) => placeFrames(entry, placed))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, placeFrames(entry, placed)]),
  )
}

/** The index of a placeholder; null when the value is something else. */
export function frameIndex(value: Json): number | null {
  const index = isObject(value) ? value['$frame'] : undefined
  return typeof index === 'number' ? index : null
}

/** A frame as `plan` shows it: files by digest, links as they are. */
export function describeFrame(frame: FrameSource): Json {
  if (frame.kind === 'url') return frame.url
  const { name, sha256, bytes, fit, original } = frame
  return {
    file: name,
    sha256,
    bytes,
    ...(fit === undefined ? {} : { fit: fitWords(fit) }),
    ...(original === undefined ? {} : { madeFrom: original.sha256, fit: fitWords(original.fit) }),
  }
}

/** `crop to 1280x720 image/jpeg` */
const fitWords = ({ how, width, height, contentType }: FrameFit): string =>
  `${how} to ${width}x${height} ${contentType}`

/** Fields as `plan` shows them: data URIs that a person wrote shortened, keys hidden. */
export function describeFields({ fields, frames }: RouteRequest): JsonObject {
  return shorten(placeFrames(fields, frames.map(describeFrame))) as JsonObject
}

function shorten(value: Json): Json {
  if (typeof value === 'string' && value.startsWith('data:')) {
    return { file: 'data URI', sha256: sha256(value), bytes: value.length }
  }
  if (isList(value)) return value.map(shorten)
  if (!isObject(value)) return value
  const entries = Object.entries(value)
  return Object.fromEntries(entries.map(([name, entry]) => [name, hide(name, entry)]))
}

/** Some models take a key of another service as a field (`openai_api_key`); it is sent, never shown. */
export const hide = (name: string, value: Json): Json =>
  /(api_?key|secret|token|password)$/i.test(name) ? '[key]' : shorten(value)

export function dataUri({ contentType }: FileFrame, bytes: Uint8Array): string {
  return `data:${contentType};base64,${Buffer.from(bytes).toString('base64')}`
}

/**
 * Digest of who is asked for what: the same request twice has the same fingerprint, whatever its
 * frames became on the wire and under whichever idempotency key it went.
 */
export function fingerprint(provider: string, credential: string, request: RouteRequest): string {
  const frames = request.frames.map(printOf)
  const { endpoint, fields } = request
  return sha256(JSON.stringify(sorted([provider, credential, endpoint, fields, frames])))
}

/** By the picture that was brought in, so that its fit may be carried out before or after. */
function printOf(frame: FrameSource): string {
  if (frame.kind === 'url') return frame.url
  const { sha256, fit } = frame.original ?? frame
  return fit === undefined ? sha256 : `${sha256} ${fitText(fit)}`
}

const fitText = ({ how, width, height, contentType, maxBytes, focus }: FrameFit): string =>
  [how, width, height, contentType, maxBytes ?? '', focus?.x ?? '', focus?.y ?? ''].join(' ')

/** The same value with all names in order, so that equal values have equal texts. */
export function sorted(value: Json): Json {
  if (isList(value)) return value.map(sorted)
  if (!isObject(value)) return value
  const names = Object.keys(value).toSorted()
  return Object.fromEntries(names.map((name) => [name, sorted(value[name] ?? null)]))
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)
export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
