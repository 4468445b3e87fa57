import { isRecord, jsonBody } from './bodies.ts'
import type { Asked, Order, Protocol, Reply, Room } from './protocol.ts'
import { statusOf, type Render } from './renders.ts'
import { startServer, type ServerOptions } from './base.ts'
import type { ServerControl } from './types.ts'

const BASE = '/openai/v1'
const API = '/v1'

/** Codes by status, as documented (facts page, section 1). */
const CODES: Readonly<Record<number, string>> = {
  400: 'INVALID_REQUEST',
  401: 'AUTHENTICATION_FAILED',
  402: 'INSUFFICIENT_BALANCE',
  404: 'MODEL_NOT_FOUND',
  429: 'RATE_LIMITED',
  502: 'ALL_PROVIDERS_EXHAUSTED',
}

function fail(
  status: number,
  message: string,
  code = CODES[status] ?? (status < 500 ? 'INVALID_REQUEST' : 'INTERNAL_ERROR'),
): Reply {
  return {
    status,
    json: { error: { message, type: status < 500 ? 'invalid_request_error' : 'api_error', code } },
  }
}

const protocol: Protocol = {
  name: 'lumenfall',
  bases: { LUMENFALL_BASE_URL: BASE, LUMENFALL_API_URL: API },
  kindOf({ method, path, query }, { ignoresDryRun }) {
    if (path === `${BASE}/videos`) {
      const isQuestion = query.get('dryRun') === 'true' && !ignoresDryRun
      return method === 'POST' && !isQuestion ? 'create' : 'other'
    }
    if (path.startsWith(`${BASE}/videos/`)) return method === 'DELETE' ? 'cancel' : 'look'
    return path === `${BASE}/models` ? 'list' : 'other'
  },
  refuseKey({ headers }, { badKeys }) {
    const key = /^Bearer (\S+)$/.exec(headers['authorization'] ?? '')?.[1]
    return key === undefined || badKeys.includes(key)
      ? fail(401, 'Invalid API key provided.')
      : null
  },
  order,
  taken: (render, room, isReplay) => ({
    status: isReplay ? 200 : 202,
    json: videoOf(render, room),
  }),
  handle,
  envelope: (status) => fail(status, `A fault with status ${status}.`),
}

function order(asked: Asked): Order | Reply {
  const body = jsonBody(asked)
  if (body === null) return fail(400, 'The body is not JSON.')
  const { model, prompt, idempotency_key: key } = body
  if (typeof model !== 'string' || typeof prompt !== 'string' || prompt === '')
    return fail(400, 'model and prompt are required.')
  if (/(^|\/)no-such-/.test(model)) return fail(404, `The model ${model} does not exist.`)
  const wrong = wrongField(body)
  if (wrong !== null) return fail(400, `Invalid value for ${wrong}.`)
  return { input: body, idempotencyKey: typeof key === 'string' ? key : null }
}

/** Known fields must have their documented types; anything else is passed through. */
function wrongField(body: Record<string, unknown>): string | null {
  const rules: Readonly<Record<string, (value: unknown) => boolean>> = {
    seconds: (value) =>
      (typeof value === 'number' && value > 0) ||
      (typeof value === 'string' && /^\d+(\.\d+)?$/.test(value)),
    duration: (value) => typeof value === 'number' || typeof value === 'string',
    size: (value) => typeof value === 'string' && /^\d+(x|:)\d+$/.test(value),
    aspect_ratio: (value) => typeof value === 'string' && /^\d+:\d+$/.test(value),
    resolution: (value) => typeof value === 'string',
    n: (value) => value === 1,
    negative_prompt: (value) => typeof value === 'string',
    input_reference: (value) =>
      Array.isArray(value) ? value.length > 0 && value.every(isReference) : isReference(value),
    idempotency_key: (value) =>
      typeof value === 'string' && value.length > 0 && value.length <= 256,
    webhook_url: (value) => typeof value === 'string' && value.startsWith('https://'),
    user: (value) => typeof value === 'string',
  }
  return Object.keys(body).find((name) => rules[name]?.(body[name]) === false) ?? null
}

