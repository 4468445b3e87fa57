import type { FrameLimits } from '../domain/catalogue.ts'
import { FITTED_TYPES, type FitWay, type FitWish, type FrameFit } from '../domain/frameFit.ts'
import type { FileFrame } from '../domain/generation.ts'
import type { Warning } from '../domain/model.ts'
import { sameShape } from './shapeWarnings.ts'
import { sizeText, type Size } from './sizes.ts'
import { fieldWord } from './warnings.ts'

export interface FrameFitInput {
  readonly frame: FileFrame
  /** Pixels of the output; null leaves the frame's shape alone. */
  readonly target: Size | null
  readonly limits: FrameLimits
  readonly wish?: FitWish | undefined
}

/** With less of the picture than this left, bars are the smaller harm than cutting. */
export const LEAST_KEPT = 0.5

/**
 * Decides what must be done to a frame so that it has the output's ratio and the provider takes it:
 * as the person wishes, else cut around the middle, or bars where cutting would lose more than half;
 * then size, format, bytes. Null: it is sent as it is.
 */
export function frameFit({ frame, target, limits, wish }: FrameFitInput): {
  readonly fit: FrameFit | null
  /** False when no size of that shape keeps within the limits. */
  readonly possible: boolean
  readonly warnings: readonly Warning[]
} {
  const reshape = target === null ? null : reshapeTo(frame, target, wish?.how)
  const shaped = reshape?.size ?? { width: frame.width, height: frame.height }
  const exact = limits.exactRatio === true && target !== null
  const size = exact ? target : withinSides(shaped, limits)
  const possible = Math.min(size.width, size.height) >= (limits.minSide ?? 1)
  const maxBytes = limits.maxBytes ?? null
  const isFine =
    sizeText(size) === sizeText(frame) &&
    takes(limits, frame.contentType) &&
    (maxBytes === null || frame.bytes <= maxBytes)
  if (isFine) return { fit: null, possible, warnings: [] }
  const contentType = savedAs(frame, size, limits)
  const how = reshape?.how ?? 'reencode'
  const focus = how === 'crop' && wish?.focus !== undefined ? { focus: wish.focus } : {}
  if (contentType === undefined) return { fit: null, possible: false, warnings: [] }
  const fit: FrameFit = { how, ...pixels(size), contentType, maxBytes, ...focus }
  return { fit, possible, warnings: fitWarnings(frame, fit, reshape?.kept) }
}

const pixels = ({ width, height }: Size): Size => ({ width, height })

/** Null when the shape is right already. */
function reshapeTo(
  frame: Size,
  target: Size,
  wished: FitWay | undefined,
): { readonly how: FitWay; readonly size: Size; readonly kept: number } | null {
  const wanted = target.width / target.height
  const has = frame.width / frame.height
  if (sameShape(wanted, has)) return null
  const kept = Math.min(wanted / has, has / wanted)
  const how = wished ?? (kept < LEAST_KEPT ? 'pad' : 'crop')
  // Cutting keeps the side that is too short already; bars keep the one that is too long.
  const keepHeight = wanted < has === (how === 'crop')
  const size = keepHeight
    ? { width: whole(frame.height * wanted), height: frame.height }
    : { width: frame.width, height: whole(frame.width / wanted) }
  return { how, size, kept }
}

const whole = (value: number): number => Math.max(1, Math.round(value))

function withinSides(size: Size, { minSide, maxSide }: FrameLimits): Size {
  const short = Math.min(size.width, size.height)
  const long = Math.max(size.width, size.height)
  const up = minSide === undefined ? 1 : Math.max(1, minSide / short)
  const down = maxSide === undefined ? 1 : Math.min(1, maxSide / long)
  const factor = down < 1 ? down : up
  return factor === 1
    ? size
    : { width: scaled(size.width, factor), height: scaled(size.height, factor) }
}

/** Never a hair under a minimum nor over a maximum. */
const scaled = (side: number, factor: number): number =>
  Math.max(1, factor > 1 ? Math.ceil(side * factor - 1e-9) : Math.floor(side * factor + 1e-9))

const takes = ({ formats }: FrameLimits, contentType: string): boolean =>
  formats === undefined || formats.some((format) => format === contentType)

/** What a picture is saved anew as: what it was, unless that is too large, not taken, or rare. */
function savedAs(frame: FileFrame, size: Size, limits: FrameLimits) {
  const grown = (size.width * size.height) / (frame.width * frame.height)
  const isTight = limits.maxBytes !== undefined && frame.bytes * grown > limits.maxBytes / 2
  const isPng = frame.contentType === 'image/png' && !isTight
  const liked =
    isPng || frame.contentType === 'image/gif' ? FITTED_TYPES.toReversed() : FITTED_TYPES
  return liked.find((type) => takes(limits, type))
}

function fitWarnings(frame: FileFrame, fit: FrameFit, kept: number | undefined): Warning[] {
  const field = frame.role
  const word = fieldWord(field)
  const from = `${sizeText(frame)} ${frame.contentType}`
  const to = `${sizeText(fit)} ${fit.contentType}`
  const say = (message: string): Warning[] => [{ field, behaviour: 'converted', from, to, message }]
  switch (fit.how) {
    case 'crop': {
      const percent = Math.round((1 - (kept ?? 1)) * 100)
      return say(
        `The ${word} ${frame.name} is cut to the clip's shape and loses ${percent} % of its area. Bring a picture in that shape to keep all of it.`,
      )
    }
    case 'pad': {
      const why =
        (kept ?? 1) < LEAST_KEPT ? ', because cutting would lose more than half of it' : ''
      return say(
        `The ${word} ${frame.name} gets bars to fill the clip's shape${why}. Bring a picture in that shape to avoid them.`,
      )
    }
    case 'blurPad': {
      return say(
        `The ${word} ${frame.name} is shown whole, on a blurred copy of itself that fills the clip's shape.`,
      )
    }
    case 'reencode': {
      return say(
        `The ${word} ${frame.name} is saved anew, in a size and format that the route takes.`,
      )
    }
  }
}
