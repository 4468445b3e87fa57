import type { Download } from './downloadPort.ts'
import type { CallReply, CreateReply, ProviderHttp } from './port.ts'
import { createServerClocks } from './serverClocks.ts'
import type { Wire, WireOptions } from './wire.ts'

export type HttpOptions = WireOptions

/** The network: one per engine. `close` drops every kept connection. */
export interface Http extends ProviderHttp {
  readonly download: Download
  close(): Promise<void>
}

export function createHttp(options: HttpOptions = {}): Http {
  let opened: Promise<Wire> | null = null
  // undici is large: it is loaded with the first request, so that the window does not wait for it.
  const wire = (): Promise<Wire> =>
    (opened ??= import('./wire.ts').then(({ openWire }) => openWire(options)))
  const clocks = createServerClocks(() => performance.now())
  const noted = <R extends CreateReply | CallReply>(url: string, reply: R): R => {
    if (reply.kind === 'answer') clocks.note(url, reply)
    return reply
  }
  return {
    create: async (request) => noted(request.url, await (await wire()).create(request)),
    call: async (request) => noted(request.url, await (await wire()).call(request)),
    aheadMs: (url, now) => clocks.aheadMs(url, now),
    download: async (request) => (await wire()).download(request),
    close: async () => (await opened)?.close(),
  }
}
