import { startServer, type ServerOptions } from './base.ts'
import { isRecord, jsonBody, pageOf } from './bodies.ts'
import { inputProblems } from './falRules.ts'
import type { Asked, Order, Protocol, Reply, Room } from './protocol.ts'
import { isOver, statusOf, type Render } from './renders.ts'
import type { ServerControl } from './types.ts'

const QUEUE = '/queue'
const REST = '/rest'
const API = '/v1'

const PLATFORM_TYPES: Readonly<Record<number, string>> = {
  400: 'bad_request',
  500: 'internal_error',
  502: 'runner_incomplete_response',
  503: 'runner_scheduling_failure',
  504: 'request_timeout',
}

/** The platform's own error; `type` goes into the body and the header. */
function fail(status: number, detail: unknown, type?: string): Reply {
  const typed = type === undefined ? {} : { error_type: type }
  return {
    status,
    json: { detail, ...typed },
    headers: type === undefined ? {} : { 'x-fal-error-type': type },
  }
}

const protocol: Protocol = {
  name: 'fal',
  bases: { FAL_QUEUE_URL: QUEUE, FAL_REST_URL: REST, FAL_API_URL: API },
  kindOf({ method, path }) {
    if (/^\/queue\/.+\/requests\/[^/]+\/status$/.test(path)) return 'look'
    if (/^\/queue\/.+\/requests\/[^/]+\/cancel$/.test(path)) return 'cancel'
    if (/^\/queue\/.+\/requests\/[^/]+$/.test(path)) return 'result'
    if (path.startsWith(`${QUEUE}/`) && method === 'POST') return 'create'
    if (path.startsWith('/_uploads/') || path.startsWith(`${REST}/`)) return 'upload'
    return path === `${API}/models/requests/by-endpoint` ? 'list' : 'other'
  },
  refuseKey({ headers }, { badKeys }) {
    const key = /^Key (\S+)$/.exec(headers['authorization'] ?? '')?.[1]
    return key === undefined || badKeys.includes(key)
      ? fail(401, 'No user found for Key ID and Secret')
      : null
  },
  order,
  taken: (render, room) => ({
    status: 200,
    json: queued(render, room),
    headers: { 'x-fal-request-id': render.id },
  }),
  handle,
  envelope: (status) =>
    fail(
      status,
      `A fault with status ${status}.`,
      status >= 500 ? PLATFORM_TYPES[status] : undefined,
    ),
}

const endpointOf = (path: string): string => decodeURIComponent(path.slice(QUEUE.length + 1))
const appOf = ({ path }: Render): string => endpointOf(path).split('/').slice(0, 2).join('/')

function order(asked: Asked, room: Room): Order | Reply {
  const endpoint = endpointOf(asked.path)
  if (endpoint.split('/').length < 2 || /\/no-such-/.test(`/${endpoint}`))
    return fail(404, `Application "${endpoint}" not found`)
  const wrongHeader = headerProblem(asked.headers)
  if (wrongHeader !== null) return fail(400, wrongHeader, 'bad_request')
  const input = jsonBody(asked)
  if (input === null)
    return fail(422, [{ loc: ['body'], msg: 'JSON decode error', type: 'json_invalid' }])
  const problems = inputProblems(endpoint, input, (url) => room.canFetch(url))
  return problems.length > 0 ? fail(422, problems) : { input, idempotencyKey: null }
}

function headerProblem(headers: Asked['headers']): string | null {
  const retry = headers['x-fal-no-retry']
  if (retry !== undefined && !['1', 'true', 'yes'].includes(retry)) return 'x-fal-no-retry'
  const wait = headers['x-fal-request-start-timeout']
  if (wait !== undefined && !(Number(wait) > 0.1)) return 'x-fal-request-start-timeout'
  const lifecycle =
    headers['x-fal-object-lifecycle-preference'] ?? headers['x-fal-object-lifecycle']
  if (lifecycle === undefined) return null
  try {
    const value: unknown = JSON.parse(lifecycle)
    return isRecord(value) && 'expiration_duration_seconds' in value
      ? null
      : 'x-fal-object-lifecycle-preference'
  } catch {
    return 'x-fal-object-lifecycle-preference'
  }
}

function queued(render: Render, room: Room): Record<string, unknown> {
  const url = `${room.origin}${QUEUE}/${appOf(render)}/requests/${render.id}`
  return {
    status: 'IN_QUEUE',
    request_id: render.id,
    response_url: url,
    status_url: `${url}/status`,
    cancel_url: `${url}/cancel`,
    queue_position: 0,
  }
}

function handle(asked: Asked, room: Room): Reply {
  const { method, path } = asked
  if (path === `${REST}/storage/upload/initiate` && method === 'POST') return initiate(asked, room)
  if (path === `${API}/models/requests/by-endpoint`) return listOf(asked, room)
  if (path === `${API}/models/pricing`) return prices(asked)
  if (path === `${API}/models/billing-events`) return bills(asked, room)
  if (path === `${API}/models/pricing/estimate` && method === 'POST') return estimate(asked, room)
  const [, app, id = '', verb = ''] =
    /^\/queue\/(.+)\/requests\/([^/]+)(?:\/(status|cancel))?$/.exec(path) ?? []
  const render = room.find(decodeURIComponent(id))
  // The sub-path of the endpoint does not belong into these URLs.
  if (render === undefined || app !== appOf(render))
    return verb === 'cancel'
      ? { status: 404, json: { status: 'NOT_FOUND' } }
      : fail(404, 'Request not found')
  if (verb === 'cancel')
    return method === 'PUT' ? cancel(render, room) : fail(405, 'Method Not Allowed')
  return verb === 'status' ? statusReply(render, room) : result(render, room)
}

