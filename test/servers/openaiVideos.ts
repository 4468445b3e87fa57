import { startServer, type ServerOptions } from './base.ts'
import { readCreate, type DialectName } from './openaiVideosCreate.ts'
import type { Asked, Protocol, Reply, Room } from './protocol.ts'
import { isOver, statusOf, type Render } from './renders.ts'
import type { ServerControl } from './types.ts'

const VIDEOS = '/v1/videos'

interface Failure {
  readonly status: number
  readonly message: string
  readonly code?: string | undefined
}

/** OpenAI and LiteLLM have `{ error }`, the FastAPI servers `{ detail }`. */
function failIn(dialect: DialectName, { status, message, code }: Failure): Reply {
  if (dialect === 'vllm-omni' || dialect === 'sglang') return { status, json: { detail: message } }
  const shown = dialect === 'litellm' ? String(status) : (code ?? null)
  const type = status < 500 ? 'invalid_request_error' : 'server_error'
  return {
    status,
    json: { error: { message, type, param: null, code: shown } },
    headers: { 'x-request-id': `req_${status}` },
  }
}

function protocolOf(dialect: DialectName): Protocol {
  return {
    name: 'openai',
    bases: { OPENAI_BASE_URL: '/v1' },
    kindOf({ method, path }) {
      if (path === VIDEOS) return method === 'POST' ? 'create' : 'list'
      if (contentOf(path) !== null) return 'file'
      if (!path.startsWith(`${VIDEOS}/`)) return 'other'
      return method === 'DELETE' ? 'cancel' : 'look'
    },
    contentOf,
    refuseKey({ headers }, { badKeys }) {
      const key = /^Bearer (\S+)$/.exec(headers['authorization'] ?? '')?.[1]
      const needsKey = dialect === 'openai' || dialect === 'litellm'
      const isGood = key === undefined ? !needsKey : !badKeys.includes(key)
      return isGood
        ? null
        : failIn(dialect, {
            status: 401,
            message: `Incorrect API key provided: ${key ?? ''}.`,
            code: 'invalid_api_key',
          })
    },
    order(asked) {
      const read = readCreate(asked, dialect)
      return 'input' in read ? { input: read.input, idempotencyKey: null } : failIn(dialect, read)
    },
    taken: (render, room) => ({ status: 200, json: videoOf(render, room) }),
    handle: (asked, room) => handle(asked, { room, dialect }),
    envelope: (status) => failIn(dialect, { status, message: `A fault with status ${status}.` }),
  }
}

const contentOf = (path: string): string | null =>
  /^\/v1\/videos\/([^/]+)\/content$/.exec(path)?.[1] ?? null

function handle(asked: Asked, { room, dialect }: { room: Room; dialect: DialectName }): Reply {
  if (asked.path === VIDEOS && asked.method === 'GET')
    return { status: 200, json: listOf(asked, { room, dialect }) }
  const id = /^\/v1\/videos\/([^/]+)$/.exec(asked.path)?.[1]
  const render = id === undefined ? undefined : room.find(decodeURIComponent(id))
  if (render === undefined)
    return failIn(dialect, { status: 404, message: 'Video not found', code: 'not_found' })
  if (asked.method === 'GET') return { status: 200, json: videoOf(render, room) }
  // DELETE: OpenAI's only deletes what is over; vLLM-Omni's stops it too; SGLang's deletes and goes on.
  if (dialect === 'openai' && !isOver(statusOf(render, room.now))) {
    return failIn(dialect, {
      status: 400,
      message: 'The video is still in progress.',
      code: 'video_in_progress',
    })
  }
  room.remove(render)
  if (dialect === 'sglang')
    return { status: 200, json: { ...videoOf(render, room), status: 'deleted' } }
  return { status: 200, json: { id: render.id, object: 'video.deleted', deleted: true } }
}

/** SGLang's has neither `has_more` nor ids of the ends. */
function listOf(asked: Asked, { room, dialect }: { room: Room; dialect: DialectName }): unknown {
  const renders = asked.query.get('order') === 'asc' ? room.list().toReversed() : room.list()
  const after = asked.query.get('after')
  const start = after === null ? 0 : renders.findIndex(({ id }) => id === after) + 1
  const size = Math.min(Number(asked.query.get('limit') ?? '20'), room.settings.list.pageSize)
  const page = after !== null && start === 0 ? [] : renders.slice(start, start + size)
  const data = page.map((render) => listedVideo(render, room))
  if (dialect === 'sglang') return { object: 'list', data }
  return {
    object: 'list',
    data,
    first_id: page[0]?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
    has_more: start + size < renders.length,
  }
}

function listedVideo(render: Render, room: Room): unknown {
  const video = videoOf(render, room)
  return room.settings.list.hidesInputs
    ? { ...video, prompt: null, seconds: null, size: null }
    : video
}

function videoOf(render: Render, room: Room): Record<string, unknown> {
  const input = render.input as Record<string, unknown>
  const status = statusOf(render, room.now)
  const fault = render.outcome.kind === 'fail' ? render.outcome : null
  const isDone = status === 'succeeded'
  return {
    id: render.id,
    object: 'video',
    model: input['model'] ?? 'served-model',
    status: {
      queued: 'queued',
      running: 'in_progress',
      succeeded: 'completed',
      failed: 'failed',
      cancelled: 'cancelled',
      aborted: 'cancelled',
    }[status],
    progress: isDone ? 100 : 40,
    created_at: Math.floor(render.createdAt / 1000),
    completed_at: isDone ? Math.floor(render.readyAt / 1000) : null,
    expires_at: isDone ? Math.floor(render.readyAt / 1000) + 3600 : null,
    prompt: input['prompt'],
    size: input['size'] ?? '720x1280',
    seconds: (input['seconds'] as string | number | undefined)?.toString() ?? '4',
    remixed_from_video_id: null,
    error:
      status === 'failed'
        ? { code: fault?.code ?? 'server_error', message: fault?.message ?? 'The render failed.' }
        : null,
  }
}

/** The double of an OpenAI-style server: facts page, sections 2 and 7. */
export const startOpenaiVideos = ({
  dialect = 'openai',
  ...options
}: ServerOptions & { readonly dialect?: DialectName | undefined } = {}): Promise<ServerControl> =>
  startServer(protocolOf(dialect), options)
