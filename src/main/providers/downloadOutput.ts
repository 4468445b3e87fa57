import type { ProviderId } from '../../shared/domain/ids.ts'
import type { DeliverOutcome, DeliverRequest } from '../jobs/context.ts'
import type { Download } from './http/downloadPort.ts'
import type { Registry } from './registry.ts'
import type { CallContext, OutputSource } from './spec.ts'

export interface OutputRequest {
  readonly provider: ProviderId
  readonly source: Extract<OutputSource, { kind: 'url' }>
  /** Ends in `.part`. */
  readonly partPath: string
  readonly call: CallContext
  readonly signal: AbortSignal
  readonly onProgress?: DeliverRequest['onProgress']
}

/** Fetches one output of a render; the key goes along only where the provider itself serves it. */
export function createDownloadOutput({
  download,
  providers,
}: {
  readonly download: Download
  readonly providers: Registry
}) {
  return async ({
    provider,
    source,
    partPath,
    call,
    signal,
    onProgress,
  }: OutputRequest): Promise<DeliverOutcome> => {
    const keyHeaders =
      source.withKey && call.apiKey !== null
        ? providers.get(provider)?.keyHeaders?.(call.apiKey)
        : undefined
    const outcome = await download({
      url: source.url,
      path: partPath,
      statedBytes: source.bytes,
      baseUrls: call.baseUrls,
      keyHeaders,
      signal,
      onProgress,
    })
    return outcome.kind === 'whole'
      ? { kind: 'delivered', bytes: outcome.bytes, sha256: outcome.sha256 }
      : outcome
  }
}
