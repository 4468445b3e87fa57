import { createServer } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  createHttp,
  type Http,
  type HttpOptions,
} from '../../../src/main/providers/http/createHttp.ts'
import { httpServer, httpsServer, listening, proxyServer } from '../../helpers/rawServers.ts'
import { AUTHORITIES, SERVER_TLS } from '../../helpers/tlsFiles.ts'

function http(options: HttpOptions = {}): Http {
  const made = createHttp({ proxyOf: () => null, ...options })
  onTestFinished(() => made.close())
  return made
}
const body = Buffer.from('{"prompt":"x"}')
const create = (net: Http, url: string, timeoutMs?: number) =>
  net.create({ url, headers: { 'content-type': 'application/json' }, body, timeoutMs })

/** Counts POSTs and answers as told. */
async function counted(
  answer: (
    path: string,
    end: (status: number, headers?: Record<string, string>) => void,
    destroy: () => void,
  ) => void,
) {
  const posts: string[] = []
  const port = await httpServer((request, response) => {
    request.resume().on('end', () => {
      posts.push(`${request.method} ${request.url}`)
      answer(
        request.url ?? '',
        (status, headers) => response.writeHead(status, headers).end('{}'),
        () => request.socket.destroy(),
      )
    })
  })
  return { posts, url: `http://127.0.0.1:${port}` }
}

describe('one create is one POST', () => {
  it.each([301, 302, 303, 307, 308])(
    'when a %i leads to another place of the same server',
    async (status) => {
      const server = await counted((path, end) =>
        path === '/second' ? end(200) : end(status, { location: '/second' }),
      )
      expect(await create(http(), `${server.url}/first`)).toMatchObject({ kind: 'answer', status })
      expect(server.posts).toEqual(['POST /first'])
    },
  )

  it.each([408, 421, 425, 429, 500, 503])('when it is answered with %i', async (status) => {
    const server = await counted((_, end) => end(status, { 'retry-after': '0' }))
    expect(await create(http(), server.url)).toMatchObject({ kind: 'answer', status })
    expect(server.posts).toHaveLength(1)
  })

  it('when its connection is destroyed, each time anew', async () => {
    const server = await counted((_, _end, destroy) => destroy())
    const net = http()
    expect((await create(net, server.url)).kind).toBe('lost')
    expect((await create(net, server.url)).kind).toBe('lost')
    expect(server.posts).toHaveLength(2)
  })

  it('when no answer comes in time', async () => {
    const server = await counted(() => undefined)
    expect(await create(http(), server.url, 200)).toMatchObject({
      kind: 'lost',
      cause: 'no answer came in time',
    })
    expect(server.posts).toHaveLength(1)
  })

  it('when the answer never ends, although something arrives all the time', async () => {
    const port = await httpServer((_, response) => {
      response.writeHead(200)
      const timer = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(timer))
    })
    expect((await create(http(), `http://127.0.0.1:${port}`, 300)).kind).toBe('lost')
  })

  it('when the answer is larger than anyone would read', async () => {
    const port = await httpServer((_, response) => response.end(Buffer.alloc(9 * 1024 * 1024)))
    expect((await create(http(), `http://127.0.0.1:${port}`)).kind).toBe('lost')
  })

  it('through a proxy too', async () => {
    const server = await counted((_, _end, destroy) => destroy())
    const proxy = await proxyServer(() => ({
      host: '127.0.0.1',
      port: Number(new URL(server.url).port),
    }))
    const net = http({ proxyOf: () => `http://127.0.0.1:${proxy.port}` })
    expect((await create(net, server.url)).kind).toBe('lost')
    expect(server.posts).toHaveLength(1)
    expect(proxy.tunnels).toHaveLength(1)
  })

  it('on a connection of its own', async () => {
    const connections = new Set<unknown>()
    const port = await httpServer((request, response) => {
      connections.add(request.socket)
      request.resume().on('end', () => response.end('{}'))
    })
    const net = http()
    for (let index = 0; index < 3; index += 1) await create(net, `http://127.0.0.1:${port}`)
    expect(connections.size).toBe(3)
  })
})

