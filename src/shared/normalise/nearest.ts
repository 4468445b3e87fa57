import type { Durations, Resolution } from '../domain/catalogue.ts'

/** How far apart two positive numbers are as factors: 1:2 and 2:1 are equally far from 1:1. */
const logDistance = (a: number, b: number): number => Math.abs(Math.log(a / b))

/** The item whose measure is nearest; of two equally near the first. Undefined for no items. */
export function nearestBy<T>(items: readonly T[], distance: (item: T) => number): T | undefined {
  let best: T | undefined
  let bestDistance = Number.POSITIVE_INFINITY
  for (const item of items) {
    const at = distance(item)
    // Noise of the last bit must not decide between two that are equally near.
    if (at < bestDistance - 1e-12) {
      best = item
      bestDistance = at
    }
  }
  return best
}

/** `16:9` as width over height. */
export function ratioValue(ratio: string): number {
  const [width = 1, height = 1] = ratio.split(':').map(Number)
  return width / height
}

/** By factor, so 7:1 between 4:1 and 8:1 gives 8:1 (the example of lumenfall.ai's model pages). */
export function nearestRatio(ratios: readonly string[], wanted: number): string | undefined {
  return nearestBy(ratios, (ratio) => logDistance(ratioValue(ratio), wanted))
}

/** Output of `nK` tiers in pixels: 1K as on lumenfall.ai's model pages (1365x768), 2K and 4K as video has them. */
const K_TIERS: Readonly<Record<string, number>> = {
  '0.5k': 512 * 512,
  '1k': 1365 * 768,
  '2k': 2560 * 1440,
  '4k': 3840 * 2160,
  '8k': 7680 * 4320,
}

/**
 * About how many pixels a tier's name stands for: `720p` (at 16:9), `0.5K` `1K` `2K` `4K`, and
 * megapixels `0.25`, `1`, `1MP`. Undefined for a name that says nothing of size.
 */
export function pixelsOfTier(name: string): number | undefined {
  const tier = name.trim().toLowerCase()
  const k = K_TIERS[tier]
  if (k !== undefined) return k
  const lines = /^(\d{2,5})p$/.exec(tier)?.[1]
  if (lines !== undefined) return (Number(lines) ** 2 * 16) / 9
  const megapixels = /^(\d{1,3}(?:\.\d{1,4})?)(?:mp)?$/.exec(tier)?.[1]
  return megapixels !== undefined && Number(megapixels) > 0
    ? Number(megapixels) * 1_000_000
    : undefined
}

/** The tier of that name, else the nearest in pixels by factor, the smaller of two. */
export function nearestTier(tiers: readonly Resolution[], wanted: string): Resolution | undefined {
  const same = tiers.find((tier) => tier.name.toLowerCase() === wanted.trim().toLowerCase())
  if (same !== undefined) return same
  const pixels = pixelsOfTier(wanted)
  if (pixels === undefined) return undefined
  const known = tiers.filter((tier) => pixelsOfTier(tier.name) !== undefined)
  const rising = known.toSorted((a, b) => (pixelsOfTier(a.name) ?? 0) - (pixelsOfTier(b.name) ?? 0))
  return nearestBy(rising, (tier) => logDistance(pixelsOfTier(tier.name) ?? 1, pixels))
}

/** In seconds. Of two equally near the longer: a clip can be trimmed, not lengthened. */
export function nearestDuration(durations: Durations, wanted: number): number {
  if (Array.isArray(durations)) {
    const falling = durations.toSorted((a, b) => b - a)
    return nearestBy(falling, (seconds) => Math.abs(seconds - wanted)) ?? wanted
  }
  const { from, to, step } = durations
  const steps = Math.floor((Math.min(Math.max(wanted, from), to) - from) / step + 0.5 + 1e-9)
  const last = Math.floor((to - from) / step + 1e-9)
  return rounded(from + Math.min(steps, last) * step)
}

/** The longest that is allowed, in seconds. */
export function longestDuration(durations: Durations): number {
  if (Array.isArray(durations)) return Math.max(...durations)
  return rounded(
    durations.from +
      Math.floor((durations.to - durations.from) / durations.step + 1e-9) * durations.step,
  )
}

/** Steps such as 0.1 must not leave 4.300000000000001. */
const rounded = (seconds: number): number => Math.round(seconds * 1e6) / 1e6
