import { z } from 'zod'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import type { JobError } from '../../../shared/domain/errors.ts'
import type { FileFrame, RouteRequest } from '../../../shared/domain/generation.ts'
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
} from '../http/callers.ts'
import { dataUri, describeFields, fingerprint, isObject } from '../http/frames.ts'
import { keyTrouble, lostError, strange, troubleOf } from '../http/look.ts'
import { encodeForm } from '../http/multipart.ts'
import { allPages } from '../http/pages.ts'
import { createUploadCache, type UploadCache } from '../http/uploads.ts'
import { cleaned, look, question, reach, sendFrozen, type Voice } from '../http/voice.ts'
import { NAME, readError, waitFromError } from './errors.ts'
import { createOf, INLINE_BYTES, MAX_FILE_BYTES } from './request.ts'
import { readPage, readPrediction, readPredictionId, statusOf } from './response.ts'

const BILLING_SOURCE = 'api.replicate.com/openapi.json, Replicate HTTP API 1.0.0-a1'

const TRAITS: ProviderTraits = {
  idempotency: 'none',
  paid: true,
  currency: 'USD',
  lane: { concurrency: 10, createsPerMinute: 600 },
  pollFloorMs: 1_000,
  charges: { failed: 'unknown', cancelled: 'unknown' },
  billingFacts: [
    {
      words: 'A prediction that is stopped before it begins is not billed.',
      source: BILLING_SOURCE,
      checkedOn: '2026-11-22',
    },
    {
      words: 'One of a public model that is cancelled while it runs is billed.',
      source: BILLING_SOURCE,
      checkedOn: '2026-11-22',
    },
  ],
  keyVariable: 'REPLICATE_API_TOKEN',
  baseUrls: [
    { name: 'base', variable: 'REPLICATE_BASE_URL', default: 'https://api.replicate.com/v1' },
  ],
}
const voice: Voice = { name: NAME, readError, keyHeaders: bearer, waitFromError }
const readCreated = operationIn(readPredictionId)
const UPLOAD_MS = 60_000
/** Replicate deletes files of the API soon; a link is used again only while it surely stands. */
const UPLOAD_KEPT_MS = 20 * 60_000

/** Replicate's predictions. */
export function createReplicate(): VideoProvider {
  const uploads = createUploadCache(UPLOAD_KEPT_MS)
  return {
    id: 'replicate',
    name: NAME,
    traits: TRAITS,
    describe: (request, target) => {
      const create = createOf(baseOf(target, 'base'), request.endpoint, describeFields(request))
      return create === null ? null : { method: 'POST', ...create }
    },
    prepare: (request, call) => prepare(request, { call, uploads }),
    submit: (wire, call) => sendFrozen(voice, { wire, call, readAccepted: readCreated }),
    check,
    cancel,
    findSubmitted,
    operationFromId: operationOf,
    verifyKey,
  }
}

const predictionUrl = ({ id }: Operation, call: CallContext): string =>
  `${baseOf(call, 'base')}/predictions/${encodeURIComponent(id)}`

async function prepare(
  request: RouteRequest,
  { call, uploads }: { call: PrepareCall; uploads: UploadCache },
): Promise<Result<WireRequest, JobError>> {
  if (call.apiKey === null) return err(keyMissing(NAME, 'REPLICATE_API_TOKEN'))
  const base = baseOf(call, 'base')
  const input = await placeAll(request, call, (frame, bytes) =>
    bytes.byteLength <= INLINE_BYTES
      ? ok(dataUri(frame, bytes))
      : uploads.once(`${call.credential}\n${base}\n${frame.sha256}`, call.now(), () =>
          upload(frame, { bytes, call }),
        ),
  )
  if (!input.ok) return input
  const create = createOf(base, request.endpoint, input.value)
  if (create === null) {
    const message = `${request.endpoint} is no Replicate model. Give owner/name or version:ID.`
    return err({ kind: 'invalidRequest', code: 'ENDPOINT_INVALID', message })
  }
  return ok(
    jsonWire({ ...create, fingerprint: fingerprint('replicate', call.credential, request) }),
  )
}

/** Free: the files API. */
async function upload(
  frame: FileFrame,
  { bytes, call }: { bytes: Uint8Array; call: PrepareCall },
): Promise<Result<string, JobError>> {
  if (bytes.byteLength > MAX_FILE_BYTES) {
    const message = `The reference frame ${frame.name} is larger than 100 MB. Use a smaller one.`
    return err({ kind: 'invalidRequest', code: 'FRAME_TOO_LARGE', message })
  }
  const form = encodeForm([
    { name: 'content', fileName: frame.name, contentType: frame.contentType, bytes },
  ])
  const answer = await question(voice, call, {
    method: 'POST',
    url: `${baseOf(call, 'base')}/files`,
    headers: { 'content-type': form.contentType },
    body: form.body,
    timeoutMs: UPLOAD_MS,
  })
  if (!answer.ok) return answer
  const link = z.object({ urls: z.object({ get: z.string() }) }).safeParse(answer.value).data
    ?.urls.get
  return link === undefined ? err(strange(NAME).error) : ok(link)
}

async function check(operation: Operation, call: CallContext): Promise<CheckOutcome> {
  const prediction = await look(voice, call, { url: predictionUrl(operation, call) })
  if (prediction.ok) return cleaned(readPrediction(prediction.value) ?? strange(NAME), call)
  return prediction.error
}

async function cancel(operation: Operation, call: CallContext): Promise<CancelOutcome> {
  const reply = await reach(voice, call, {
    method: 'POST',
    url: `${predictionUrl(operation, call)}/cancel`,
  })
  if (reply.kind === 'lost') return { kind: 'unreachable', error: lostError(reply, NAME) }
  if (reply.status === 404) return { kind: 'tooLate' }
  if (reply.status < 200 || reply.status > 299)
    return { kind: 'unreachable', error: troubleOf(reply, { ...voice, call }).error }
  const isOver = ['succeeded', 'failed'].includes(statusOf(jsonOf(reply)) ?? '')
  return isOver
    ? { kind: 'tooLate' }
    : {
        kind: 'requested',
        note: 'What had not begun costs nothing. A render that was running is billed for its time.',
      }
}

async function findSubmitted(
  { endpoint, sinceMs, wire }: FindQuery,
  call: CallContext,
): Promise<Result<readonly FoundOperation[], JobError>> {
  const sent = inputOf(wire)
  const list = `${baseOf(call, 'base')}/predictions`
  const first = new URLSearchParams({ created_after: new Date(sinceMs).toISOString() })
  return allPages(async (next) => {
    // The link to the next page is theirs; only its query is taken over, so the key stays at home.
    const query = next === null ? `?${first.toString()}` : queryOf(next)
    const url = `${list}${query}`
    const answer = await question(voice, call, { url })
    if (!answer.ok) return answer
    const page = readPage(answer.value, { sent, endpoint })
    return page === null ? err(strange(NAME).error) : ok(page)
  })
}

const queryOf = (link: string): string => (URL.canParse(link) ? new URL(link).search : '')

function inputOf({ body }: WireRequest): JsonObject {
  const json = jsonOf({ body })
  const input = isObject(json) ? json['input'] : undefined
  return isObject(input) ? input : {}
}

/** The list of predictions needs a key and costs nothing. */
async function verifyKey(call: CallContext): Promise<KeyStatus> {
  const answer = await question(voice, call, { url: `${baseOf(call, 'base')}/predictions` })
  return answer.ok ? { kind: 'valid', detail: 'The key works' } : keyTrouble(answer.error)
}
