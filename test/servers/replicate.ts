import { startServer, type ServerOptions } from './base.ts'
import { formBody, isRecord, jsonBody, pageOf } from './bodies.ts'
import type { Asked, Order, Protocol, Reply, Room } from './protocol.ts'
import { isOver, statusOf, type Render } from './renders.ts'
import type { ServerControl } from './types.ts'

const BASE = '/v1'
const KEPT_MS = 3_600_000

const TITLES: Readonly<Record<number, string>> = {
  401: 'Unauthenticated',
  402: 'Insufficient credit',
  422: 'Input validation failed',
}

function fail(status: number, detail: string): Reply {
  const title = TITLES[status]
  return { status, json: { detail, status, ...(title === undefined ? {} : { title }) } }
}

/** Input fields of models whose schema the facts page gives; these refuse any other. */
const INPUTS: Readonly<Record<string, readonly string[]>> = {
  'openai/sora-2-pro': [
    'prompt',
    'seconds',
    'aspect_ratio',
    'resolution',
    'input_reference',
    'openai_api_key',
  ],
  'bytedance/seedance-2.5': [
    'prompt',
    'image',
    'last_frame_image',
    'reference_images',
    'reference_videos',
    'reference_audios',
    'duration',
    'resolution',
    'aspect_ratio',
    'generate_audio',
    'watermark',
    'output_format',
    'seed',
  ],
  'bytedance/seedance-2.0': [
    'prompt',
    'image',
    'last_frame_image',
    'duration',
    'resolution',
    'aspect_ratio',
    'generate_audio',
    'seed',
  ],
}

const protocol: Protocol = {
  name: 'replicate',
  bases: { REPLICATE_BASE_URL: BASE },
  kindOf({ method, path }) {
    if (/^\/v1\/(models\/[^/]+\/[^/]+\/)?predictions$/.test(path))
      return method === 'POST' ? 'create' : 'list'
    if (/^\/v1\/predictions\/[^/]+\/cancel$/.test(path)) return 'cancel'
    if (/^\/v1\/predictions\/[^/]+$/.test(path)) return 'look'
    return path === `${BASE}/files` ? 'upload' : 'other'
  },
  refuseKey({ headers }, { badKeys }) {
    const key = /^Bearer (\S+)$/.exec(headers['authorization'] ?? '')?.[1]
    return key === undefined || badKeys.includes(key)
      ? fail(401, 'You did not pass a valid authentication token')
      : null
  },
  order,
  taken: (render, room) => ({ status: 201, json: predictionOf(render, room) }),
  handle,
  envelope: (status) =>
    status === 429
      ? { status, json: { detail: 'Request was throttled. Your rate limit resets in ~30s.' } }
      : fail(status, `A fault with status ${status}.`),
}

const modelOf = (path: string): string | null =>
  /^\/v1\/models\/([^/]+\/[^/]+)\/predictions$/.exec(path)?.[1] ?? null

function order(asked: Asked, room: Room): Order | Reply {
  const body = jsonBody(asked)
  if (body === null) return fail(400, 'The body is not JSON.')
  const model = modelOf(asked.path)
  if (model !== null && /\/no-such-/.test(model))
    return fail(404, 'The requested resource could not be found.')
  const known = [
    'input',
    'webhook',
    'webhook_events_filter',
    ...(model === null ? ['version'] : []),
  ]
  const extra = Object.keys(body).find((name) => !known.includes(name))
  if (extra !== undefined) return fail(422, `- Additional property ${extra} is not allowed`)
  const { input, version } = body
  if (!isRecord(input)) return fail(422, '- input is required')
  if (model === null && typeof version !== 'string') return fail(422, '- version is required')
  const problem = inputProblem(INPUTS[model ?? ''], input, room)
  return problem === null ? { input: body, idempotencyKey: null } : fail(422, problem)
}

