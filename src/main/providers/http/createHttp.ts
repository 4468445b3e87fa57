import { sendCall } from './call.ts'
import { sendCreate } from './create.ts'
import { createDispatchers } from './dispatchers.ts'
import { createDownload } from './download.ts'
import type { Download } from './downloadPort.ts'
import { resolveBySystem, type Resolve } from './guardedLookup.ts'
import type { ProviderHttp } from './port.ts'
import { proxyFromEnvironment, type ProxyOf } from './proxy.ts'
import { trusted } from './trust.ts'

export interface HttpOptions {
  /** Default: the environment's (`HTTPS_PROXY` ...). The desktop app may give the system's. */
  readonly proxyOf?: ProxyOf | undefined
  /** PEM texts trusted beside the built-in certificates; see `readExtraCa`. */
  readonly extraCa?: readonly string[] | undefined
  /** Default: the system's name lookup. */
  readonly resolve?: Resolve | undefined
}

/** The network: one per engine. `close` drops every kept connection. */
export interface Http extends ProviderHttp {
  readonly download: Download
  close(): Promise<void>
}

export function createHttp(options: HttpOptions = {}): Http {
  const dispatchers = createDispatchers({
    proxyOf: options.proxyOf ?? proxyFromEnvironment(process.env),
    ca: trusted(options.extraCa ?? []),
    resolve: options.resolve ?? resolveBySystem,
  })
  return {
    create: (request) => sendCreate(dispatchers, request),
    call: (request) => sendCall(dispatchers, request),
    download: createDownload(dispatchers),
    close: () => dispatchers.close(),
  }
}