const isReference = (value: unknown): boolean =>
  isRecord(value) &&
  typeof value['image_url'] === 'string' &&
  /^(https:\/\/|data:image\/[a-z]+;base64,)/.test(value['image_url'])

function handle(asked: Asked, room: Room): Reply {
  const { method, path } = asked
  if (path === `${BASE}/videos` && asked.query.get('dryRun') === 'true')
    return estimate(asked, room)
  if (path === `${BASE}/models`)
    return {
      status: 200,
      json: { object: 'list', data: MODELS.map((id) => ({ id, object: 'model' })) },
    }
  if (path === `${API}/balance`) {
    return {
      status: 200,
      json: {
        object: 'balance',
        billing_type: 'prepaid',
        available: { amount: 12.5, currency: 'usd' },
      },
    }
  }
  const id = new RegExp(`^${BASE}/videos/([^/]+)$`).exec(path)?.[1]
  const render = id === undefined ? undefined : room.find(decodeURIComponent(id))
  if (render === undefined) return fail(404, 'Not found.', 'NOT_FOUND')
  if (method === 'DELETE') {
    room.cancel(render)
    return { status: 204 }
  }
  return method === 'GET'
    ? { status: 200, json: videoOf(render, room) }
    : fail(405, 'Method not allowed.')
}

function estimate(asked: Asked, { settings }: Room): Reply {
  const ordered = order(asked)
  if ('status' in ordered) return ordered
  const input = ordered.input as Record<string, unknown>
  return {
    status: 200,
    json: {
      estimated: true,
      model: input['model'],
      provider: 'fal',
      total_cost_micros: settings.costMicros,
      currency: 'USD',
      components: [],
    },
  }
}

const MODELS = [
  'kling-v3',
  'wan-2.6',
  'seedance-2.0',
  'veo-3.1-fast',
  'veo-3.1-lite',
  'p-video',
  'grok-imagine-video',
  'pixverse-v5.6',
  'sora-2',
  'sora-2-pro',
]

function videoOf(render: Render, room: Room): unknown {
  const input = render.input as Record<string, unknown>
  const status = statusOf(render, room.now)
  const isDone = status === 'succeeded'
  const usd = render.costMicros / 1_000_000
  const [url] = room.fileUrls(render)
  const { linkLifeMs } = room.settings
  const fault = render.outcome.kind === 'fail' ? render.outcome : null
  return {
    id: render.id,
    object: 'video',
    created_at: Math.floor(render.createdAt / 1000),
    completed_at: isDone ? Math.floor(render.readyAt / 1000) : null,
    expires_at: isDone ? Math.floor((room.now + (linkLifeMs ?? 3_600_000)) / 1000) : null,
    status: {
      queued: 'queued',
      running: 'in_progress',
      succeeded: 'completed',
      failed: 'failed',
      cancelled: 'cancelled',
      aborted: 'cancelled',
    }[status],
    model: input['model'],
    prompt: input['prompt'],
    seconds: (input['seconds'] as string | number | undefined)?.toString() ?? '4',
    size: input['size'] ?? '1280x720',
    output: isDone ? { url, content_type: 'video/mp4', size_bytes: room.fileBytes(render) } : null,
    error:
      status === 'failed'
        ? {
            code: fault?.code ?? 'UPSTREAM_ERROR',
            message: fault?.message ?? 'The upstream failed.',
          }
        : null,
    metadata: {
      model: input['model'],
      executed_model: input['model'],
      provider: 'fal',
      provider_name: 'fal.ai',
      upstream_id: `up-${render.id}`,
      ...(isDone ? { cost: usd } : { cost_estimate: usd }),
      cost_currency: 'USD',
    },
  }
}

/** Lumenfall's double: facts page, section 1. */
export const startLumenfall = (options?: ServerOptions): Promise<ServerControl> =>
  startServer(protocol, options)
