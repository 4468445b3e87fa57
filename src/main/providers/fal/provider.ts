import { z } from 'zod'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import type { JobError } from '../../../shared/domain/errors.ts'
import type { RouteRequest } from '../../../shared/domain/generation.ts'
import type { Operation } from '../../../shared/domain/job.ts'
import type { JsonObject } from '../../../shared/domain/json.ts'
import type { Money } from '../../../shared/domain/money.ts'
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
import { baseOf, jsonWire, keyMissing, placeAll } from '../http/callers.ts'
import { dataUri, describeFields, fingerprint, isObject } from '../http/frames.ts'
import { soft } from '../http/lenient.ts'
import { keyTrouble, lostError, readLook, strange, troubleOf } from '../http/look.ts'
import { allPages } from '../http/pages.ts'
import type { HttpAnswer } from '../http/port.ts'
import { createUploadCache, type UploadCache } from '../http/uploads.ts'
import { ontoOrigin } from '../http/urlRules.ts'
import { cleaned, look, question, reach, sendFrozen, type Voice } from '../http/voice.ts'
import { createBills, type Bills } from './bills.ts'
import { NAME, readError } from './errors.ts'
import { createHeaders, createUrl, requestUrl, settingsOf } from './request.ts'
import {
  readCreated,
  readEstimate,
  readFailure,
  readPage,
  readResult,
  readStatus,
  unitsOf,
} from './response.ts'
import { uploadFrame } from './upload.ts'

const DEFAULTS = {
  queue: 'https://queue.fal.run',
  rest: 'https://rest.fal.ai',
  api: 'https://api.fal.ai/v1',
}

const TRAITS: ProviderTraits = {
  idempotency: 'none',
  paid: true,
  currency: 'USD',
  // Accounts run 2 to 40 at once; what is above waits in fal's queue and is never refused for it.
  lane: { concurrency: 10, createsPerMinute: null },
  pollFloorMs: 1_000,
  charges: { failed: 'unknown', cancelled: 'unknown' },
  billingFacts: [
    {
      words: 'A failure on fal’s own side (5xx) is not billed.',
      source: 'docs.fal.ai/model-apis/model-endpoints/reliability',
      checkedOn: '2026-11-22',
    },
  ],
  priceQuestions: 'free',
  keyVariable: 'FAL_KEY',
  baseUrls: [
    { name: 'queue', variable: 'FAL_QUEUE_URL', default: DEFAULTS.queue },
    { name: 'rest', variable: 'FAL_REST_URL', default: DEFAULTS.rest },
    { name: 'api', variable: 'FAL_API_URL', default: DEFAULTS.api },
  ],
}
const voice: Voice = {
  name: NAME,
  readError,
  keyHeaders: (apiKey) => ({ authorization: `Key ${apiKey}` }),
}

/** The three URLs are fal's own words; a request that was adopted from the list has only its endpoint. */
const dataSchema = z.object({
  endpoint: soft(z.string()),
  statusUrl: soft(z.string()),
  responseUrl: soft(z.string()),
  cancelUrl: soft(z.string()),
})
const UPLOAD_KEPT_MS = 6 * 3_600_000

/** fal's queue. */
export function createFal(): VideoProvider {
  const uploads = createUploadCache(UPLOAD_KEPT_MS)
  const bills = createBills(voice)
  return {
    id: 'fal',
    name: NAME,
    traits: TRAITS,
    describe: (request, target) => ({
      method: 'POST',
      url: createUrl(baseOf(target, 'queue'), request.endpoint),
      body: describeFields(request),
    }),
    prepare: (request, call) => prepare(request, { call, uploads }),
    submit: (wire, call) =>
      sendFrozen(voice, {
        wire,
        call,
        readAccepted: (answer) => operationIn(answer, { wire, queue: baseOf(call, 'queue') }),
      }),
    check: (operation, call) => check(operation, call, bills),
    cancel,
    findSubmitted,
    operationFromId: (id, { endpoint }) => ({ id, version: 1, data: { endpoint } }),
    estimate,
    verifyKey,
  }
}

async function prepare(
  request: RouteRequest,
  { call, uploads }: { call: PrepareCall; uploads: UploadCache },
): Promise<Result<WireRequest, JobError>> {
  if (call.apiKey === null) return err(keyMissing(NAME, 'FAL_KEY'))
  const settings = settingsOf(call.settings)
  if (settings === null) {
    const message = 'The settings of fal cannot be read. Open them, correct them, then retry.'
    return err({ kind: 'invalidRequest', code: 'SETTINGS_INVALID', message })
  }
  const [queue, rest] = [baseOf(call, 'queue'), baseOf(call, 'rest')]
  // A queue of one's own with fal's storage would mix two accounts: frames then go inside the body.
  const isInline = queue !== DEFAULTS.queue && rest === DEFAULTS.rest
  const fields = await placeAll(request, call, (frame, bytes) =>
    isInline
      ? ok(dataUri(frame, bytes))
      : uploads.once(`${call.credential}\n${rest}\n${frame.sha256}`, call.now(), () =>
          uploadFrame({ frame, bytes, settings, voice }, call),
        ),
  )
  if (!fields.ok) return fields
  const url = createUrl(queue, request.endpoint)
  return ok(
    jsonWire({
      url,
      body: fields.value,
      headers: createHeaders(settings),
      fingerprint: fingerprint('fal', call.credential, request),
    }),
  )
}

