import type { ProviderAsked } from '../shared/domain/catalogueView.ts'
import type { ProviderId } from '../shared/domain/ids.ts'
import type { Tools } from './composeTools.ts'
import type { Offers } from './library/catalogue.ts'
import type { OfferList, OfferLists } from './library/offerLists.ts'
import type { VideoProvider } from './providers/spec.ts'
import { systemClock } from './systemClock.ts'

const TIMEOUT_MS = 15_000

type AskTools = Pick<Tools, 'providers' | 'credentials' | 'offerLists'>

/** Asks every provider that has a list, and whose key is here, what it offers now. Costs nothing. */
export async function askOffers(tools: AskTools): Promise<readonly ProviderAsked[]> {
  const asked = await Promise.all([...tools.providers.values()].map((one) => ask(tools, one)))
  return asked.flat()
}

const DAY_MS = 24 * 3_600_000

/** The same of those whose list is a day old, or another server's, or was never asked for. */
export async function askDueOffers(
  tools: AskTools & Pick<Tools, 'targetOf'>,
  now: number,
): Promise<readonly ProviderAsked[]> {
  const isDue = ({ id }: VideoProvider): boolean => {
    const list = tools.offerLists.of(id)
    const target = tools.targetOf(id)
    const here = target?.ok === true ? JSON.stringify(target.value.baseUrls) : null
    return list === null || list.askedOf !== here || now - list.askedAt >= DAY_MS
  }
  const due = [...tools.providers.values()].filter(isDue)
  return (await Promise.all(due.map((one) => ask(tools, one)))).flat()
}

async function ask(
  { credentials, offerLists }: AskTools,
  provider: VideoProvider,
): Promise<readonly ProviderAsked[]> {
  const { id, name } = provider
  const [credential] = credentials.of(id)
  if (provider.availableEndpoints === undefined || credential === undefined) return []
  const call = credentials.call(id, credential, AbortSignal.timeout(TIMEOUT_MS))
  const answer = call.ok ? await provider.availableEndpoints(call.value) : call
  if (!answer.ok || !call.ok)
    return [{ provider: id, name, listed: null, trouble: answer.ok ? null : answer.error.message }]
  const endpoints = [...new Set(answer.value)]
  const askedOf = JSON.stringify(call.value.baseUrls)
  offerLists.keep(id, { askedAt: systemClock.now(), askedOf, endpoints })
  return [{ provider: id, name, listed: endpoints.length, trouble: null }]
}

interface OfferParts {
  readonly providers: ReadonlyMap<ProviderId, VideoProvider>
  readonly offerLists: OfferLists
  /** Where the provider is called now; null: nowhere. */
  readonly baseUrlsOf: (provider: ProviderId) => Readonly<Record<string, string>> | null
}

/** A plan asks for each of its rows. */
const sets = new WeakMap<OfferList, ReadonlySet<string>>()

/** What a provider offers, as far as the server that is set now was asked. */
export const offersOf =
  ({ providers, offerLists, baseUrlsOf }: OfferParts) =>
  (id: ProviderId): Offers | null => {
    const list = offerLists.of(id)
    if (list === null || list.askedOf !== JSON.stringify(baseUrlsOf(id))) return null
    const endpoints = sets.get(list) ?? new Set(list.endpoints)
    sets.set(list, endpoints)
    return { providerName: providers.get(id)?.name ?? id, askedAt: list.askedAt, endpoints }
  }
