import type { Capabilities, Resolution } from '../domain/catalogue.ts'
import type { GenerationRequest } from '../domain/generation.ts'
import type { Warning } from '../domain/model.ts'
import type { RouteMode } from '../domain/route.ts'
import { nearestBy, nearestRatio, nearestTier, ratioValue } from './nearest.ts'
import { parseSizeText, ratioOf, sizeOf, sizeText, withinRange, type Size } from './sizes.ts'
import { shapeWarnings } from './shapeWarnings.ts'
import type { Settled } from './wire.ts'

/** Shape and scale of the output, and how the route is told of them. */
export interface Shape {
  readonly settled: Pick<Settled, 'size' | 'aspectRatio' | 'resolution'>
  /** What is expected to come out. */
  readonly size: Size
  readonly ratio: string
  readonly tier: string | undefined
  /** The ratio reaches the output through the first frame, which is fitted to it. */
  readonly throughFrame: boolean
  /** What the first frame is fitted to; null leaves its shape alone. */
  readonly target: Size | null
  readonly warnings: readonly Warning[]
}

export interface ShapeInput {
  readonly request: GenerationRequest
  readonly mode: RouteMode
  /** Pixels of the first frame, where there is one and they are known. */
  readonly lead: Size | undefined
}

/**
 * `size` wins over aspect ratio and resolution; then the nearest ratio and the nearest tier that the
 * route offers (as lumenfall.ai's model pages put it). Undefined when the tier asked for means nothing here.
 */
export function settleShape(input: ShapeInput): Shape | undefined {
  const { request } = input
  const tells = toldBy(input)
  const wanted = request.size === undefined ? request.aspectRatio : ratioOf(request.size)
  const throughFrame = wanted !== undefined && !tells.ratio && followsFrame(input)
  const ratio = settleRatio(input, tells.ratio || throughFrame ? wanted : undefined)
  const tier = settleTier(input, { ratio, heard: tells.tier })
  if (tier === 'unknown') return undefined
  const size = settleSize(input, { ratio, tier, useSize: tells.useSize })
  const led = wanted === undefined && leads(input)
  const tellsRatio = tells.ratio && (wanted !== undefined || (led && !comesAnyway(input, ratio)))
  const shape = {
    settled: settleWire(input, { tells, tellsRatio, size, ratio, tier }),
    size,
    ratio,
    tier: tier?.name,
    throughFrame,
    target: tellsRatio || throughFrame || led || snaps(input) ? size : null,
  }
  return { ...shape, warnings: shapeWarnings({ ...input, shape, tells }) }
}

const asksForScale = ({ size, resolution }: GenerationRequest): boolean =>
  size !== undefined || resolution !== undefined

/** What the route can be told at all. */
export interface Told {
  readonly useSize: boolean
  readonly ratio: boolean
  readonly tier: boolean
}

function toldBy({ request, mode }: ShapeInput): Told {
  const { size, aspectRatio, resolution } = mode.fields
  const apart = aspectRatio !== undefined || resolution !== undefined
  const useSize = size !== undefined && (request.size !== undefined || !apart)
  return {
    useSize,
    ratio: useSize || aspectRatio !== undefined,
    tier: useSize || (resolution !== undefined && canName(request, mode.capabilities)),
  }
}

/** An exact size becomes a tier only where the tiers are known. */
const canName = (request: GenerationRequest, { resolutions }: Capabilities): boolean =>
  request.size === undefined || resolutions !== undefined

const followsFrame = ({ lead, mode }: ShapeInput): boolean =>
  lead !== undefined && mode.capabilities.shapeFromFrame === true

/**
 * With no shape asked for, the first frame decides: where the provider insists, and where it would
 * otherwise fall back on a shape of its own.
 */
function leads({ request, lead, mode }: ShapeInput): boolean {
  if (request.size !== undefined || request.aspectRatio !== undefined) return false
  const falls = mode.fields.aspectRatio !== undefined && fallbackRatio(mode) !== undefined
  const follows = mode.capabilities.shapeFromFrame === true
  return lead !== undefined && (mustMatch(mode) || (falls && !follows))
}

const mustMatch = ({ capabilities }: RouteMode): boolean =>
  capabilities.frames?.firstFrame?.exactRatio === true

const fallbackRatio = ({ capabilities, fields }: RouteMode): string | undefined =>
  fields.aspectRatio?.default ?? capabilities.defaults?.aspectRatio

/** What the provider does by itself need not be sent. */
const comesAnyway = ({ mode }: ShapeInput, ratio: string): boolean =>
  !mustMatch(mode) && ratio === fallbackRatio(mode)