function operationIn(
  answer: HttpAnswer,
  { wire, queue }: { wire: WireRequest; queue: string },
): Operation | null {
  const created = readCreated(jsonOf(answer))
  if (created === null) return null
  const endpoint = wire.url.startsWith(`${queue}/`)
    ? wire.url.slice(queue.length + 1)
    : new URL(wire.url).pathname.slice(1)
  const data: Record<string, string> = { endpoint: decodeURIComponent(endpoint) }
  if (created.status_url !== undefined) data['statusUrl'] = created.status_url
  if (created.response_url !== undefined) data['responseUrl'] = created.response_url
  if (created.cancel_url !== undefined) data['cancelUrl'] = created.cancel_url
  return { id: created.request_id, version: 1, data }
}

/** fal's own URLs, but only ever at the configured queue: the key goes nowhere else. */
function urlsOf({ id, data }: Operation, call: CallContext) {
  const queue = baseOf(call, 'queue')
  const known = dataSchema.safeParse(data).data
  const built = requestUrl(queue, known?.endpoint ?? '', id)
  const own = (answered: string | undefined, fallback: string): string =>
    (answered === undefined ? null : ontoOrigin(answered, queue)) ?? fallback
  return {
    status: own(known?.statusUrl, `${built}/status`),
    response: own(known?.responseUrl, built),
    cancel: own(known?.cancelUrl, `${built}/cancel`),
  }
}

async function check(operation: Operation, call: CallContext, bills: Bills): Promise<CheckOutcome> {
  const urls = urlsOf(operation, call)
  const answer = await look(voice, call, { url: urls.status })
  if (!answer.ok) return answer.error
  const status = readStatus(answer.value) ?? strange(NAME)
  if (status !== 'completed') return status
  const outcome = await result(urls.response, call)
  const isOver =
    outcome.kind === 'succeeded' || outcome.kind === 'failed' || outcome.kind === 'cancelled'
  if (!isOver || outcome.cost !== undefined) return outcome
  const cost = await bills(operation.id, call)
  return cost === undefined ? outcome : { ...outcome, cost }
}

/** COMPLETED covers failures too: only this call tells them apart. */
async function result(url: string, call: CallContext): Promise<CheckOutcome> {
  const reply = await reach(voice, call, { url })
  const failure = reply.kind === 'answer' ? readFailure(reply, readError(reply) !== null) : null
  if (failure !== null) return cleaned(failure, call)
  const answer = readLook(reply, { ...voice, call })
  return answer.ok ? readResult(answer.value) : answer.error
}

async function cancel(operation: Operation, call: CallContext): Promise<CancelOutcome> {
  const reply = await reach(voice, call, { method: 'PUT', url: urlsOf(operation, call).cancel })
  if (reply.kind === 'lost') return { kind: 'unreachable', error: lostError(reply, NAME) }
  const json = jsonOf(reply)
  const status = isObject(json) ? json['status'] : undefined
  if (status === 'ALREADY_COMPLETED' || status === 'NOT_FOUND') return { kind: 'tooLate' }
  if (reply.status >= 200 && reply.status < 300) {
    return {
      kind: 'requested',
      note: 'fal drops what still waits, unbilled. What is being rendered may go on and be billed.',
    }
  }
  return { kind: 'unreachable', error: troubleOf(reply, { ...voice, call }).error }
}

async function findSubmitted(
  { endpoint, sinceMs, wire }: FindQuery,
  call: CallContext,
): Promise<Result<readonly FoundOperation[], JobError>> {
  const json = jsonOf(wire)
  const sent: JsonObject = isObject(json) ? json : {}
  return allPages(async (cursor) => {
    const query = new URLSearchParams({
      endpoint_id: endpoint,
      start: new Date(sinceMs).toISOString(),
      expand: 'payloads',
      limit: '100',
    })
    if (cursor !== null) query.set('cursor', cursor)
    const answer = await question(voice, call, {
      url: `${baseOf(call, 'api')}/models/requests/by-endpoint?${query.toString()}`,
    })
    if (!answer.ok) return answer
    const page = readPage(answer.value, { sent, endpoint })
    return page === null ? err(strange(NAME).error) : ok(page)
  })
}

/** By the unit of the endpoint's price where it can be counted, else by what a call cost so far. */
async function estimate(
  request: RouteRequest,
  call: CallContext,
): Promise<Result<Money, JobError>> {
  const { endpoint } = request
  const pricing = `${baseOf(call, 'api')}/models/pricing`
  const price = await question(voice, call, {
    url: `${pricing}?endpoint_id=${encodeURIComponent(endpoint)}`,
  })
  if (!price.ok) return price
  const units = unitsOf(price.value, { endpoint, seconds: request.expect.durationSeconds })
  const body =
    units === null
      ? { estimate_type: 'historical_api_price', endpoints: { [endpoint]: { call_quantity: 1 } } }
      : { estimate_type: 'unit_price', endpoints: { [endpoint]: { unit_quantity: units } } }
  const headers = { 'content-type': 'application/json' }
  const answer = await question(voice, call, {
    method: 'POST',
    url: `${pricing}/estimate`,
    headers,
    body: Buffer.from(JSON.stringify(body)),
  })
  if (!answer.ok) return answer
  const money = readEstimate(answer.value)
  return money === null ? err(strange(NAME).error) : ok(money)
}

/** A price needs a key and costs nothing. */
async function verifyKey(call: CallContext): Promise<KeyStatus> {
  const answer = await question(voice, call, {
    url: `${baseOf(call, 'api')}/models/pricing?endpoint_id=fal-ai%2Fveo3.1`,
  })
  if (answer.ok) return { kind: 'valid', detail: 'The key works' }
  return keyTrouble(answer.error)
}
