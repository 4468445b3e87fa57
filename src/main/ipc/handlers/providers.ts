import type { ProviderSettings } from '../../../shared/domain/providerKey.ts'
import { NO_PROVIDER_SETTINGS } from '../../../shared/domain/providerKey.ts'
import type { ProviderId } from '../../../shared/domain/ids.ts'
import { ok, type Result } from '../../../shared/domain/result.ts'
import type { IpcError } from '../../../shared/ipc/ipcError.ts'
import type { providerRoutes } from '../../../shared/ipc/routes/providers.ts'
import type { HandlersFor } from '../dispatch.ts'
import { inquiring, looking, type AppServices } from '../services.ts'
import { newAddress } from './newAddress.ts'

export function providerHandlers(services: AppServices): HandlersFor<typeof providerRoutes> {
  const { keys, settings } = services
  const changed = (): void => tellOfChange(services)
  const told = <T, E>(result: Result<T, E>): Result<T, E> => {
    if (result.ok) changed()
    return result
  }
  const set = async (
    id: ProviderId,
    change: (own: ProviderSettings) => Partial<ProviderSettings>,
  ): Promise<Result<void, IpcError>> => {
    await settings.set(({ providers }) => {
      const own = providers[id] ?? NO_PROVIDER_SETTINGS
      return { providers: { ...providers, [id]: { ...own, ...change(own) } } }
    })
    changed()
    return ok(undefined)
  }
  return {
    'providers.desk': () => looking(services, ({ book }) => book.desk()),
    'keys.add': (wish) => {
      const added = told(keys.add(wish))
      return added.ok ? ok({ id: added.value.id }) : added
    },
    'keys.rename': ({ name, ...key }) => told(keys.rename(key, name)),
    'keys.move': ({ to, ...key }) => told(keys.move(key, to)),
    'keys.remove': (key) => told(keys.remove(key)),
    'keys.test': ({ provider, id }) =>
      inquiring(services, async ({ book }) => told(await book.testKey(provider, id))),
    'providers.setBaseUrl': async ({ provider, name, url }) => {
      const setTo = (address: string | null) =>
        set(provider, ({ baseUrls }) => {
          const { [name]: _, ...others } = baseUrls
          return { baseUrls: address === null ? others : { ...others, [name]: address } }
        })
      if (url === null || url === '') return setTo(null)
      const old = settings.get().providers[provider]?.baseUrls[name]
      const detail = `Your prompts and frames for ${provider} go there, with your key.`
      const address = await newAddress(services, { url, old, detail })
      if (!address.ok) return address
      return address.value === null || address.value === old ? ok(undefined) : setTo(address.value)
    },
    'providers.setLimits': ({ provider, ...limits }) => set(provider, () => limits),
    'providers.setOptions': ({ provider, options }) => set(provider, () => ({ options })),
  }
}

/** The page reads anew; what waited for a key or a slot is looked at at once. */
function tellOfChange({ publisher, host }: AppServices): void {
  publisher.changed('providers.changed', () => null)
  const works = host.works()
  if (!works.ok) return
  const { engine } = works.value
  void engine.commands.lookAgain()
}
