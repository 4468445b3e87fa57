import type { ModelId, ProviderId } from '../../shared/domain/ids.ts'
import type { Model } from '../../shared/domain/route.ts'
import { AS_LISTED } from '../../shared/domain/routePreference.ts'
import { nearestName } from '../../shared/template/nearest.ts'
import { isRetired, type Catalogue, type RouteRules } from './catalogue.ts'
import { chooseRoute } from './chooseRoute.ts'
import { notOffered } from './notOffered.ts'

const ANY_ROUTE: RouteRules = Object.freeze({
  allowsRetired: () => false,
  isReady: () => true,
  prefer: () => AS_LISTED,
  renderMs: () => null,
})

/** Builds the lookups. Ids are unique. */
export function createCatalogue(
  models: readonly Model[],
  rules: RouteRules = ANY_ROUTE,
): Catalogue {
  const byId = new Map(models.map((model) => [model.id, model]))
  const routes = new Map(models.flatMap((model) => model.routes).map((route) => [route.id, route]))
  const catalogue: Catalogue = {
    revision: '',
    models,
    model: (id) => byId.get(id),
    route: (id) => routes.get(id),
    routesOf: (id) => byId.get(id)?.routes.filter((route) => !route.byNameOnly) ?? [],
    defaultModel: (provider, options) =>
      defaultOf(
        models,
        provider,
        options?.includeRetired === true || rules.allowsRetired(provider),
      ),
    notOffered: (route, endpoint) => notOffered(models, { route, endpoint, rules }),
    runsOn: (model, provider) => !isRetired(model) || rules.allowsRetired(provider),
    suggestion: (id) => suggest(byId.keys(), id),
    alternatives: (id) => aliveReplacements(byId, id),
    choose: (wish) => chooseRoute(catalogue, wish, rules),
  }
  return catalogue
}

/** The person's own choice first, then the marked one, then the first that still runs. */
function defaultOf(
  models: readonly Model[],
  provider: ProviderId,
  includeRetired: boolean,
): Model | undefined {
  const rank = (model: Model): number => {
    const marked = model.routes.some((route) => route.provider === provider && route.isDefault)
    if (!marked) return 2
    return model.isOwn ? 0 : 1
  }
  return models
    .filter((model) => model.routes.some((route) => route.provider === provider))
    .filter((model) => includeRetired || !isRetired(model))
    .toSorted((a, b) => rank(a) - rank(b))[0]
}

/** `kling3`, `Kling V3` and `kling_v3` all mean `kling-v3`. */
function suggest(ids: Iterable<ModelId>, wanted: string): ModelId | undefined {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  const byPlain = new Map(Array.from(ids, (id) => [plain(id), id]))
  const nearest = nearestName(plain(wanted), byPlain.keys())
  return nearest === undefined ? undefined : byPlain.get(nearest)
}

function aliveReplacements(byId: ReadonlyMap<ModelId, Model>, id: ModelId): readonly Model[] {
  const lifecycle = byId.get(id)?.lifecycle
  if (lifecycle === undefined || lifecycle.status === 'active') return []
  return lifecycle.replacements.flatMap((replacement) => {
    const model = byId.get(replacement)
    return model === undefined || isRetired(model) ? [] : [model]
  })
}
