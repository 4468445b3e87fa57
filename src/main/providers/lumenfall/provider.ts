import { createHash } from 'node:crypto'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import type { JobError } from '../../../shared/domain/errors.ts'
import type { RouteRequest } from '../../../shared/domain/generation.ts'
import type { Operation } from '../../../shared/domain/job.ts'
import type { Money } from '../../../shared/domain/money.ts'
import type {
  CallContext,
  CancelOutcome,
  CheckOutcome,
  EstimateCall,
  KeyStatus,
  ProviderTarget,
  ProviderTraits,
  VideoProvider,
} from '../spec.ts'
import { jsonOf } from '../http/answers.ts'
import {
  baseOf,
  bearer,
  jsonWire,
  keyMissing,
  operationIn,
  operationOf,
  originOf,
  placeAll,
} from '../http/callers.ts'
import { dataUri, describeFields, fingerprint } from '../http/frames.ts'
import { keyTrouble, lostError, strange, troubleOf } from '../http/look.ts'
import type { HttpAnswer } from '../http/port.ts'
import { cleaned, look, question, reach, sendFrozen, type Voice } from '../http/voice.ts'
import { NAME, readError } from './errors.ts'
import { createBody } from './request.ts'
import { readBalance, readEstimate, readModels, readVideo, readVideoId } from './response.ts'

const DEFAULT_BASE = 'https://api.lumenfall.ai/openai/v1'
const DEFAULT_API = 'https://api.lumenfall.ai/v1'

const TRAITS: ProviderTraits = {
  idempotency: 'key',
  paid: true,
  currency: 'USD',
  lane: { concurrency: 10, createsPerMinute: null },
  // First-party advice: 2 s, growing to 30 s.
  pollFloorMs: 2_000,
  charges: { failed: 'unknown', cancelled: 'unknown' },
  priceQuestions: 'byOptIn',
  keyVariable: 'LUMENFALL_API_KEY',
  baseUrls: [
    { name: 'base', variable: 'LUMENFALL_BASE_URL', default: DEFAULT_BASE },
    { name: 'api', variable: 'LUMENFALL_API_URL', default: DEFAULT_API },
  ],
}
const voice: Voice = { name: NAME, readError, keyHeaders: bearer }
/** 202 is a new video, 200 the one that this key made before. */
const readCreated = operationIn(readVideoId)

/** Lumenfall, a gateway to many models. It lists no videos: an unknown create is settled by its key. */
export function createLumenfall(): VideoProvider {
  return {
    id: 'lumenfall',
    name: NAME,
    traits: TRAITS,
    describe: (request, target) => ({
      method: 'POST',
      url: videosUrl(target),
      body: createBody(request.endpoint, describeFields(request)),
    }),
    async prepare(request, call) {
      if (call.apiKey === null) return err(keyMissing(NAME, 'LUMENFALL_API_KEY'))
      const fields = await placeAll(request, call, (frame, bytes) => ok(dataUri(frame, bytes)))
      if (!fields.ok) return fields
      const body = {
        ...createBody(request.endpoint, fields.value),
        idempotency_key: call.idempotencyKey,
      }
      return ok(
        jsonWire({
          url: videosUrl(call),
          body,
          fingerprint: fingerprint('lumenfall', call.credential, request),
        }),
      )
    },
    submit: (wire, call) => sendFrozen(voice, { wire, call, readAccepted: readCreated }),
    check,
    cancel,
    operationFromId: operationOf,
    estimate,
    async availableEndpoints(call) {
      const list = await question(voice, call, { url: `${baseOf(call, 'base')}/models` })
      return list.ok ? readModels(list.value) : list
    },
    verifyKey,
  }
}

const videosUrl = (target: Pick<ProviderTarget, 'baseUrls'>): string =>
  `${baseOf(target, 'base')}/videos`
const videoUrl = ({ id }: Operation, call: CallContext): string =>
  `${videosUrl(call)}/${encodeURIComponent(id)}`

