import type { ProviderId } from '../../shared/domain/ids.ts'
import type { LaneLimits, VideoProvider } from './spec.ts'

/** Every provider of this engine, by id, in the order in which people see them. */
export type Registry = ReadonlyMap<ProviderId, VideoProvider>

/** @throws RangeError when two providers share an id (a bug) */
export function createRegistry(providers: readonly VideoProvider[]): Registry {
  const registry = new Map(providers.map((provider) => [provider.id, provider]))
  if (registry.size !== providers.length) throw new RangeError('two providers share an id')
  return registry
}

/** The same provider under the person's own limits, asked for at each use: they change while it works. */
export function withLimits(
  provider: VideoProvider,
  own: () => { readonly [K in keyof LaneLimits]: number | null },
): VideoProvider {
  const { lane } = provider.traits
  const limits = (): LaneLimits => {
    const { concurrency, createsPerMinute } = own()
    return {
      concurrency: concurrency ?? lane.concurrency,
      createsPerMinute: createsPerMinute ?? lane.createsPerMinute,
    }
  }
  const traits = Object.defineProperty({ ...provider.traits }, 'lane', {
    get: limits,
    enumerable: true,
  })
  return { ...provider, traits }
}
