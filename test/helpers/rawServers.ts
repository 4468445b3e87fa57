import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect, type AddressInfo, type Server as NetServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { SERVER_TLS } from './tlsFiles.ts'

/** Starts a server on a free port of 127.0.0.1 for the length of a test; returns its port. */
export async function listening(server: NetServer): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((done) => server.close(done))
  })
  return (server.address() as AddressInfo).port
}

export const httpServer = (listener: RequestListener): Promise<number> =>
  listening(createServer(listener))
export const httpsServer = (listener: RequestListener): Promise<number> =>
  listening(createTlsServer(SERVER_TLS, listener))

export interface ProxyServer {
  readonly port: number
  /** `host:port` of every tunnel that was asked for. */
  readonly tunnels: readonly string[]
}

/** A CONNECT proxy. `route` refuses with 403, drops, asks for a login, or says where a tunnel really leads. */
export async function proxyServer(
  route: (target: string) => { host: string; port: number } | 'refuse' | 'drop' | 'wantLogin',
): Promise<ProxyServer> {
  const tunnels: string[] = []
  const server: Server = createServer()
  server.on('connect', (request, client: Socket) => {
    const target = request.url ?? ''
    tunnels.push(target)
    const way = route(target)
    if (way === 'drop') {
      client.destroy()
    } else if (way === 'refuse') {
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n')
    } else if (way === 'wantLogin') {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\n\r\n')
    } else {
      const upstream = connect(way.port, way.host, () => {
        client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
        upstream.pipe(client).pipe(upstream)
      })
      upstream.on('error', () => client.destroy())
      client.on('error', () => upstream.destroy())
    }
  })
  return { port: await listening(server), tunnels }
}
