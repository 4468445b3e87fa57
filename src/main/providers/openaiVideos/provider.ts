import { err, ok, type Result } from '../../../shared/domain/result.ts'
import type { JobError } from '../../../shared/domain/errors.ts'
import type { RouteRequest } from '../../../shared/domain/generation.ts'
import type { Operation } from '../../../shared/domain/job.ts'
import type { JsonObject } from '../../../shared/domain/json.ts'
import type {
  CallContext,
  CancelOutcome,
  CheckOutcome,
  FindQuery,
  FoundOperation,
  KeyStatus,
  PrepareCall,
  ProviderTarget,
  ProviderTraits,
  VideoProvider,
  WireRequest,
} from '../spec.ts'
import { jsonOf } from '../http/answers.ts'
import {
  baseOf,
  bearer,
  jsonWire,
  keyMissing,
  operationIn,
  operationOf,
  placeAll,
  readFrame,
} from '../http/callers.ts'
import { dataUri, fingerprint, isObject } from '../http/frames.ts'
import { keyTrouble, lostError, strange, troubleOf } from '../http/look.ts'
import { encodeForm, readForm, type FormPart } from '../http/multipart.ts'
import { allPages } from '../http/pages.ts'
import { cleaned, look, question, reach, sendFrozen, type Voice } from '../http/voice.ts'
import { NAME, readError } from './errors.ts'
import { createBody, createParts, describeBody, isForm, type FieldPart } from './request.ts'
import { PAGE_SIZE, readPage, readVideo, readVideoId } from './response.ts'
import { dialectOf, PRESETS, type Dialect } from './settings.ts'

const DEFAULT_BASE = 'https://api.openai.com/v1'

const TRAITS: ProviderTraits = {
  idempotency: 'none',
  paid: true,
  currency: 'USD',
  lane: { concurrency: 4, createsPerMinute: null },
  pollFloorMs: 1_000,
  charges: { failed: 'unknown', cancelled: 'unknown' },
  keyVariable: 'OPENAI_API_KEY',
  keyOptional: true,
  baseUrls: [{ name: 'base', variable: 'OPENAI_BASE_URL', default: DEFAULT_BASE }],
}
const voice: Voice = { name: NAME, readError, keyHeaders: bearer }
const readCreated = operationIn(readVideoId)

/** The OpenAI Videos format, spoken by vLLM-Omni, SGLang, LiteLLM and gateways; OpenAI's own has ended. */
export function createOpenaiVideos(): VideoProvider {
  return {
    id: 'openai-videos',
    name: NAME,
    traits: TRAITS,
    describe: (request, target) => ({
      method: 'POST',
      url: videosUrl(target),
      body: describeBody(request, dialectOf(target.settings) ?? PRESETS.openai),
    }),
    prepare,
    submit: (wire, call) => sendFrozen(voice, { wire, call, readAccepted: readCreated }),
    check,
    cancel,
    findSubmitted,
    operationFromId: operationOf,
    keyHeaders: bearer,
    verifyKey,
  }
}

const videosUrl = (target: Pick<ProviderTarget, 'baseUrls'>): string =>
  `${baseOf(target, 'base')}/videos`
const videoUrl = ({ id }: Operation, call: CallContext): string =>
  `${videosUrl(call)}/${encodeURIComponent(id)}`

async function prepare(
  request: RouteRequest,
  call: PrepareCall,
): Promise<Result<WireRequest, JobError>> {
  // A server of one's own may need no key.
  if (call.apiKey === null && baseOf(call, 'base') === DEFAULT_BASE)
    return err(keyMissing(NAME, 'OPENAI_API_KEY'))
  const dialect = dialectOf(call.settings)
  if (dialect === null) {
    const message =
      'The settings of this provider cannot be read. Choose a preset there, then retry.'
    return err({ kind: 'invalidRequest', code: 'SETTINGS_INVALID', message })
  }
  const print = fingerprint('openai-videos', call.credential, request)
  if (isForm(dialect, request)) return prepareForm(request, { call, dialect, print })
  const fields = await placeAll(request, call, (frame, bytes) => ok(dataUri(frame, bytes)))
  if (!fields.ok) return fields
  const body = createBody(request.endpoint, fields.value, dialect)
  return ok(jsonWire({ url: videosUrl(call), body, fingerprint: print }))
}

