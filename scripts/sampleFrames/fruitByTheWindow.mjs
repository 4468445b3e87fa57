import { distance, shadeOf } from './stillLife.mjs'
import { add, clamp, layers, mix, ramp, rgb, scale } from './noise.mjs'

/** Fruit, a bowl and a vase of berries on a table, in the light of a window: rays marched through distances. */
export const fruitByTheWindow = {
  name: 'fruit-by-the-window.jpg',
  width: 1080,
  height: 1080,
  paint,
}

const EYE = [0.05, 1.5, 4.7]
const AIM = [0.02, 0.74, 0]
const LENS = 2.35
const TO_SUN = unit([-0.82, 0.62, 0.52])
const SUN = [2.5, 2.02, 1.36]
const SHADE = [0.085, 0.1, 0.145]
const WALL = -1.9

function paint(x, y) {
  const ray = rayThrough((x - 0.5) * 2, (0.5 - y) * 2)
  const hit = march(EYE, ray)
  const light = hit === undefined ? wallLight(ray) : surfaceLight(ray, hit)
  const corner = Math.hypot(x - 0.5, y - 0.52)
  return tone(scale(light, 1 - 0.55 * ramp(0.36, 0.82, corner)))
}

/** Brightness to colour: highlights roll off as film does. */
const tone = (light) =>
  light.map(
    (value) =>
      clamp((value * (2.51 * value + 0.03)) / (value * (2.43 * value + 0.59) + 0.14)) ** 0.4545,
  )

function rayThrough(x, y) {
  const forward = unit(AIM.map((value, index) => value - EYE[index]))
  const right = unit([0 - forward[2], 0, forward[0]])
  const up = cross(right, forward)
  return unit(forward.map((value, index) => value * LENS + right[index] * x + up[index] * y))
}

function march(from, ray) {
  let travelled = 2.2
  for (let step = 0; step < 110 && travelled < 9; step += 1) {
    const [x, y, z] = along(from, ray, travelled)
    if (z < WALL) return undefined
    const gap = distance(x, y, z)
    if (gap < 0.0006) return [x, y, z]
    travelled += gap * 0.86
  }
  return undefined
}

function surfaceLight(ray, point) {
  const normal = normalAt(point)
  const surface = shadeOf(point, normal)
  const sun = clamp(dot(normal, TO_SUN)) * sunAt(point)
  const sky = (0.5 + 0.5 * normal[1]) * openness(point, normal)
  const bounce = clamp(0.5 - normal[1] * 0.5) * Math.exp(-point[1] * 1.6) * 0.22
  let light = scale(SUN, sun)
  light = add(light, SHADE, sky * 2.1)
  light = add(light, [0.5, 0.3, 0.16], bounce)
  const colour = surface.colour.map((value, index) => value * light[index])
  const half = unit(TO_SUN.map((value, index) => value - ray[index]))
  const shine = clamp(dot(normal, half)) ** surface.sharpness * surface.shine * sunAt(point)
  const rim = (1 + dot(normal, ray)) ** 4 * surface.shine * 0.1
  return add(add(colour, [1, 0.93, 0.8], shine), [0.5, 0.56, 0.7], rim)
}

function wallLight(ray) {
  const travelled = (WALL - EYE[2]) / ray[2]
  const point = along(EYE, ray, travelled)
  const plaster = layers(point[0] * 2.2, point[1] * 2.2, { seed: 7, count: 6 })
  const colour = mix(rgb('#4d4a45'), rgb('#6b6459'), plaster)
  const sun = panes(point) * shadowAt([point[0], point[1], WALL + 0.01], 9)
  const light = add(scale(SHADE, 1.5), SUN, sun * 0.5)
  const low = ramp(-0.3, 1.2, point[1])
  return colour.map((value, index) => value * value * light[index] * (0.6 + 0.4 * low) * 1.25)
}

/** Sunlight that comes through the panes and past every object. */
const sunAt = (point) => panes(point) * shadowAt(point, 16)

/** A window with small panes, far to the left: where its light falls, with soft edges. */
function panes([x, y, z]) {
  const back = (x + 4) / TO_SUN[0]
  const across = z - TO_SUN[2] * back - 1.9
  const high = y - TO_SUN[1] * back - 4.02
  const inside = (value, size) => ramp(size + 0.09, size - 0.09, Math.abs(value))
  const between = (value, pane) =>
    ramp(0.025, 0.085, Math.abs(((((value / pane) % 1) + 1.5) % 1) - 0.5) * pane)
  const bars = between(across + 0.36, 0.78) * between(high + 0.62, 0.98)
  return inside(across, 1.6) * inside(high, 1.32) * (0.1 + 0.9 * bars)
}

function shadowAt(point, hardness) {
  let [lit, travelled] = [1, 0.02]
  for (let step = 0; step < 70 && travelled < 3.4; step += 1) {
    const [x, y, z] = along(point, TO_SUN, travelled)
    const gap = distance(x, y, z)
    if (gap < 0.0004) return 0
    lit = Math.min(lit, (hardness * gap) / travelled)
    travelled += clamp(gap * 0.6, 0.012, 0.09)
  }
  return ramp(0, 1, lit)
}

/** How much of the room a point sees: dark in corners and under things. */
function openness(point, normal) {
  let [closed, weight] = [0, 1]
  for (let step = 1; step <= 5; step += 1) {
    const reach = step * 0.075
    const [x, y, z] = along(point, normal, reach)
    closed += weight * (reach - distance(x, y, z))
    weight *= 0.72
  }
  return clamp(1 - 1.9 * closed)
}

function normalAt([x, y, z]) {
  const e = 0.0008
  return unit([
    distance(x + e, y, z) - distance(x - e, y, z),
    distance(x, y + e, z) - distance(x, y - e, z),
    distance(x, y, z + e) - distance(x, y, z - e),
  ])
}

const along = (from, way, far) => [
  from[0] + way[0] * far,
  from[1] + way[1] * far,
  from[2] + way[2] * far,
]
const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
const cross = (a, b) => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]
function unit(a) {
  const length = Math.hypot(a[0], a[1], a[2])
  return [a[0] / length, a[1] / length, a[2] / length]
}
