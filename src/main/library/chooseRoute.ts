import type { ProviderId } from '../../shared/domain/ids.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import type { Model, Route } from '../../shared/domain/route.ts'
import { MODE_WORDS } from '../../shared/normalise/modes.ts'
import type { RequestProblem } from '../../shared/normalise/types.ts'
import { AS_LISTED } from '../../shared/domain/routePreference.ts'
import { preferRoutes, whyPreferred } from './preferRoutes.ts'
import {
  isRetired,
  type Catalogue,
  type RouteChoice,
  type RouteRules,
  type RouteWish,
} from './catalogue.ts'

type Found = Result<{ readonly model: Model; readonly routes: readonly Route[] }, RequestProblem>

/** See `Catalogue.choose`. */
export function chooseRoute(
  catalogue: Catalogue,
  wish: RouteWish,
  rules: RouteRules,
): Result<RouteChoice, RequestProblem> {
  const unknown = unknownProvider(catalogue, wish.provider)
  if (unknown !== undefined) return err(unknown)
  const found = wish.model === undefined ? findDefault(catalogue, wish) : find(catalogue, wish)
  if (!found.ok) return found
  const { model, routes } = found.value
  const here = routes.filter((route) => [undefined, route.provider].includes(wish.provider))
  if (here.length === 0) return err(noRoute(model, wish.provider ?? ''))
  const runs = ({ provider }: Route): boolean =>
    wish.allowRetired === true || catalogue.runsOn(model, provider)
  const alive = here.filter(runs)
  if (alive.length === 0) return err(retired(catalogue, model))
  const can = alive.filter((route) => route.modes[wish.mode] !== undefined)
  const choice = preferred(model, can, { wish, rules })
  return choice === null ? err(modeNotOffered(catalogue, model, wish)) : ok(choice)
}

/**
 * Providers compete, each with the catalogue's first route: others of it are tiers, such as a cheaper
 * and plainer one, which are taken by name alone. A row that names its provider has chosen.
 */
function preferred(
  model: Model,
  routes: readonly Route[],
  { wish, rules }: { readonly wish: RouteWish; readonly rules: RouteRules },
): RouteChoice | null {
  const isNamed = wish.provider !== undefined
  const prefer = isNamed ? AS_LISTED : (wish.prefer ?? rules.prefer())
  const firsts = routes.filter(
    ({ provider }, at) => at === routes.findIndex((other) => other.provider === provider),
  )
  const ordered = preferRoutes(
    firsts.map((route) => ({
      route,
      isReady: rules.isReady(route.provider),
      isHeld: rules.isHeld?.(route) === true,
      cost: prefer.by === 'price' ? (wish.costOn?.({ model, route }) ?? null) : null,
      renderMs: prefer.by === 'speed' ? rules.renderMs(route.id) : null,
    })),
    prefer,
  )
  const [first] = ordered
  if (first === undefined) return null
  const why = isNamed ? null : whyPreferred(ordered, prefer)
  return { model, route: first.route, ways: ordered.map(({ route }) => route), why }
}

function unknownProvider(
  { models }: Catalogue,
  provider: ProviderId | undefined,
): RequestProblem | undefined {
  const known = [...new Set(models.flatMap(({ routes }) => routes.map((route) => route.provider)))]
  if (provider === undefined || known.includes(provider)) return undefined
  return {
    column: 'provider',
    code: 'unknownProvider',
    message: `No model of the catalogue runs on "${provider}".`,
    mend: `Use one of ${known.toSorted().join(', ')}.`,
  }
}

function find(catalogue: Catalogue, { model: wanted = '', provider }: RouteWish): Found {
  const model = catalogue.model(wanted)
  if (model !== undefined) return ok({ model, routes: catalogue.routesOf(wanted) })
  const pinned = provider === undefined ? '' : `${provider}/${wanted.replaceAll('/', '.')}`
  const route = catalogue.route(pinned) ?? catalogue.route(wanted)
  const owner = catalogue.model(route?.model ?? '')
  if (route !== undefined && owner !== undefined) return ok({ model: owner, routes: [route] })
  const meant = catalogue.suggestion(wanted)
  return err({
    column: 'model',
    code: 'unknownModel',
    message: `There is no model "${wanted}".`,
    mend:
      meant === undefined
        ? 'See `dailies models`, or add a file for it as docs/adding-a-model.md shows.'
        : `Did you mean ${meant}?`,
  })
}

function findDefault(catalogue: Catalogue, { provider, allowRetired }: RouteWish): Found {
  const includeRetired = allowRetired === true
  const model =
    provider === undefined ? undefined : catalogue.defaultModel(provider, { includeRetired })
  if (model !== undefined) return ok({ model, routes: catalogue.routesOf(model.id) })
  return err({
    column: 'model',
    code: 'noModel',
    message:
      provider === undefined
        ? 'No model and no provider is named.'
        : `${provider} has no model of its own to fall back on.`,
    mend: 'Name a model; `dailies models` lists them.',
  })
}

const listed = (models: readonly Model[]): string => models.map(({ id }) => id).join(', ')

function retired(catalogue: Catalogue, model: Model): RequestProblem {
  const { lifecycle } = model
  const since = 'on' in lifecycle && lifecycle.on !== undefined ? ` since ${lifecycle.on}` : ''
  const others = catalogue.alternatives(model.id)
  return {
    column: 'model',
    code: 'modelRetired',
    message: `${model.name} is no longer offered${since}.`,
    mend: `${others.length === 0 ? 'Choose another model' : `Use ${listed(others)} instead`}, or set a base URL of a server of your own that still has it.`,
  }
}

const noRoute = (model: Model, provider: ProviderId): RequestProblem => ({
  column: 'provider',
  code: 'noRoute',
  message: `${model.name} does not run on ${provider}.`,
  mend: `It runs on ${[...new Set(model.routes.map((route) => route.provider))].join(', ')}.`,
})

const MOST_NAMED = 5

function modeNotOffered(
  { models }: Catalogue,
  model: Model,
  { mode, provider }: RouteWish,
): RequestProblem {
  const able = models.filter(
    (other) =>
      !isRetired(other) &&
      other.routes.some(
        (route) =>
          route.modes[mode] !== undefined && [undefined, route.provider].includes(provider),
      ),
  )
  const here = provider === undefined ? '' : ` on ${provider}`
  const words = MODE_WORDS[mode]
  return {
    column: 'model',
    code: 'modeNotOffered',
    message: `${model.name} makes no ${words}${here}.`,
    mend:
      able.length === 0
        ? 'Change the frames of this row.'
        : `Models that do: ${listed(able.slice(0, MOST_NAMED))}.`,
  }
}
