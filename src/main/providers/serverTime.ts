import type { ProviderId } from '../../shared/domain/ids.ts'
import type { Credentials, ServerTime } from '../jobs/context.ts'
import type { ProviderHttp } from './http/port.ts'
import type { VideoProvider } from './spec.ts'

export interface ServerTimeOptions {
  readonly providers: ReadonlyMap<ProviderId, VideoProvider>
  readonly credentials: Pick<Credentials, 'of' | 'call'>
  readonly http: Pick<ProviderHttp, 'aheadMs'>
  readonly baseUrlsOf: (provider: ProviderId) => readonly string[]
  readonly now: () => number
}

/** By how much our clock is ahead of the providers', as their answers show it. */
export function createServerTime(options: ServerTimeOptions): ServerTime {
  const { providers, credentials, http, baseUrlsOf, now } = options
  const never = new AbortController().signal
  const asking = new Set<ProviderId>()
  /** Asked, and no `Date` came: ours is all there is. */
  const silent = new Set<ProviderId>()
  const seen = (id: ProviderId): readonly number[] =>
    baseUrlsOf(id).flatMap((url) => http.aheadMs?.(url, now()) ?? [])
  return {
    aheadMs: (id) => {
      if (providers.get(id)?.traits.paid === false) return 0
      const known = seen(id)
      if (known.length > 0) return Math.max(0, ...known)
      return silent.has(id) ? 0 : null
    },
    ask: (id) => {
      const provider = providers.get(id)
      const call = credentials
        .of(id)
        .map((credential) => credentials.call(id, credential, never))[0]
      if (provider === undefined || call?.ok !== true || asking.has(id)) return
      asking.add(id)
      void provider
        .verifyKey(call.value)
        .then((status) => status.kind !== 'unreachable' && seen(id).length === 0 && silent.add(id))
        // Whatever went wrong says nothing of the time: it is asked again.
        .catch(() => undefined)
        .finally(() => asking.delete(id))
    },
  }
}
