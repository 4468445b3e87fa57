import type { Capabilities, Durations, PriceRule } from '../../shared/domain/catalogue.ts'
import { currencyFormat } from '../../shared/domain/moneyText.ts'
import type { ModelId, ProviderId, RouteId } from '../../shared/domain/ids.ts'
import { FRAME_ROLES, MODES, type Lifecycle } from '../../shared/domain/model.ts'
import type {
  ModelCapabilities,
  ModelOption,
  ProviderOption,
  RouteOption,
} from '../../shared/domain/modelOption.ts'
import type { Model, Route, RouteMode } from '../../shared/domain/route.ts'
import { REHEARSAL } from '../../shared/normalise/rehearsal.ts'
import type { Catalogue } from './catalogue.ts'
import { settleAlike } from './planning/settleAlike.ts'

/** Models as the picker shows them: the free rehearsal first, then the catalogue. */
export function modelOptions(
  catalogue: Catalogue,
  providers: readonly ProviderOption[],
): readonly ModelOption[] {
  const byId = new Map(providers.map((provider) => [provider.id, provider]))
  const nameOf = (id: ModelId): string => catalogue.model(id)?.name ?? id
  const ended = (model: Model, route: Route): string | null =>
    catalogue.runsOn(model, route.provider) ? null : retiredText(model.lifecycle, nameOf)
  const notOffered = (route: Route): string | null => catalogue.notOffered(route)
  const preferred = (model: Model): RouteId | null => preferredOf(catalogue, model)
  return [
    REHEARSAL_OPTION,
    ...catalogue.models.map((model) => modelOption(model, byId, { ended, notOffered, preferred })),
  ]
}

const REHEARSAL_OPTION: ModelOption = {
  id: REHEARSAL,
  name: 'Rehearsal',
  creator: 'Dailies',
  modes: MODES,
  lifecycle: { status: 'active' },
  capabilities: {
    durations: { kind: 'range', seconds: [0.5, 60] },
    sizes: [],
    aspectRatios: ['16:9', '9:16', '1:1', '4:3', '3:4', '21:9'],
    resolutions: ['480p', '720p', '1080p'],
    frameRoles: FRAME_ROLES,
    audio: 'optional',
    seed: true,
    negativePrompt: false,
  },
  routes: [
    {
      id: `${REHEARSAL}/${REHEARSAL}`,
      choice: REHEARSAL,
      tier: null,
      provider: REHEARSAL,
      providerName: 'this machine',
      priceText: 'free',
      unusable: null,
      warning: null,
    },
  ],
  preferred: `${REHEARSAL}/${REHEARSAL}`,
  unusable: null,
}

type Providers = ReadonlyMap<ProviderId, ProviderOption>

interface RouteWords {
  readonly ended: (model: Model, route: Route) => string | null
  readonly notOffered: (route: Route) => string | null
  readonly preferred: (model: Model) => RouteId | null
}

function modelOption(
  model: Model,
  providers: Providers,
  { ended, notOffered, preferred }: RouteWords,
): ModelOption {
  const { id, name, creator, modes, lifecycle } = model
  const own = model.routes.filter(({ byNameOnly }) => !byNameOnly)
  const routes = own.filter(isChoice).map((route): RouteOption => {
    const isTier = own.find(({ provider }) => provider === route.provider) !== route
    const option = { ...routeOption(route, providers), ...choiceOf(route, isTier) }
    return {
      ...option,
      unusable: ended(model, route) ?? option.unusable,
      warning: notOffered(route),
    }
  })
  const isUsable = routes.some(({ unusable }) => unusable === null)
  const unusable = isUsable ? null : (routes[0]?.unusable ?? 'No provider offers it.')
  return {
    id,
    name,
    creator,
    modes,
    lifecycle,
    routes,
    unusable,
    preferred: preferred(model),
    capabilities: summed(own),
  }
}

/** A route that only adds a mode to another of its provider is taken by what a row asks for. */
const isChoice = (route: Route, _: number, routes: readonly Route[]): boolean => {
  const [first] = routes.filter(({ provider }) => provider === route.provider)
  const modes = Object.keys(first?.modes ?? {})
  return first === route || Object.keys(route.modes).some((mode) => modes.includes(mode))
}

function choiceOf({ id, provider, model }: Route, isTier: boolean) {
  if (!isTier) return { choice: model, tier: null }
  const name = id.slice(provider.length + 1)
  return { choice: name, tier: name.replace(`${model}-`, '') }
}

