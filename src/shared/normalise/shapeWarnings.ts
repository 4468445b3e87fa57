import type { Warning } from '../domain/model.ts'
import { ratioValue } from './nearest.ts'
import type { Shape, ShapeInput, Told } from './shape.ts'
import { ratioOf, sizeText, type Size } from './sizes.ts'
import { converted, dropped } from './warnings.ts'

interface Input extends ShapeInput {
  readonly shape: Omit<Shape, 'warnings'>
  readonly tells: Told
}

/** Pixels are whole, so 1365x768 counts as 16:9. */
const RATIO_TOLERANCE = 0.005
export const sameShape = (a: number, b: number): boolean =>
  Math.abs(Math.log(a / b)) < RATIO_TOLERANCE

/** What differs between the shape and scale that were asked for and those that will come out. */
export function shapeWarnings(input: Input): Warning[] {
  const { size } = input.request
  return size === undefined
    ? [...ratioWarnings(input), ...tierWarnings(input)]
    : [...sizeWarnings(input, size), ...ignoredBesideSize(input, size)]
}

function sizeWarnings({ shape, tells, lead }: Input, asked: Size): Warning[] {
  const from = sizeText(asked)
  const out = sizeText(shape.size)
  if (shape.throughFrame && !hasShape(lead, shape.ratio)) {
    return [throughFrame('size', { from, ratio: shape.ratio, out })]
  }
  if (from === out) return []
  if (!tells.ratio && !tells.tier) return [dropped('size', from, `about ${out}`)]
  const named = [shape.settled.aspectRatio, shape.settled.resolution].filter(Boolean).join(' at ')
  return [converted('size', from, tells.useSize ? out : `${named} (about ${out})`)]
}

function ratioWarnings({ request, mode, shape, tells, lead }: Input): Warning[] {
  const from = request.aspectRatio
  if (from === undefined) return []
  if (shape.throughFrame) {
    const { ratio } = shape
    const asAsked = sameShape(ratioValue(from), ratioValue(ratio))
    if (asAsked && hasShape(lead, ratio)) return []
    return [throughFrame('aspectRatio', { from, ratio, out: sizeText(shape.size) })]
  }
  const led = mode.capabilities.shapeFromFrame === true && request.frames.length > 0
  if (!tells.ratio && led) return [dropped('aspectRatio', from, 'the shape of the first frame')]
  if (ratioValue(from) === ratioValue(shape.ratio)) return []
  return [(tells.ratio ? converted : dropped)('aspectRatio', from, shape.ratio)]
}

function tierWarnings({ request, shape, tells }: Input): Warning[] {
  const from = request.resolution
  if (from === undefined || from.toLowerCase() === shape.tier?.toLowerCase()) return []
  if (!tells.tier) return [dropped('resolution', from, shape.tier ?? 'what the model chooses')]
  return [converted('resolution', from, shape.tier ?? sizeText(shape.size))]
}

function ignoredBesideSize({ request, shape }: Input, size: Size): Warning[] {
  const ignored = (field: string, from: string): Warning => ({
    field,
    behaviour: 'dropped',
    from,
    to: sizeText(size),
    message: `The size ${sizeText(size)} wins over ${from}. Clear one of the two.`,
  })
  const { aspectRatio, resolution } = request
  const ratioAgrees =
    aspectRatio === undefined || sameShape(ratioValue(aspectRatio), ratioValue(ratioOf(size)))
  const tierAgrees =
    resolution === undefined || resolution.toLowerCase() === shape.tier?.toLowerCase()
  return [
    ...(ratioAgrees ? [] : [ignored('aspectRatio', aspectRatio)]),
    ...(tierAgrees ? [] : [ignored('resolution', resolution)]),
  ]
}

const hasShape = (lead: Size | undefined, ratio: string): boolean =>
  lead !== undefined && sameShape(lead.width / lead.height, ratioValue(ratio))

function throughFrame(
  field: string,
  { from, ratio, out }: { readonly from: string; readonly ratio: string; readonly out: string },
): Warning {
  return {
    field,
    behaviour: 'emulated',
    from,
    to: `a first frame in ${ratio} (about ${out})`,
    message: `This route takes its shape from the first frame, so the frame is fitted to ${ratio}.`,
  }
}
