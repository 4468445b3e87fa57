/** Small functions that both pictures are painted with. Colours are arrays of three numbers, 0 to 1. */

/** A number from 0 to 1 for a whole-numbered point; always the same for the same point. */
function hash(x, y, seed) {
  let value = Math.imul(x, 374761393) + Math.imul(y, 668265263) + Math.imul(seed, 1442695041)
  value = Math.imul(value ^ (value >>> 13), 1274126177)
  return ((value ^ (value >>> 16)) >>> 0) / 2 ** 32
}

/** Smooth noise from 0 to 1. */
export function noise(x, y, seed) {
  const [column, row] = [Math.floor(x), Math.floor(y)]
  const [u, v] = [smooth(x - column), smooth(y - row)]
  const top = mix1(hash(column, row, seed), hash(column + 1, row, seed), u)
  const bottom = mix1(hash(column, row + 1, seed), hash(column + 1, row + 1, seed), u)
  return mix1(top, bottom, v)
}

/** Several layers of noise, each finer and weaker. */
export function layers(x, y, { seed, count }) {
  let [sum, weight, total, scale] = [0, 1, 0, 1]
  for (let layer = 0; layer < count; layer += 1) {
    sum += weight * noise(x * scale, y * scale, seed + layer * 17)
    total += weight
    weight *= 0.5
    scale *= 2.03
  }
  return sum / total
}

const smooth = (t) => t * t * (3 - 2 * t)
const mix1 = (a, b, t) => a + (b - a) * t

export const clamp = (value, low = 0, high = 1) => Math.min(high, Math.max(low, value))
/** 0 below `from`, 1 above `to`, smooth between. */
export const ramp = (from, to, value) => smooth(clamp((value - from) / (to - from)))
export const mix = (a, b, t) => a.map((value, index) => mix1(value, b[index], t))
export const add = (a, b, weight = 1) => a.map((value, index) => value + b[index] * weight)
export const scale = (a, weight) => a.map((value) => value * weight)

/** The colour at `t` between stops `[at, colour]`. */
export function gradient(stops, t) {
  const next = stops.findIndex(([at]) => at >= t)
  if (next <= 0) return stops.at(next)[1]
  const [[from, a], [to, b]] = [stops[next - 1], stops[next]]
  return mix(a, b, smooth((t - from) / (to - from)))
}

/** `#rrggbb` as three numbers. */
export const rgb = (hex) =>
  [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16) / 255)
