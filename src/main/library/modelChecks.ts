import type { Capabilities, ModelFile, RouteFile } from '../../shared/domain/catalogue.ts'
import { MODES, type FrameRole, type Mode } from '../../shared/domain/model.ts'
import { resolveModel } from '../../shared/domain/resolveModel.ts'
import type { RouteMode } from '../../shared/domain/route.ts'
import { SCALAR_FIELDS } from '../../shared/normalise/wire.ts'

interface Fault {
  readonly place: string
  readonly message: string
}

const NEEDED: Readonly<Record<Mode, readonly FrameRole[]>> = {
  textToVideo: [],
  imageToVideo: ['firstFrame'],
  firstLastFrame: ['firstFrame', 'lastFrame'],
  referenceToVideo: ['reference'],
}

/** What the schema alone cannot see: parts of a model file that do not fit each other. */
export function checkModel(file: ModelFile): readonly Fault[] {
  const resolved = resolveModel(file, false)
  return file.routes.flatMap((route, index) => {
    const place = `routes[${index}]`
    const own = resolved.routes.find(({ id }) => id === route.id)
    const modes = MODES.flatMap((mode) => {
      const routeMode = own?.modes[mode]
      return routeMode === undefined
        ? []
        : checkMode(routeMode, { mode, place: `${place}.modes.${mode}` })
    })
    return [...checkRoute(file, { route, place }), ...modes]
  })
}

function checkRoute(
  file: ModelFile,
  { route, place }: { readonly route: RouteFile; readonly place: string },
): Fault[] {
  const faults: Fault[] = []
  const say = (at: string, message: string) => faults.push({ place: `${place}${at}`, message })
  if (!route.id.startsWith(`${route.provider}/`)) say('.id', `must begin with ${route.provider}/`)
  if (file.routes.filter(({ id }) => id === route.id).length > 1) say('.id', 'is used twice')
  if (Object.keys(route.modes).length === 0) say('.modes', 'must name at least one mode')
  for (const [slug, modes] of Object.entries(route.forced ?? {})) {
    const missing = modes.find((mode) => route.modes[mode] === undefined)
    if (missing !== undefined) say(`.forced.${slug}`, `names ${missing}, which the route lacks`)
  }
  return faults
}

function checkMode(
  { fields, capabilities }: RouteMode,
  { mode, place }: { readonly mode: Mode; readonly place: string },
): Fault[] {
  const faults: Fault[] = []
  const say = (at: string, message: string) => faults.push({ place: `${place}${at}`, message })
  if (fields.prompt === undefined) say('.fields.prompt', 'is missing')
  for (const role of NEEDED[mode]) {
    if (fields[role] === undefined) say(`.fields.${role}`, 'is missing, and this mode needs it')
  }
  const names = SCALAR_FIELDS.flatMap((field) => fields[field]?.name ?? [])
  if (new Set(names).size < names.length) {
    say('.fields', `give one wire name twice: ${names.join(', ')}`)
  }
  for (const fault of checkNames(fields, capabilities)) say(fault.place, fault.message)
  return faults
}

/** Defaults and value maps must name tiers and ratios that are declared. */
function checkNames(fields: RouteMode['fields'], capabilities: Capabilities): Fault[] {
  const { ratios, resolutions, defaults } = capabilities
  const tiers = resolutions?.map(({ name }) => name)
  const unknown = (place: string, name: string | undefined, known: readonly string[] | undefined) =>
    name === undefined || known === undefined || known.includes(name)
      ? []
      : [{ place, message: `names ${name}, which is not among ${known.join(', ')}` }]
  return [
    ...unknown('.fields.aspectRatio.default', fields.aspectRatio?.default, ratios),
    ...unknown('.fields.resolution.default', fields.resolution?.default, tiers),
    ...unknown('.capabilities.defaults.aspectRatio', defaults?.aspectRatio, ratios),
    ...unknown('.capabilities.defaults.resolution', defaults?.resolution, tiers),
    ...Object.keys(fields.aspectRatio?.values ?? {}).flatMap((name) =>
      unknown('.fields.aspectRatio.values', name, ratios),
    ),
    ...Object.keys(fields.resolution?.values ?? {}).flatMap((name) =>
      unknown('.fields.resolution.values', name, tiers),
    ),
  ]
}
