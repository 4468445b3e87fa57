import { Agent, Client, type Dispatcher } from 'undici'
import { guardedLookup, type LookupGuard, type Resolve } from './guardedLookup.ts'
import type { ProxyOf } from './proxy.ts'
import { proxyDispatcher } from './proxyDispatcher.ts'

/** Longest that a connection may take to stand, in ms. */
const CONNECT_MS = 10_000
/** Sockets to one host; creates have their own. */
const SOCKETS_PER_HOST = 32

export interface DispatcherOptions {
  readonly proxyOf: ProxyOf
  /** Certificates that TLS trusts; undefined leaves it to the runtime. */
  readonly ca: string[] | undefined
  readonly resolve: Resolve
}

/** undici's dispatchers: a new one for each create, shared ones for everything that may be repeated. */
export interface Dispatchers {
  /** A fresh HTTP/1.1 connection for one request (money rule 1). The caller destroys it. */
  oneShot(url: URL): Promise<Dispatcher>
  /** Kept connections. `guard` is checked at each new connection; a proxy resolves names itself. */
  shared(url: URL, guard: LookupGuard | null): Promise<Dispatcher>
  close(): Promise<void>
}

export function createDispatchers({ proxyOf, ca, resolve }: DispatcherOptions): Dispatchers {
  const kept = new Map<string, Dispatcher>()
  const tls = ca === undefined ? {} : { ca }
  const connect = (guard: LookupGuard | null) => ({
    ...tls,
    timeout: CONNECT_MS,
    lookup: guardedLookup(guard, resolve),
  })
  const proxied = (uri: string, connections: number): Dispatcher =>
    proxyDispatcher({ uri, ca, connectMs: CONNECT_MS, connections })
  return {
    async oneShot(url) {
      const proxy = await proxyOf(url)
      if (proxy !== null) return proxied(proxy, 1)
      return new Client(url.origin, {
        connect: connect(guardFor(url, null)),
        allowH2: false,
        pipelining: 1,
      })
    },
    async shared(url, guard) {
      const proxy = await proxyOf(url)
      const needed = guardFor(url, guard)
      const name = proxy ?? String(needed)
      const known = kept.get(name)
      if (known !== undefined) return known
      const made =
        proxy === null
          ? new Agent({ connect: connect(needed), connections: SOCKETS_PER_HOST, allowH2: false })
          : proxied(proxy, SOCKETS_PER_HOST)
      kept.set(name, made)
      return made
    },
    async close() {
      await Promise.all([...kept.values()].map((dispatcher) => dispatcher.destroy()))
      kept.clear()
    },
  }
}

/** Plain http only ever reaches private addresses, whatever its name resolves to. */
const guardFor = (url: URL, guard: LookupGuard | null): LookupGuard | null =>
  url.protocol === 'http:' ? 'privateOnly' : guard