/** Prices are compared for a prompt alone; a row's own check knows what its own request costs. */
function preferredOf(catalogue: Catalogue, { id, modes }: Model): RouteId | null {
  const mode = modes.includes('textToVideo') ? 'textToVideo' : modes[0]
  if (mode === undefined) return null
  const choice = catalogue.choose({
    mode,
    model: id,
    costOn: ({ model, route }) => {
      const request = { prompt: 'a', mode: 'textToVideo', frames: [], options: {} } as const
      const settled = settleAlike(model, route)(request, 0)
      return settled.ok ? settled.value.estimate : null
    },
  })
  return choice.ok ? choice.value.route.id : null
}

function retiredText(lifecycle: Lifecycle, nameOf: (id: ModelId) => string): string {
  if (lifecycle.status === 'active') return ''
  const { on, replacements } = lifecycle
  const since = on === undefined ? 'It was retired.' : `It was retired on ${on}.`
  const instead = replacements.map(nameOf).join(' or ')
  return instead === '' ? since : `${since} Use ${instead}.`
}

function routeOption(
  { id, provider, prices }: Route,
  providers: Providers,
): Omit<RouteOption, 'choice' | 'tier'> {
  const known = providers.get(provider)
  const providerName = known?.name ?? provider
  return {
    id,
    provider,
    providerName,
    priceText: priceText(prices),
    unusable: lacks(known),
    warning: null,
  }
}

function lacks(provider: ProviderOption | undefined): string | null {
  if (provider === undefined) return 'This version of Dailies does not speak to its provider.'
  if (provider.key.state !== 'missing') return null
  return `No key for ${provider.name} yet. Add one in Settings, or set ${provider.key.variable} and start again.`
}

/** `$0.18 a second`, `$0.10 to $0.40 a second`, `$0.50 a clip`; null without a known price. */
export function priceText(rules: readonly PriceRule[]): string | null {
  const perSecond = rules.flatMap((rule) => rule.perSecond ?? [])
  const amounts = perSecond.length > 0 ? perSecond : rules.flatMap((rule) => rule.perClip ?? [])
  const currency = rules[0]?.currency
  if (amounts.length === 0 || currency === undefined) return null
  const format = currencyFormat(currency, { least: 2, most: 4 })
  const text = (amount: number): string => format.format(amount)
  const [least, most] = [Math.min(...amounts), Math.max(...amounts)]
  const range = least === most ? text(least) : `${text(least)} to ${text(most)}`
  return `${range} a ${perSecond.length > 0 ? 'second' : 'clip'}`
}

/** What some route can do in some mode. Whether a request fits its route is for planning. */
function summed(routes: readonly Route[]): ModelCapabilities {
  const modes = routes.flatMap(({ modes: offered }) => Object.values(offered))
  const all = modes.map(({ capabilities }) => capabilities)
  const resolutions = all.flatMap((capabilities) => capabilities.resolutions ?? [])
  const sizes = resolutions.flatMap(({ sizes: known }) => Object.values(known ?? {}))
  const has = (field: keyof RouteMode['fields']): boolean =>
    modes.some(({ fields }) => fields[field] !== undefined)
  return {
    durations: durationsOf(all),
    sizes: unique(sizes.map(([width, height]) => `${width}x${height}`)),
    aspectRatios: unique(all.flatMap(({ ratios }) => ratios ?? [])),
    resolutions: unique(resolutions.map(({ name }) => name)),
    frameRoles: FRAME_ROLES.filter(has),
    audio: all.find(({ audio }) => audio !== undefined)?.audio ?? null,
    seed: has('seed'),
    negativePrompt: has('negativePrompt'),
  }
}

const unique = <T>(values: readonly T[]): readonly T[] => [...new Set(values)]

/** A picker shows so many values as a list; more are a range. */
const MOST_LISTED = 40

function durationsOf(all: readonly Capabilities[]): ModelCapabilities['durations'] {
  const declared = all.flatMap(({ durations, durationsAt }) => [
    ...(durations === undefined ? [] : [durations]),
    ...Object.values(durationsAt ?? {}),
  ])
  if (declared.length === 0) return null
  const seconds = unique(declared.flatMap(secondsOf)).toSorted((a, b) => a - b)
  if (seconds.length <= MOST_LISTED) return { kind: 'list', seconds }
  return { kind: 'range', seconds: [Math.min(...seconds), Math.max(...seconds)] }
}

function secondsOf(durations: Durations): readonly number[] {
  if (!('from' in durations)) return durations
  const { from, to, step } = durations
  const count = Math.min(Math.floor((to - from) / step + 1e-9) + 1, MOST_LISTED + 1)
  return [...Array.from({ length: count }, (_, index) => from + step * index), to]
}
