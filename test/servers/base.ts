import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { controlOf, handleAdmin } from './admin.ts'
import { FaultList } from './faults.ts'
import { sendFile } from './files.ts'
import type { Asked, Protocol, Reply } from './protocol.ts'
import { sendFaulty, sendReply } from './send.ts'
import { fileOf, statusOf, type Render } from './renders.ts'
import type { Fault, FaultHow, RequestKind, ServerControl, ServerSettings } from './types.ts'
import { World } from './world.ts'

export interface ServerOptions {
  readonly port?: number | undefined
  /** Epoch ms; default the real clock. */
  readonly now?: (() => number) | undefined
  /** As its addresses name it; 127.0.0.1 without. */
  readonly host?: string | undefined
  readonly settings?: Partial<ServerSettings> | undefined
  /** Called as soon as a request's head has arrived, before anything is done about it. */
  readonly onRequest?: ((kind: RequestKind) => void) | undefined
}

interface State {
  readonly world: World
  readonly faults: FaultList
  readonly onRequest: (kind: RequestKind) => void
}

/** Starts one provider's double on loopback. */
export async function startServer(
  protocol: Protocol,
  options: ServerOptions = {},
): Promise<ServerControl> {
  const world = new World(protocol, {
    clock: options.now ?? Date.now,
    settings: options.settings ?? {},
  })
  const onRequest = options.onRequest ?? (() => undefined)
  const state: State = { world, faults: new FaultList(), onRequest }
  const server = createServer((request, response) => {
    serve(state, request, response).catch(() => response.destroy())
  })
  // A create must never meet a connection that is about to be closed by age alone.
  server.keepAliveTimeout = 2_000
  await new Promise<void>((done) => server.listen(options.port ?? 0, '127.0.0.1', done))
  world.origin = `http://${options.host ?? '127.0.0.1'}:${(server.address() as AddressInfo).port}`
  const say = (verb: string, body: unknown): Promise<unknown> =>
    Promise.resolve(structuredClone(handleAdmin(state, verb, body).json))
  return {
    ...controlOf(world.origin, say),
    env: (await say('env', {})) as Record<string, string>,
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

async function serve(
  state: State,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { world, faults } = state
  const url = new URL(request.url ?? '/', world.origin)
  const method = request.method ?? 'GET'
  const place = { method, path: url.pathname, query: url.searchParams }
  if (place.path.startsWith('/_admin/')) {
    const body = JSON.parse(Buffer.from(await readAll(request)).toString() || '{}') as unknown
    sendReply(response, handleAdmin(state, place.path.slice('/_admin/'.length), body))
    return
  }
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  )
  const kind = place.path.startsWith('/_files/')
    ? 'file'
    : world.protocol.kindOf(place, world.settings)
  state.onRequest(kind)
  const note = (status: number | null, sent: Uint8Array = new Uint8Array()): void => {
    const body = kind === 'create' || kind === 'upload' ? Buffer.from(sent).toString('base64') : ''
    world.log.push({ at: world.now, method, path: request.url ?? '/', kind, status, headers, body })
  }
  response.setHeader('date', new Date(world.now).toUTCString())
  if (faults.cutsOff(kind, place.path)) {
    if (kind === 'create') world.createUnread(place.path)
    note(null)
    request.socket.destroy()
    return
  }
  const asked: Asked = { ...place, headers, body: await readAll(request) }
  const fault = faults.next(
    kind,
    `${request.url ?? ''}\n${Buffer.from(asked.body).toString('utf8')}`,
  )
  note(await answer(state, { asked, kind, fault, response }), asked.body)
}

interface Turn {
  readonly asked: Asked
  readonly kind: RequestKind
  readonly fault: Fault | null
  readonly response: ServerResponse
}

const TELLS_THE_TRUTH = ['half', 'cut', 'noId', 'unknownStatus', 'wrongTypes', 'slow']

/** Returns the status that was sent; null when none was. */
async function answer(
  { world }: State,
  { asked, kind, fault, response }: Turn,
): Promise<number | null> {
  const { protocol } = world
  if (kind === 'file') return answerFile(world, { asked, fault, response })
  const accepts = fault === null || (fault.accept ?? TELLS_THE_TRUTH.includes(fault.how.kind))
  const reply = kind === 'create' ? world.create(asked, accepts) : replyTo(world, asked)
  if (fault === null) return sendReply(response, reply)
  if (fault.how.kind === 'slow') await wait(fault.how.ms)
  return sendFaulty(response, fault.how, { reply, envelope: (status) => protocol.envelope(status) })
}

function replyTo(world: World, asked: Asked): Reply {
  if (asked.path.startsWith('/_uploads/')) {
    // An upload link carries its own right; the key has no business there.
    if (asked.headers['authorization'] !== undefined)
      return { status: 400, json: { detail: 'a key was sent to storage' } }
    return world.storeUpload(asked.path, asked.body)
      ? { status: 200, json: {} }
      : { status: 404, json: {} }
  }
  return world.protocol.refuseKey(asked, world.settings) ?? world.protocol.handle(asked, world)
}

async function answerFile(
  world: World,
  { asked, fault, response }: Omit<Turn, 'kind'>,
): Promise<number | null> {
  const how = fault?.how ?? null
  if (how !== null && ['destroy', 'status', 'html', 'hang'].includes(how.kind)) {
    return sendFaulty(response, how, {
      reply: { status: 200 },
      envelope: (status) => ({ status, json: { error: 'AccessDenied' } }),
    })
  }
  const content = world.protocol.contentOf?.(asked.path) ?? null
  if (content !== null)
    return answerContent(world, { asked, response, how, render: world.find(content) })
  if (asked.headers['authorization'] !== undefined) {
    return sendReply(response, { status: 400, json: { error: 'a key was sent to the file store' } })
  }
  const bytes = world.fileAt(asked.path, asked.query)
  if (bytes === null) return sendReply(response, { status: 403, json: { error: 'AccessDenied' } })
  return sendFile(response, { bytes, headers: asked.headers, how })
}

/** Bytes behind the API itself: with the key, and only of a finished render. */
async function answerContent(
  world: World,
  {
    asked,
    response,
    how,
    render,
  }: { asked: Asked; response: ServerResponse; how: FaultHow | null; render: Render | undefined },
): Promise<number> {
  const refused = world.protocol.refuseKey(asked, world.settings)
  if (refused !== null) return sendReply(response, refused)
  const isReady = render !== undefined && statusOf(render, world.now) === 'succeeded'
  if (!isReady) return sendReply(response, world.protocol.envelope(404))
  return sendFile(response, {
    bytes: fileOf(render, 0, world.settings),
    headers: asked.headers,
    how,
  })
}

async function readAll(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk as Uint8Array)
  return Buffer.concat(chunks)
}
