import { Client, Pool, ProxyAgent, type buildConnector, type Dispatcher } from 'undici'

/** Code of the error when no tunnel through the proxy could be made. */
export const NO_TUNNEL = 'ERR_NO_TUNNEL'

/** The same, where the proxy first wants to know who asks. */
export const PROXY_LOGIN = 'ERR_PROXY_LOGIN'

export interface ProxyOptions {
  readonly uri: string
  readonly ca: string[] | undefined
  readonly connectMs: number
  /** One connection for one request, or a pool that is kept. */
  readonly connections: number
}

/**
 * undici's tunnel through a proxy. It takes a connection that the proxy dropped for one worth trying
 * again at once, and would ask the proxy in an endless quick loop: here a tunnel that fails, fails.
 */
export function proxyDispatcher({ uri, ca, connectMs, connections }: ProxyOptions): Dispatcher {
  const tls = ca === undefined ? {} : { ca }
  return new ProxyAgent({
    uri,
    requestTls: tls,
    proxyTls: { ...tls, timeout: connectMs },
    allowH2: false,
    factory: (origin, options) => {
      const settings = Object.assign({}, options, withConnect(options), { connections })
      return connections === 1 ? new Client(origin, settings) : new Pool(origin, settings)
    },
  })
}

/** ProxyAgent hands its own connector to what it makes; we put ours around it. */
function withConnect(options: object): { connect?: buildConnector.connector } {
  const connect = 'connect' in options ? options.connect : undefined
  return typeof connect === 'function'
    ? { connect: failingOnce(connect as buildConnector.connector) }
    : {}
}

function failingOnce(connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) => {
    connect(options, (...[error, socket]) => {
      if (error === null) callback(null, socket)
      else callback(noTunnel(error), null)
    })
  }
}

/** undici tells the status of the proxy's answer in words alone. */
function noTunnel({ message }: Error): Error {
  const code = message.includes('(407)') ? PROXY_LOGIN : NO_TUNNEL
  return Object.assign(new Error('no tunnel through the proxy'), { code })
}