async function check(operation: Operation, call: CallContext): Promise<CheckOutcome> {
  const video = await look(voice, call, { url: videoUrl(operation, call) })
  if (video.ok) return cleaned(readVideo(video.value) ?? strange(NAME), call)
  return video.error
}

/** Best effort there, and no refund is promised; 404 means that there is nothing left to cancel. */
async function cancel(operation: Operation, call: CallContext): Promise<CancelOutcome> {
  const reply = await reach(voice, call, { method: 'DELETE', url: videoUrl(operation, call) })
  if (reply.kind === 'lost') return { kind: 'unreachable', error: lostError(reply, NAME) }
  if (reply.status >= 200 && reply.status < 300) {
    return {
      kind: 'requested',
      note: 'Lumenfall stops what has not been rendered yet. What was begun may be billed.',
    }
  }
  return reply.status === 404
    ? { kind: 'tooLate' }
    : { kind: 'unreachable', error: troubleOf(reply, { ...voice, call }).error }
}

/**
 * `?dryRun=true`, only where the person allowed it and only at the default origin (money rule 21). It is
 * written down before it leaves, and goes under a key of its own: were it taken for an order, the same
 * question would bring the same video back, and no second one.
 */
async function estimate(
  request: RouteRequest,
  call: EstimateCall,
): Promise<Result<Money, JobError>> {
  const off = whyNoDryRun(call)
  if (off !== null) return err(off)
  // Frames do not change the price, and their bytes are not at hand here.
  const { input_reference: _, ...fields } = request.fields
  const asked: RouteRequest = { ...request, fields, frames: [] }
  const body = createBody(asked.endpoint, fields)
  const key = `price:${createHash('sha256').update(JSON.stringify(body)).digest('hex')}`
  const wire = jsonWire({
    url: `${videosUrl(call)}?dryRun=true`,
    body: { ...body, idempotency_key: key },
    fingerprint: fingerprint('lumenfall', call.credential, asked),
  })
  const begun = call.questions.begin({ key, wire, request: asked })
  if (!begun.ok) return begun
  let price: Money | null = null
  const readAccepted = (answer: HttpAnswer): Operation | null => {
    price = readEstimate(jsonOf(answer))
    return readCreated(answer)
  }
  const outcome = await sendFrozen(voice, { wire, call, readAccepted })
  if (outcome.kind === 'accepted') {
    call.questions.end(key, { sold: outcome.operation })
    return err(soldError(outcome.operation))
  }
  // A lost answer stays open: the next question like it shows what came of it.
  if (price !== null || outcome.kind !== 'unknown') call.questions.end(key, { sold: null })
  return price === null ? err(outcome.error) : ok(price)
}

function whyNoDryRun(call: CallContext): JobError | null {
  const refused = (code: string, message: string): JobError => ({
    kind: 'invalidRequest',
    code,
    message,
  })
  if (originOf(videosUrl(call)) !== originOf(DEFAULT_BASE))
    return refused('DRY_RUN_ELSEWHERE', 'Its dry run is asked at Lumenfall’s own address alone.')
  return call.settings['dryRun'] === true
    ? null
    : refused('DRY_RUN_OFF', 'Its dry run is off. Allow it in the settings of Lumenfall.')
}

const soldError = ({ id }: Operation): JobError => ({
  kind: 'unknown',
  code: 'DRY_RUN_SOLD',
  message: `Lumenfall took the price question for an order (${id}). The clip is bought: the queue fetches it, and no dry run is asked any more.`,
})

/** The balance where the native API is at hand; at a gateway of one's own its list of models. */
async function verifyKey(call: CallContext): Promise<KeyStatus> {
  const isOwnGateway = baseOf(call, 'base') !== DEFAULT_BASE && baseOf(call, 'api') === DEFAULT_API
  const url = isOwnGateway ? `${baseOf(call, 'base')}/models` : `${baseOf(call, 'api')}/balance`
  const answer = await question(voice, call, { url })
  if (!answer.ok) return keyTrouble(answer.error)
  return {
    kind: 'valid',
    ...(isOwnGateway ? { detail: 'The key works' } : readBalance(answer.value)),
  }
}