function inputProblem(
  allowed: readonly string[] | undefined,
  input: Record<string, unknown>,
  room: Room,
): string | null {
  const unknown = Object.keys(input).find((name) => allowed?.includes(name) === false)
  if (unknown !== undefined) return `- input: Additional property ${unknown} is not allowed`
  const { prompt, duration, seed } = input
  if (typeof prompt !== 'string') return '- input.prompt: Invalid type. Expected: string'
  if (allowed !== undefined && duration !== undefined && !Number.isInteger(duration))
    return '- input.duration: Invalid type. Expected: integer'
  if (seed !== undefined && !Number.isInteger(seed))
    return '- input.seed: Invalid type. Expected: integer'
  const links = ['image', 'last_frame_image', 'input_reference', 'start_image'].flatMap((name) =>
    name in input ? [input[name]] : [],
  )
  return links.every((link) => typeof link === 'string' && room.canFetch(link))
    ? null
    : '- input.image: Does not match format uri'
}

function handle(asked: Asked, room: Room): Reply {
  const { method, path } = asked
  if (path === `${BASE}/predictions`) return listOf(asked, room)
  if (path === `${BASE}/files` && method === 'POST') return storeFile(asked, room)
  const model = /^\/v1\/models\/([^/]+)\/([^/]+)$/.exec(path)
  if (model !== null)
    return {
      status: 200,
      json: {
        owner: model[1],
        name: model[2],
        latest_version: { id: 'hidden', openapi_schema: {} },
      },
    }
  const [, id, verb] = /^\/v1\/predictions\/([^/]+)(\/cancel)?$/.exec(path) ?? []
  const render = id === undefined ? undefined : room.find(decodeURIComponent(id))
  if (render === undefined) return fail(404, 'The requested resource could not be found.')
  if (verb === undefined) return { status: 200, json: predictionOf(render, room) }
  if (method !== 'POST') return fail(405, 'Method not allowed.')
  room.cancel(render)
  return { status: 200, json: predictionOf(render, room) }
}

function storeFile(asked: Asked, room: Room): Reply {
  const content = formBody(asked)?.find(({ name }) => name === 'content')
  if (content === undefined || content.fileName === null) return fail(400, 'Missing content')
  const url = room.newUpload(content.bytes)
  return {
    status: 201,
    json: {
      id: url.split('/').at(-1),
      name: content.fileName,
      content_type: content.contentType,
      size: content.bytes.byteLength,
      urls: { get: url },
    },
  }
}

function listOf({ query }: Asked, room: Room): Reply {
  const since = Date.parse(query.get('created_after') ?? '') || 0
  const all = room.list().filter(({ createdAt }) => createdAt >= since)
  const page = pageOf(all, query.get('cursor'), room.settings.list.pageSize)
  const next = new URLSearchParams(query)
  if (page.next !== null) next.set('cursor', page.next)
  const results = page.items.map((render) => {
    const shown = predictionOf(render, room)
    return room.settings.list.hidesInputs ? { ...shown, input: {}, data_removed: true } : shown
  })
  return {
    status: 200,
    json: {
      previous: null,
      next: page.next === null ? null : `${room.origin}${BASE}/predictions?${next.toString()}`,
      results,
    },
  }
}

function predictionOf(render: Render, room: Room): Record<string, unknown> {
  const status = statusOf(render, room.now)
  const { input, version } = render.input as { input: unknown; version?: string }
  const isGone = isOver(status) && room.now - render.readyAt > KEPT_MS
  const files = room.fileUrls(render)
  const output = files.length === 1 ? files[0] : files
  const url = `${room.origin}${BASE}/predictions/${render.id}`
  return {
    id: render.id,
    model: modelOf(render.path) ?? 'owner/community-model',
    version: version ?? 'hidden',
    input: isGone ? {} : input,
    output: status === 'succeeded' && !isGone ? output : null,
    error:
      render.outcome.kind === 'fail' && status === 'failed'
        ? (render.outcome.message ?? 'Prediction failed.')
        : null,
    logs: '',
    status: {
      queued: 'starting',
      running: 'processing',
      succeeded: 'succeeded',
      failed: 'failed',
      cancelled: 'canceled',
      aborted: 'aborted',
    }[status],
    created_at: new Date(render.createdAt).toISOString(),
    started_at: status === 'queued' ? null : new Date(render.createdAt).toISOString(),
    completed_at:
      isOver(status) && Number.isFinite(render.readyAt)
        ? new Date(render.readyAt).toISOString()
        : null,
    data_removed: isGone,
    metrics: {},
    urls: { get: url, cancel: `${url}/cancel` },
  }
}

/** Replicate's double: facts page, section 4. */
export const startReplicate = (options?: ServerOptions): Promise<ServerControl> =>
  startServer(protocol, options)