describe('a create was not sent', () => {
  it('when nobody listens', async () => {
    expect((await create(http(), 'http://127.0.0.1:9')).kind).toBe('notSent')
  })

  it.each([
    ['unknown', Object.assign(new Error('x'), { code: 'ENOTFOUND' })],
    ['one without an address', null],
  ])('when the name is %s', async (_what, error) => {
    const net = http({ resolve: (_, done) => done(error, []) })
    expect(await create(net, 'http://gateway.lan/v1')).toMatchObject({
      kind: 'notSent',
      cause: 'its name cannot be found',
    })
  })

  it('when the system itself cannot look its name up', async () => {
    const reply = await create(http(), 'https://gateway.invalid/v1')
    expect(reply.kind).toBe('notSent')
    expect(JSON.stringify(reply)).toMatch(/"its name cannot be (found|looked up now)"/)
  })

  it('when a server that is not trusted answers the handshake', async () => {
    let posts = 0
    const port = await httpsServer((_, response) => {
      posts += 1
      response.end()
    })
    expect((await create(http(), `https://localhost:${port}`)).kind).toBe('notSent')
    expect(posts).toBe(0)
  })

  it('when the handshake is broken off', async () => {
    const port = await listening(
      createServer((socket) => socket.once('data', () => socket.destroy())),
    )
    expect((await create(http(), `https://localhost:${port}`)).kind).toBe('notSent')
  })

  it.each([
    ['refuse', 'the proxy made no connection'],
    ['drop', 'the proxy made no connection'],
    ['wantLogin', 'the proxy wants a name and a password'],
  ] as const)('when the proxy does %s, and it is asked only once', async (way, cause) => {
    const proxy = await proxyServer(() => way)
    const net = http({ proxyOf: () => `http://127.0.0.1:${proxy.port}` })
    expect(await create(net, 'https://api.provider.example/v1', 2_000)).toMatchObject({
      kind: 'notSent',
      cause,
    })
    expect(proxy.tunnels).toEqual(['api.provider.example:443'])
  })

  it('when plain http would show the key to a public host', async () => {
    expect((await create(http(), 'http://api.provider.example/v1')).kind).toBe('notSent')
    const net = http({
      resolve: (_, done) => done(null, [{ address: '93.184.216.34', family: 4 }]),
    })
    expect((await create(net, 'http://gateway.local/v1')).kind).toBe('notSent')
  })
})

describe('a create whose moment has passed', () => {
  it('is not written to the connection that stands at last', async () => {
    let connections = 0
    let bytes = 0
    const port = await listening(
      createServer((socket) => {
        connections += 1
        socket.on('data', (data) => (bytes += data.length))
      }),
    )
    const url = `http://127.0.0.1:${port}`
    const seen: number[] = []
    const isLate = (): boolean => seen.push(connections) > 0
    expect(await http().create({ url, headers: {}, body, isLate })).toEqual({
      kind: 'notSent',
      cause: 'no connection stood soon enough after the order was written down',
    })
    expect({ seen, connections, bytes }).toEqual({ seen: [1], connections: 1, bytes: 0 })
  })

  it('nor to the tunnel of a proxy', async () => {
    const server = await counted((_, end) => end(200))
    const proxy = await proxyServer(() => ({
      host: '127.0.0.1',
      port: Number(new URL(server.url).port),
    }))
    const net = http({ proxyOf: () => `http://127.0.0.1:${proxy.port}` })
    const sent = { url: server.url, headers: {}, body, isLate: () => proxy.tunnels.length > 0 }
    expect((await net.create(sent)).kind).toBe('notSent')
    expect(proxy.tunnels).toHaveLength(1)
    expect(server.posts).toEqual([])
  })
})

describe('a create was lost, not unsent', () => {
  it('when the connection stood and broke before the headers were read', async () => {
    const port = await listening(
      createTlsServer(SERVER_TLS, (socket) => socket.once('data', () => socket.destroy())),
    )
    expect(
      (await create(http({ extraCa: () => AUTHORITIES }), `https://localhost:${port}`)).kind,
    ).toBe('lost')
  })
})
