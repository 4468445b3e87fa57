import { createHash } from 'node:crypto'
import type { CredentialId, ProviderId } from '../../shared/domain/ids.ts'
import type { JsonObject } from '../../shared/domain/json.ts'
import { err, ok } from '../../shared/domain/result.ts'
import type { Credentials } from '../jobs/context.ts'
import type { ProviderHttp } from './http/port.ts'
import { checkBaseUrl } from './http/urlRules.ts'
import type { CallContext, ProviderTarget, VideoProvider } from './spec.ts'

export interface CredentialSources {
  readonly providers: ReadonlyMap<ProviderId, VideoProvider>
  readonly env: Readonly<Record<string, string | undefined>>
  /** Keys that the person stored, in order of use; the environment's is used when there is none. */
  readonly stored: (
    provider: ProviderId,
  ) => readonly { readonly id: CredentialId; readonly apiKey: string }[]
  /** The person's own base URLs and switches per provider. */
  readonly settings: (provider: ProviderId) => {
    readonly baseUrls: Readonly<Record<string, string>>
    readonly options: JsonObject
  }
  readonly http: ProviderHttp
  readonly now: () => number
  readonly readFrame: Credentials['readFrame']
}

/**
 * A key of the environment is named by a digest of itself: another key may be another account, where
 * nothing of the first one's may be sent again (money rule 4).
 */
export const environmentId = (apiKey: string): CredentialId =>
  `env-${createHash('sha256').update(apiKey).digest('hex').slice(0, 8)}`

export const NO_KEY_NEEDED: CredentialId = 'none'

/** Finds the key and address for a call. Keys are looked up at each call and kept nowhere. */
export function createCredentials(sources: CredentialSources): Credentials {
  const environmentKey = ({ traits }: VideoProvider): string | null =>
    traits.keyVariable === null ? null : fromEnv(sources.env, traits.keyVariable)
  const keyOf = (provider: VideoProvider, credential: CredentialId): string | null => {
    const ofEnvironment = environmentKey(provider)
    if (ofEnvironment !== null && credential === environmentId(ofEnvironment)) return ofEnvironment
    return sources.stored(provider.id).find(({ id }) => id === credential)?.apiKey ?? null
  }
  return {
    of: (id) => {
      const provider = sources.providers.get(id)
      if (provider === undefined) return []
      if (!provider.traits.paid) return [NO_KEY_NEEDED]
      const stored = sources.stored(id).map((key) => key.id)
      if (stored.length > 0) return stored
      const ofEnvironment = environmentKey(provider)
      return ofEnvironment === null ? [] : [environmentId(ofEnvironment)]
    },
    call: (id, credential, signal) => {
      const provider = sources.providers.get(id)
      if (provider === undefined)
        return err({
          kind: 'invalidRequest',
          code: 'UNKNOWN_PROVIDER',
          message: `There is no provider ${id} here. Choose another.`,
        })
      const apiKey = credential === NO_KEY_NEEDED ? null : keyOf(provider, credential)
      if (provider.traits.paid && apiKey === null) {
        return err({
          kind: 'auth',
          code: 'NO_KEY',
          message: `The key for ${provider.name} is not here. Add it in Settings, or set ${provider.traits.keyVariable ?? 'its variable'}.`,
        })
      }
      const target = targetOf(sources, provider)
      if (!target.ok) return target
      const call: CallContext = {
        ...target.value,
        credential,
        apiKey,
        http: sources.http,
        signal,
        now: sources.now,
      }
      return ok(call)
    },
    readFrame: sources.readFrame,
  }
}

/** Base URLs: the person's setting, else the environment, else the documented default. */
export function targetOf(
  { env, settings }: Pick<CredentialSources, 'env' | 'settings'>,
  provider: VideoProvider,
) {
  const own = settings(provider.id)
  const baseUrls: Record<string, string> = {}
  for (const { name, variable, default: fallback } of provider.traits.baseUrls) {
    const text = own.baseUrls[name] ?? fromEnv(env, variable) ?? fallback
    const checked = checkBaseUrl(text)
    if (!checked.ok)
      return err({
        kind: 'invalidRequest' as const,
        code: 'BAD_BASE_URL',
        message: `${variable}: ${checked.error.message}`,
      })
    baseUrls[name] = checked.value
  }
  const target: ProviderTarget = { baseUrls, settings: own.options }
  return ok(target)
}

const fromEnv = (env: CredentialSources['env'], name: string): string | null => {
  const value = env[name]?.trim()
  return value === undefined || value === '' ? null : value
}
