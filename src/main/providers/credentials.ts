import type { CredentialId, ProviderId } from '../../shared/domain/ids.ts'
import type { JsonObject } from '../../shared/domain/json.ts'
import { err, ok } from '../../shared/domain/result.ts'
import type { Credentials } from '../jobs/context.ts'
import { credentialOf } from './credentialId.ts'
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

export const NO_KEY_NEEDED: CredentialId = 'none'

/** Finds the key and address for a call. Keys are looked up at each call and kept nowhere. */
export function createCredentials(sources: CredentialSources): Credentials {
  const keyOf = (provider: VideoProvider, credential: CredentialId): string | null => {
    const ofEnvironment = environmentKey(sources.env, provider)
    if (ofEnvironment !== null && credential === credentialOf(ofEnvironment)) return ofEnvironment
    return sources.stored(provider.id).find(({ id }) => id === credential)?.apiKey ?? null
  }
  return {
    of: (id) => {
      const provider = sources.providers.get(id)
      if (provider === undefined) return []
      if (!provider.traits.paid) return [NO_KEY_NEEDED]
      const stored = sources.stored(id).map((key) => key.id)
      if (stored.length > 0) return stored
      const ofEnvironment = environmentKey(sources.env, provider)
      if (ofEnvironment !== null) return [credentialOf(ofEnvironment)]
      return needsKey(sources, provider) ? [] : [NO_KEY_NEEDED]
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
      const isFree = credential === NO_KEY_NEEDED && !needsKey(sources, provider)
      if (apiKey === null && !isFree) {
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

/** The key that the environment brought for a provider; null when there is none. */
export const environmentKey = (
  env: CredentialSources['env'],
  { traits }: Pick<VideoProvider, 'traits'>,
): string | null => (traits.keyVariable === null ? null : fromEnv(env, traits.keyVariable))

/** A server of one's own may need no key; a hosted one always does. */
export function needsKey(sources: TargetSources, provider: VideoProvider): boolean {
  const { paid, keyOptional = false, baseUrls } = provider.traits
  if (!paid) return false
  if (!keyOptional) return true
  const target = targetOf(sources, provider)
  return (
    !target.ok || baseUrls.some(({ name, default: own }) => target.value.baseUrls[name] === own)
  )
}

type TargetSources = Pick<CredentialSources, 'env' | 'settings'>

/** Base URLs: the person's setting, else the environment, else the documented default. */
export function targetOf({ env, settings }: TargetSources, provider: VideoProvider) {
  const own = settings(provider.id)
  const baseUrls: Record<string, string> = {}
  for (const { name, variable, default: fallback } of provider.traits.baseUrls) {
    const text = own.baseUrls[name] ?? fromEnv(env, variable) ?? fallback
    const checked = checkBaseUrl(text)
    if (!checked.ok)
      return err({
        kind: 'invalidRequest' as const,
        code: 'BAD_BASE_URL',
        message: `${own.baseUrls[name] === undefined ? variable : `Base URL “${name}”`}: ${checked.error.message}`,
      })
    baseUrls[name] = checked.value
  }
  const target: ProviderTarget = { baseUrls, settings: own.options }
  return ok(target)
}

/** Another server than the documented one is asked, such as a gateway or one of the person's own. */
export function hasOwnBaseUrl(
  sources: Pick<CredentialSources, 'env' | 'settings'>,
  provider: VideoProvider | undefined,
): boolean {
  const target = provider === undefined ? null : targetOf(sources, provider)
  if (provider === undefined || target?.ok !== true) return false
  const { baseUrls } = target.value
  return provider.traits.baseUrls.some((base) => baseUrls[base.name] !== base.default)
}

export const fromEnv = (env: CredentialSources['env'], name: string): string | null => {
  const value = env[name]?.trim()
  return value === undefined || value === '' ? null : value
}
