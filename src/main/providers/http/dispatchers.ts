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
  /** Certificates that TLS trusts now; undefined leaves it to the runtime. Another array: other ones. */
  readonly ca: () => Promise<string[] | undefined>
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

export function createDispatchers({ proxyOf, ca: caNow, resolve }: DispatcherOptions): Dispatchers {
  const kept = new Map<string, Dispatcher>()
  let keptFor: string[] | undefined
  /** Kept connections trusted what was trusted when they were made; what runs on old ones goes on. */
  const trustedNow = async (): Promise<string[] | undefined> => {
    const ca = await caNow()
    if (ca === keptFor) return ca
    for (const dispatcher of kept.values()) void dispatcher.close()
    kept.clear()
    keptFor = ca
    return ca
  }
  const connect = (ca: string[] | undefined, guard: LookupGuard | null) => ({
    ...(ca === undefined ? {} : { ca }),
    timeout: CONNECT_MS,
    lookup: guardedLookup(guard, resolve),
  })
  return {
    async oneShot(url) {
      const [ca, proxy] = [await trustedNow(), await proxyOf(url)]
      if (proxy !== null)
        return proxyDispatcher({ uri: proxy, ca, connectMs: CONNECT_MS, connections: 1 })
      return new Client(url.origin, {
        connect: connect(ca, guardFor(url, null)),
        allowH2: false,
        pipelining: 1,
      })
    },
    async shared(url, guard) {
      const proxy = await proxyOf(url)
      const ca = await trustedNow()
      const needed = guardFor(url, guard)
      const name = proxy ?? String(needed)
      const known = kept.get(name)
      if (known !== undefined) return known
      const connections = SOCKETS_PER_HOST
      const made =
        proxy === null
          ? new Agent({ connect: connect(ca, needed), connections, allowH2: false })
          : proxyDispatcher({ uri: proxy, ca, connectMs: CONNECT_MS, connections })
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
