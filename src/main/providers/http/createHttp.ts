import { sendCall } from './call.ts'
import { sendCreate } from './create.ts'
import { createDispatchers } from './dispatchers.ts'
import { createDownload } from './download.ts'
import type { Download } from './downloadPort.ts'
import { resolveBySystem, type Resolve } from './guardedLookup.ts'
import type { CallReply, CreateReply, ProviderHttp } from './port.ts'
import { proxyFromEnvironment, type ProxyOf } from './proxy.ts'
import { createServerClocks } from './serverClocks.ts'
import { trustedBeside } from './trust.ts'

export interface HttpOptions {
  /** Default: the environment's (`HTTPS_PROXY` ...). The desktop app may give the system's. */
  readonly proxyOf?: ProxyOf | undefined
  /** PEM texts trusted beside the built-in certificates, asked for before each connection; see `readExtraCa`. */
  readonly extraCa?: (() => Promise<readonly string[]> | readonly string[]) | undefined
  /** Default: the system's name lookup. */
  readonly resolve?: Resolve | undefined
}

/** The network: one per engine. `close` drops every kept connection. */
export interface Http extends ProviderHttp {
  readonly download: Download
  close(): Promise<void>
}

const NONE: readonly string[] = Object.freeze([])

export function createHttp(options: HttpOptions = {}): Http {
  const dispatchers = createDispatchers({
    proxyOf: options.proxyOf ?? proxyFromEnvironment(process.env),
    ca: trustedBeside(options.extraCa ?? (() => NONE)),
    resolve: options.resolve ?? resolveBySystem,
  })
  const clocks = createServerClocks(() => performance.now())
  const noted = async <R extends CreateReply | CallReply>(
    url: string,
    reply: Promise<R>,
  ): Promise<R> => {
    const done = await reply
    if (done.kind === 'answer') clocks.note(url, done)
    return done
  }
  return {
    create: (request) => noted(request.url, sendCreate(dispatchers, request)),
    call: (request) => noted(request.url, sendCall(dispatchers, request)),
    aheadMs: (url, now) => clocks.aheadMs(url, now),
    download: createDownload(dispatchers),
    close: () => dispatchers.close(),
  }
}
