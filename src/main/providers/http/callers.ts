import { err, ok, type Result } from '../../../shared/domain/result.ts'
import type { FileFrame, RouteRequest } from '../../../shared/domain/generation.ts'
import type { JobError } from '../../../shared/domain/errors.ts'
import type { Operation } from '../../../shared/domain/job.ts'
import type { Json, JsonObject } from '../../../shared/domain/json.ts'
import type { PrepareCall, ProviderTarget, WireRequest } from '../spec.ts'
import { jsonOf } from './answers.ts'
import { placeFrames } from './frames.ts'
import type { HttpAnswer } from './port.ts'

type Place = (
  frame: FileFrame,
  bytes: Uint8Array,
) => Promise<Result<Json, JobError>> | Result<Json, JobError>

export const bearer = (apiKey: string): Readonly<Record<string, string>> => ({
  authorization: `Bearer ${apiKey}`,
})

/** A configured base URL by its name in `traits.baseUrls`, without a slash at its end. */
export function baseOf({ baseUrls }: Pick<ProviderTarget, 'baseUrls'>, name: string): string {
  return (baseUrls[name] ?? '').replace(/\/+$/, '')
}

/** The fields with every frame in its place: links as they are, files as `place` makes them. */
export async function placeAll(
  request: RouteRequest,
  call: PrepareCall,
  place: Place,
): Promise<Result<JsonObject, JobError>> {
  const placed: Json[] = []
  for (const frame of request.frames) {
    const value = frame.kind === 'url' ? ok(frame.url) : await placeFile(frame, call, place)
    if (!value.ok) return value
    placed.push(value.value)
  }
  return ok(placeFrames(request.fields, placed) as JsonObject)
}

async function placeFile(
  frame: FileFrame,
  call: PrepareCall,
  place: Place,
): Promise<Result<Json, JobError>> {
  const bytes = await readFrame(frame, call)
  return bytes.ok ? place(frame, bytes.value) : bytes
}

/** The bytes of a frame, or what the person can do when they are gone. */
export async function readFrame(
  frame: FileFrame,
  call: PrepareCall,
): Promise<Result<Uint8Array, JobError>> {
  try {
    return ok(await call.readFrame(frame))
  } catch {
    const message = `The reference frame ${frame.name} cannot be read. Add it again, then retry.`
    return err({ kind: 'invalidRequest', code: 'FRAME_UNREADABLE', message })
  }
}

export interface JsonCreate {
  readonly url: string
  readonly body: JsonObject
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly fingerprint: string
}

/** A frozen JSON create. */
export function jsonWire({ url, body, headers, fingerprint }: JsonCreate): WireRequest {
  return {
    version: 1,
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: Buffer.from(JSON.stringify(body)),
    fingerprint,
  }
}

export function keyMissing(name: string, variable: string): JobError {
  const message = `${name} needs a key. Add one in the settings or set ${variable}.`
  return { kind: 'auth', code: 'NO_KEY', message }
}

/** The handle of a render where its id is all there is to it. */
export const operationOf = (id: string): Operation => ({ id, version: 1, data: {} })

/** What a create made, by the id that its answer names; null when it names none. */
export const operationIn =
  (readId: (json: Json | undefined) => string | null) =>
  (answer: HttpAnswer): Operation | null => {
    const id = readId(jsonOf(answer))
    return id === null ? null : operationOf(id)
  }

export const originOf = (url: string): string => new URL(url).origin
