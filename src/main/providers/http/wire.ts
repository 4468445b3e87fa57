import { sendCall } from './call.ts'
import { sendCreate } from './create.ts'
import { createDispatchers } from './dispatchers.ts'
import { createDownload } from './download.ts'
import type { Download } from './downloadPort.ts'
import { resolveBySystem, type Resolve } from './guardedLookup.ts'
import type { CallReply, CreateReply, HttpCall, HttpCreate } from './port.ts'
import { proxyFromEnvironment, type ProxyOf } from './proxy.ts'
import { trustedBeside } from './trust.ts'

export interface WireOptions {
  /** Default: the environment's (`HTTPS_PROXY` ...). The desktop app may give the system's. */
  readonly proxyOf?: ProxyOf | undefined
  /** PEM texts trusted beside the built-in certificates, asked for before each connection; see `readExtraCa`. */
  readonly extraCa?: (() => Promise<readonly string[]> | readonly string[]) | undefined
  /** Default: the system's name lookup. */
  readonly resolve?: Resolve | undefined
}

/** Everything that undici does for us; `close` drops every kept connection. */
export interface Wire {
  create(request: HttpCreate): Promise<CreateReply>
  call(request: HttpCall): Promise<CallReply>
  readonly download: Download
  close(): Promise<void>
}

const NONE: readonly string[] = Object.freeze([])

export function openWire({ proxyOf, extraCa, resolve }: WireOptions): Wire {
  const dispatchers = createDispatchers({
    proxyOf: proxyOf ?? proxyFromEnvironment(process.env),
    ca: trustedBeside(extraCa ?? (() => NONE)),
    resolve: resolve ?? resolveBySystem,
  })
  return {
    create: (request) => sendCreate(dispatchers, request),
    call: (request) => sendCall(dispatchers, request),
    download: createDownload(dispatchers),
    close: () => dispatchers.close(),
  }
}