/** The clip takes the offered shape that is nearest to the frame's; the frame is cut here, not silently there. */
const snaps = (input: ShapeInput): boolean =>
  followsFrame(input) && input.mode.fields.aspectRatio !== undefined

/** `heard` is the ratio asked for, where it can reach the output at all. */
function settleRatio(input: ShapeInput, heard: string | undefined): string {
  const { lead, mode } = input
  const { capabilities, fields } = mode
  const named = fields.aspectRatio !== undefined || fields.size !== undefined
  const offered = named ? (capabilities.ratios ?? []) : []
  const pick = (ratio: string) => nearestRatio(offered, ratioValue(ratio)) ?? ratio
  if (heard !== undefined) return named ? pick(heard) : framedRatio(heard, capabilities)
  const shaped = leads(input) || followsFrame(input)
  if (lead !== undefined && shaped) return pick(ratioOf(lead))
  const preset = presetSize(mode)
  return preset === undefined ? usualRatio(mode) : pick(ratioOf(preset))
}

/** Routes that take their shape from the frame refuse what is flatter or narrower (Kling, Hailuo: 5:2). */
const FLATTEST = 2.5

function framedRatio(ratio: string, { ratios }: Capabilities): string {
  const value = ratioValue(ratio)
  if (Math.max(value, 1 / value) <= FLATTEST) return ratio
  return nearestRatio(ratios ?? ['5:2', '2:5'], value) ?? ratio
}

const presetSize = ({ fields }: RouteMode): Size | undefined =>
  parseSizeText(fields.size?.default ?? '')?.size

const usualRatio = (mode: RouteMode): string => fallbackRatio(mode) ?? '16:9'

/** The tier that will come out; `unknown` when the name asked for cannot be compared. */
function settleTier(
  { request, mode }: ShapeInput,
  { ratio, heard }: { readonly ratio: string; readonly heard: boolean },
): Resolution | 'unknown' | undefined {
  const tiers = mode.capabilities.resolutions ?? []
  const { size, resolution } = request
  if (heard && size !== undefined) return nearestInPixels(tiers, size, ratio)
  if (!heard || resolution === undefined) return usualTier(mode, ratio)
  return tiers.length === 0 ? { name: resolution } : (nearestTier(tiers, resolution) ?? 'unknown')
}

function usualTier(mode: RouteMode, ratio: string): Resolution | undefined {
  const tiers = mode.capabilities.resolutions ?? []
  const usual = mode.fields.resolution?.default ?? mode.capabilities.defaults?.resolution
  if (usual !== undefined) return tiers.find((tier) => tier.name === usual) ?? { name: usual }
  const preset = presetSize(mode)
  if (preset !== undefined) return nearestInPixels(tiers, preset, ratio)
  return tiers.length === 1 ? tiers[0] : undefined
}

/** The tier that an exact size belongs to, for its price. */
export function tierOfSize(tiers: readonly Resolution[], size: Size): Resolution | undefined {
  const ratios = [...new Set(tiers.flatMap((tier) => Object.keys(tier.sizes ?? {})))]
  const ratio = nearestRatio(ratios, size.width / size.height) ?? ratioOf(size)
  return nearestInPixels(tiers, size, ratio)
}

function nearestInPixels(
  tiers: readonly Resolution[],
  wanted: Size,
  ratio: string,
): Resolution | undefined {
  const area = (size: Size) => size.width * size.height
  const rising = tiers.toSorted((a, b) => area(sizeOf(a, ratio)) - area(sizeOf(b, ratio)))
  return nearestBy(rising, (tier) => Math.abs(Math.log(area(sizeOf(tier, ratio)) / area(wanted))))
}

function settleSize(
  { request, mode }: ShapeInput,
  how: {
    readonly ratio: string
    readonly tier: Resolution | undefined
    readonly useSize: boolean
  },
): Size {
  const { resolutions, sizeRange } = mode.capabilities
  const free = how.useSize && resolutions === undefined ? request.size : undefined
  const size = free ?? sizeOf(how.tier, how.ratio)
  return sizeRange === undefined ? size : withinRange(size, sizeRange)
}

function settleWire(
  { request, mode }: ShapeInput,
  told: {
    readonly tells: Told
    readonly tellsRatio: boolean
    readonly size: Size
    readonly ratio: string
    readonly tier: Resolution | undefined
  },
): Shape['settled'] {
  const { aspectRatio, resolution, size } = mode.fields
  const scaled = asksForScale(request)
  if (told.tells.useSize) {
    return { size: told.tellsRatio || scaled ? sizeText(told.size) : size?.default }
  }
  const tier = told.tells.tier && scaled ? told.tier?.name : undefined
  return {
    aspectRatio: told.tellsRatio ? told.ratio : aspectRatio?.default,
    resolution: tier ?? resolution?.default,
  }
}