async function prepareForm(
  request: RouteRequest,
  { call, dialect, print }: { call: PrepareCall; dialect: Dialect; print: string },
): Promise<Result<WireRequest, JobError>> {
  const parts: FormPart[] = []
  for (const part of createParts(request, dialect)) {
    const read = await formPart(part, call)
    if (!read.ok) return read
    parts.push(read.value)
  }
  const { contentType, body } = encodeForm(parts)
  const headers = { 'content-type': contentType, accept: 'application/json' }
  return ok({ version: 1, method: 'POST', url: videosUrl(call), headers, body, fingerprint: print })
}

async function formPart(part: FieldPart, call: PrepareCall): Promise<Result<FormPart, JobError>> {
  if ('text' in part) return ok(part)
  const bytes = await readFrame(part.frame, call)
  if (!bytes.ok) return bytes
  const { name, contentType } = part.frame
  return ok({ name: part.name, fileName: name, contentType, bytes: bytes.value })
}

async function check(operation: Operation, call: CallContext): Promise<CheckOutcome> {
  const url = videoUrl(operation, call)
  const video = await look(voice, call, { url })
  if (video.ok) return cleaned(readVideo(video.value, `${url}/content`) ?? strange(NAME), call)
  return video.error
}

/** DELETE also deletes finished clips: it is sent only where it cancels, and never to a finished one. */
async function cancel(operation: Operation, call: CallContext): Promise<CancelOutcome> {
  if (dialectOf(call.settings)?.cancel !== 'delete') return { kind: 'unsupported' }
  const state = await check(operation, call)
  if (state.kind === 'unreachable') return { kind: 'unreachable', error: state.error }
  if (state.kind !== 'queued' && state.kind !== 'running') return { kind: 'tooLate' }
  const reply = await reach(voice, call, { method: 'DELETE', url: videoUrl(operation, call) })
  if (reply.kind === 'lost') return { kind: 'unreachable', error: lostError(reply, NAME) }
  if (reply.status < 200 || reply.status > 299)
    return { kind: 'unreachable', error: troubleOf(reply, { ...voice, call }).error }
  return { kind: 'requested', note: 'The server stops the render as soon as it can.' }
}

async function findSubmitted(
  { wire, sinceMs }: FindQuery,
  call: CallContext,
): Promise<Result<readonly FoundOperation[], JobError>> {
  const sent = sentFields(wire)
  return allPages(async (after) => {
    const query = new URLSearchParams({
      limit: String(PAGE_SIZE),
      order: 'desc',
      ...(after === null ? {} : { after }),
    })
    const answer = await question(voice, call, { url: `${videosUrl(call)}?${query.toString()}` })
    if (!answer.ok) return answer
    const page = readPage(answer.value, { sent, sinceMs })
    return page === null ? err(strange(NAME).error) : ok(page)
  })
}

function sentFields({ headers, body }: WireRequest): JsonObject {
  const form = readForm({ contentType: headers['content-type'] ?? '', body })
  if (form !== null) return form
  const json = jsonOf({ body })
  return isObject(json) ? json : {}
}

/** The list costs nothing. A server without one cannot check keys, and says so by 404 or 405. */
async function verifyKey(call: CallContext): Promise<KeyStatus> {
  const reply = await reach(voice, call, { url: `${videosUrl(call)}?limit=1` })
  if (reply.kind === 'lost') return { kind: 'unreachable', error: lostError(reply, NAME) }
  if (reply.status === 200) return { kind: 'valid', detail: 'The server answers' }
  if (reply.status === 404 || reply.status === 405)
    return { kind: 'valid', detail: 'The server answers; it lists no videos' }
  return keyTrouble(troubleOf(reply, { ...voice, call }).error)
}
