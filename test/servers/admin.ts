import type { FaultList } from './faults.ts'
import type { Reply } from './protocol.ts'
import type {
  BillLine,
  Fault,
  LoggedRequest,
  RenderOutcome,
  RenderView,
  ServerControl,
  ServerSettings,
} from './types.ts'
import type { World } from './world.ts'

/** What a test says to a server in its own process. Plain JSON in and out, so that it can come over HTTP too. */
export function handleAdmin(
  { world, faults }: { world: World; faults: FaultList },
  verb: string,
  body: unknown,
): Reply {
  const done: Reply = { status: 200, json: {} }
  switch (verb) {
    case 'env':
      return {
        status: 200,
        json: Object.fromEntries(
          Object.entries(world.protocol.bases).map(([name, path]) => [
            name,
            `${world.origin}${path}`,
          ]),
        ),
      }
    case 'bill':
      return { status: 200, json: world.bill }
    case 'renders':
      return { status: 200, json: world.views() }
    case 'requests':
      return { status: 200, json: world.log }
    case 'fault':
      faults.add(body as Fault)
      return done
    case 'clearFaults':
      faults.clear()
      return done
    case 'set':
      world.settings = { ...world.settings, ...(body as Partial<ServerSettings>) }
      return done
    case 'finish': {
      const { id, outcome } = body as { id?: string; outcome?: RenderOutcome }
      world.finish(id, outcome)
      return done
    }
    case 'addForeign':
      return {
        status: 200,
        json: world.addForeign(body as { path: string; body: unknown; at?: number }),
      }
    default:
      return { status: 404, json: { unknown: verb } }
  }
}

/** The same verbs as `ServerControl`, wherever the server runs. */
export function controlOf(
  url: string,
  say: (verb: string, body: unknown) => Promise<unknown>,
): Omit<ServerControl, 'env' | 'close'> {
  const tell = async (verb: string, body: unknown): Promise<void> => {
    await say(verb, body)
  }
  return {
    url,
    bill: async () => (await say('bill', {})) as readonly BillLine[],
    renders: async () => (await say('renders', {})) as readonly RenderView[],
    requests: async () => (await say('requests', {})) as readonly LoggedRequest[],
    fault: (fault) => tell('fault', fault),
    clearFaults: () => tell('clearFaults', {}),
    set: (settings) => tell('set', settings),
    finish: (id, outcome) => tell('finish', { id, outcome }),
    addForeign: async (request) => (await say('addForeign', request)) as string,
  }
}

/** Controls a server of another process; `close` only lets go of it. */
export async function connectServer(url: string): Promise<ServerControl> {
  const say = async (verb: string, body: unknown): Promise<unknown> => {
    const answer = await fetch(`${url}/_admin/${verb}`, {
      method: 'POST',
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${verb} was answered with ${answer.status}`)
    return answer.json()
  }
  const env = (await say('env', {})) as Record<string, string>
  return { ...controlOf(url, say), env, close: () => Promise.resolve() }
}
