import type { Capabilities, Resolution } from '../domain/catalogue.ts'
import type { GenerationRequest } from '../domain/generation.ts'
import { pixelsOfTier, ratioValue } from './nearest.ts'

/** Pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

export const sizeText = (size: Size): string => `${size.width}x${size.height}`

/**
 * Reads a `size` cell: `1280x720` is exact pixels, `16:9` the same as an aspect ratio, `auto` leaves
 * it to the model. Undefined when it is none of these.
 */
export function parseSizeText(
  text: string,
): Pick<GenerationRequest, 'size' | 'aspectRatio'> | undefined {
  const cell = text.trim().toLowerCase()
  if (cell === 'auto') return {}
  const exact = /^([1-9]\d{0,4})\s*[x×]\s*([1-9]\d{0,4})$/.exec(cell)
  if (exact !== null) return { size: { width: Number(exact[1]), height: Number(exact[2]) } }
  const ratio = /^([1-9]\d{0,3})\s*:\s*([1-9]\d{0,3})$/.exec(cell)
  return ratio === null ? undefined : { aspectRatio: `${ratio[1]}:${ratio[2]}` }
}

const even = (value: number): number => Math.max(2, Math.round(value / 2) * 2)

/** What is expected where nothing says otherwise: 1280x720, the smallest that all providers offer. */
const FALLBACK_LINES = 720

/**
 * Pixels of a tier in a shape: the published ones, else by convention: `720p` names the shorter side,
 * other tiers the number of pixels. Even numbers, as video codecs need.
 */
export function sizeOf(tier: Resolution | undefined, ratio: string): Size {
  const published = tier?.sizes?.[ratio]
  if (published !== undefined) return { width: published[0], height: published[1] }
  const value = ratioValue(ratio)
  const lines = /^(\d{2,5})p$/i.exec(tier?.name ?? '')?.[1]
  const pixels = lines === undefined ? pixelsOfTier(tier?.name ?? '') : undefined
  if (pixels !== undefined) {
    return { width: even(Math.sqrt(pixels * value)), height: even(Math.sqrt(pixels / value)) }
  }
  const short = Number(lines ?? FALLBACK_LINES)
  return value >= 1
    ? { width: even(short * value), height: even(short) }
    : { width: even(short), height: even(short / value) }
}

/** `WxH` in the smallest whole numbers, held to four digits as ratios are. */
export function ratioOf(size: Size): string {
  const divisor = greatestCommonDivisor(size.width, size.height)
  const width = size.width / divisor
  const height = size.height / divisor
  const shrink = Math.max(width, height) / 9999
  if (shrink <= 1) return `${width}:${height}`
  return `${Math.max(1, Math.round(width / shrink))}:${Math.max(1, Math.round(height / shrink))}`
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

/** The nearest size that a free range allows. */
export function withinRange(size: Size, range: NonNullable<Capabilities['sizeRange']>): Size {
  const first = Math.ceil(range.min / range.multipleOf) * range.multipleOf
  const last = Math.floor(range.max / range.multipleOf) * range.multipleOf
  const side = (value: number) =>
    Math.min(Math.max(Math.round(value / range.multipleOf) * range.multipleOf, first), last)
  return { width: side(size.width), height: side(size.height) }
}
