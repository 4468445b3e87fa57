import type { ProviderId } from '../../shared/domain/ids.ts'
import type { VideoProvider } from './spec.ts'

/** Every provider of this engine, by id, in the order in which people see them. */
export type Registry = ReadonlyMap<ProviderId, VideoProvider>

/** @throws RangeError when two providers share an id (a bug) */
export function createRegistry(providers: readonly VideoProvider[]): Registry {
  const registry = new Map(providers.map((provider) => [provider.id, provider]))
  if (registry.size !== providers.length) throw new RangeError('two providers share an id')
  return registry
}
