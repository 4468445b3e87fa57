import type { Capabilities, FieldMap, ModelFile, RouteFile, RouteModeFile } from './catalogue.ts'
import { MODES, type Mode } from './model.ts'
import type { Model, Route, RouteMode } from './route.ts'

/** Merges what a model file inherits, so that every route says all about itself. */
export function resolveModel(file: ModelFile, isOwn: boolean): Model {
  const routes = file.routes.flatMap((route) => {
    const own = resolveRoute(file, route)
    return [own, ...forcedRoutes(route, own)]
  })
  return {
    id: file.id,
    name: file.name,
    creator: file.creator,
    lifecycle: file.lifecycle,
    modes: MODES.filter((mode) => routes.some((route) => route.modes[mode] !== undefined)),
    routes,
    source: file.source,
    checkedOn: file.checkedOn,
    isOwn,
  }
}

function resolveRoute(file: ModelFile, route: RouteFile): Route {
  const modes: Partial<Record<Mode, RouteMode>> = {}
  for (const mode of MODES) {
    const declared = route.modes[mode]
    if (declared !== undefined) modes[mode] = resolveMode(file, route, declared)
  }
  return {
    id: route.id,
    provider: route.provider,
    model: file.id,
    modes,
    prices: route.prices,
    isDefault: route.default === true,
    byNameOnly: false,
    typicalRenderSeconds: route.typicalRenderSeconds ?? file.typicalRenderSeconds,
    bytesPerSecond: route.bytesPerSecond ?? file.bytesPerSecond,
    source: route.source,
    checkedOn: route.checkedOn,
  }
}

function resolveMode(file: ModelFile, route: RouteFile, mode: RouteModeFile): RouteMode {
  return {
    endpoint: mode.endpoint,
    fields: mergeFields(route.fields, mode.fields ?? {}),
    constants: { ...route.constants, ...mode.constants },
    options: { ...route.options, ...mode.options },
    capabilities: [route.capabilities ?? {}, mode.capabilities ?? {}].reduce(
      mergeCapabilities,
      file.capabilities,
    ),
  }
}

function mergeFields(route: FieldMap, mode: NonNullable<RouteModeFile['fields']>): FieldMap {
  const merged = Object.entries({ ...route, ...mode })
  return Object.fromEntries(merged.filter(([, field]) => field !== null)) as FieldMap
}

function mergeCapabilities(base: Capabilities, over: Capabilities): Capabilities {
  return { ...base, ...over, defaults: { ...base.defaults, ...over.defaults } }
}

/** A gateway's names for one upstream each, as routes that are used only when named. */
function forcedRoutes(file: RouteFile, route: Route): Route[] {
  return Object.entries(file.forced ?? {}).map(([slug, allowed]) => ({
    ...route,
    id: `${route.provider}/${slug.replaceAll('/', '.')}`,
    isDefault: false,
    byNameOnly: true,
    modes: Object.fromEntries(
      allowed.flatMap((mode) => {
        const own = route.modes[mode]
        return own === undefined ? [] : [[mode, { ...own, endpoint: slug }]]
      }),
    ),
  }))
}