/** An ordinary key gets 403; an admin-scoped one what each request cost. */
function bills({ query }: Asked, room: Room): Reply {
  if (!room.settings.showsBills) return fail(403, 'This key has no admin scope')
  const render = room.find(query.get('request_id') ?? '')
  if (render === undefined || query.get('start') === null) return fail(422, 'Not a request')
  const cost = render.costMicros / 1_000_000
  const event = { request_id: render.id, endpoint_id: appOf(render), cost_total: cost }
  return {
    status: 200,
    json: { billing_events: isOver(statusOf(render, room.now)) ? [event] : [] },
  }
}

function statusReply(render: Render, room: Room): Reply {
  const now = statusOf(render, room.now)
  const { queue_position: position, ...urls } = queued(render, room)
  if (now === 'queued') return { status: 202, json: { ...urls, queue_position: position } }
  if (!isOver(now)) return { status: 202, json: { ...urls, status: 'IN_PROGRESS' } }
  return { status: 200, json: { ...urls, status: 'COMPLETED', metrics: { inference_time: 1.5 } } }
}

function result(render: Render, room: Room): Reply {
  const now = statusOf(render, room.now)
  if (!isOver(now)) return fail(400, 'Request is still in progress')
  if (now === 'cancelled' || now === 'aborted')
    return fail(499, 'The request was cancelled.', 'client_cancelled')
  if (render.outcome.kind === 'fail') {
    const {
      status: code = 422,
      code: type = 'content_policy_violation',
      message = 'The prompt was flagged.',
    } = render.outcome
    return code >= 500
      ? fail(code, message, type)
      : fail(code, [{ loc: ['body', 'prompt'], msg: message, type }])
  }
  const files = room.fileUrls(render).map((url, index) => ({
    url,
    content_type: 'video/mp4',
    file_name: `${index}.mp4`,
    file_size: room.fileBytes(render),
  }))
  const [video] = files
  return {
    status: 200,
    json: { video, ...(files.length > 1 ? { videos: files } : {}), seed: 4242 },
    headers: { 'x-fal-request-id': render.id },
  }
}

function cancel(render: Render, room: Room): Reply {
  if (isOver(statusOf(render, room.now)))
    return { status: 400, json: { status: 'ALREADY_COMPLETED' } }
  room.cancel(render)
  return { status: 202, json: { status: 'CANCELLATION_REQUESTED' } }
}

function initiate(asked: Asked, room: Room): Reply {
  const body = jsonBody(asked)
  const isGood =
    body !== null &&
    typeof body['content_type'] === 'string' &&
    typeof body['file_name'] === 'string'
  if (!isGood || asked.query.get('storage_type') !== 'fal-cdn-v3')
    return fail(422, 'content_type and file_name are required')
  const url = room.newUpload()
  return { status: 200, json: { upload_url: url, file_url: url } }
}

function listOf({ query }: Asked, room: Room): Reply {
  const endpoint = query.get('endpoint_id')
  if (endpoint === null)
    return fail(422, [{ loc: ['query', 'endpoint_id'], msg: 'Field required', type: 'missing' }])
  const { pageSize, hidesInputs } = room.settings.list
  const since = Date.parse(query.get('start') ?? '') || 0
  const all = room
    .list()
    .filter((render) => endpointOf(render.path) === endpoint && render.createdAt >= since)
  const page = pageOf(
    all,
    query.get('cursor'),
    Math.min(Number(query.get('limit') ?? '50'), pageSize),
  )
  const items = page.items.map((render) => ({
    request_id: render.id,
    endpoint_id: endpoint,
    sent_at: new Date(render.createdAt).toISOString(),
    started_at: new Date(render.createdAt).toISOString(),
    ended_at: isOver(statusOf(render, room.now)) ? new Date(render.readyAt).toISOString() : null,
    status_code: isOver(statusOf(render, room.now)) ? 200 : null,
    ...(query.get('expand') === 'payloads' && !hidesInputs ? { json_input: render.input } : {}),
  }))
  return { status: 200, json: { items, has_more: page.next !== null, next_cursor: page.next } }
}

function prices({ query }: Asked): Reply {
  const ids = query.get('endpoint_id')?.split(',') ?? []
  if (ids.length < 1 || ids.length > 50) return fail(422, 'endpoint_id: 1 to 50 ids')
  const unit = (id: string): string =>
    id.includes('hailuo') ? 'video' : id.includes('luma') ? 'megapixel-frames' : 'second'
  return {
    status: 200,
    json: {
      prices: ids.map((endpoint_id) => ({
        endpoint_id,
        unit_price: 0.2,
        unit: unit(endpoint_id),
        currency: 'USD',
      })),
      next_cursor: null,
      has_more: false,
    },
  }
}

function estimate(asked: Asked, { settings }: Room): Reply {
  const body = jsonBody(asked)
  const endpoints = body?.['endpoints']
  const type = body?.['estimate_type']
  const field =
    type === 'unit_price'
      ? 'unit_quantity'
      : type === 'historical_api_price'
        ? 'call_quantity'
        : null
  const amounts =
    isRecord(endpoints) && field !== null
      ? Object.values(endpoints).map((entry) =>
          isRecord(entry) ? Number(entry[field]) : Number.NaN,
        )
      : []
  if (amounts.length === 0 || amounts.some(Number.isNaN))
    return fail(422, 'estimate_type and endpoints are required')
  const each = type === 'unit_price' ? 0.2 : settings.costMicros / 1_000_000
  return {
    status: 200,
    json: {
      estimate_type: type,
      total_cost: amounts.reduce((sum, amount) => sum + amount * each, 0),
      currency: 'USD',
    },
  }
}

/** fal's double: facts page, section 3. */
export const startFal = (options?: ServerOptions): Promise<ServerControl> =>
  startServer(protocol, options)
