import { add, clamp, gradient, layers, mix, noise, ramp, rgb, scale } from './noise.mjs'

/** A mountain lake after sunset, with a rowing boat and its lantern. */
export const lakeAtDusk = { name: 'lake-at-dusk.jpg', width: 1280, height: 720, paint }

const RATIO = 16 / 9
const SHORE = 0.665
const SUN = [0.64, 0.585]

const SKY = [
  [0, rgb('#151b38')],
  [0.22, rgb('#2d2c58')],
  [0.4, rgb('#6d4a76')],
  [0.52, rgb('#c9736f')],
  [0.6, rgb('#f3a76c')],
  [0.66, rgb('#ffd79a')],
]

/** Far to near: base height, roughness, colour, mist. */
const RIDGES = [
  { base: 0.555, tall: 0.1, wide: 2.1, seed: 11, colour: rgb('#b57f86'), mist: rgb('#f0b184') },
  { base: 0.585, tall: 0.13, wide: 2.9, seed: 23, colour: rgb('#7f5a76'), mist: rgb('#d8937f') },
  { base: 0.62, tall: 0.12, wide: 3.7, seed: 37, colour: rgb('#4c3c62'), mist: rgb('#a06c78') },
  { base: 0.655, tall: 0.085, wide: 5.3, seed: 53, colour: rgb('#2a2747'), mist: rgb('#5d4866') },
]

function paint(x, y) {
  const colour = y < SHORE ? land(x, y) : water(x, y)
  const withBoat = boat(x, y, colour)
  const shore = foreground(x, y, withBoat)
  const corner = Math.hypot((x - 0.52) * 1.05, y - 0.5)
  return scale(shore, 1 - 0.42 * ramp(0.38, 0.85, corner))
}

function land(x, y) {
  let colour = sky(x, y)
  for (const ridge of RIDGES) colour = overRidge(x, y, { ridge, behind: colour })
  return colour
}

function sky(x, y) {
  const away = Math.hypot((x - SUN[0]) * RATIO, y - SUN[1])
  let colour = gradient(SKY, clamp(y, 0, 0.659))
  colour = add(colour, rgb('#ff9a52'), 0.55 * Math.exp(-away * 4.2))
  colour = add(colour, rgb('#fff0c4'), 0.8 * Math.exp(-((away / 0.055) ** 2)))
  const streaks = layers(x * 3.2 + y * 1.5, y * 17, { seed: 5, count: 5 })
  const lit = mix(rgb('#4f3b66'), rgb('#ff9f7a'), ramp(0.1, 0.55, y))
  colour = mix(colour, lit, 0.62 * ramp(0.5, 0.74, streaks) * ramp(0.62, 0.4, y))
  const star = noise(x * 520, y * 292, 91)
  return add(colour, [0.9, 0.9, 1], ramp(0.975, 1, star) * ramp(0.26, 0.02, y) * 0.8)
}

function overRidge(x, y, { ridge, behind }) {
  const { base, tall, wide, seed, colour, mist } = ridge
  const rough = layers(x * wide + seed, seed, { seed, count: 7 })
  const crest = base - tall * (rough * 1.9 - 0.72)
  if (y < crest) return behind
  const relief = layers(x * 26 + seed, (y - crest) * 60, { seed: seed + 3, count: 4 })
  const slope = mix(colour, scale(colour, 0.72), relief)
  const glow = Math.exp(-Math.abs(x - SUN[0]) * 3.4) * 0.3
  return mix(add(slope, rgb('#ff8a4a'), glow * 0.35), mist, ramp(0.01, 0.13, y - crest) * 0.85)
}

/** The land upside down, torn by waves that grow towards the viewer, and a path of light. */
function water(x, y) {
  const depth = (y - SHORE) / (1 - SHORE)
  const size = 0.004 + depth * 0.03
  const wave = layers(x * (34 - depth * 20), y * (190 - depth * 130), { seed: 71, count: 3 }) - 0.5
  const seen = land(x + wave * size * 0.9, SHORE - (y - SHORE) * 1.18 + wave * size * 2.2)
  const deep = mix(seen, rgb('#141a36'), 0.22 + depth * 0.5)
  const path = Math.exp(-(((x - SUN[0]) / (0.035 + depth * 0.1)) ** 2))
  const sparkle = ramp(0.1, 0.34, wave) * path * (1 - depth * 0.65)
  const sheen = add(deep, rgb('#ffc183'), sparkle * 0.85 + path * 0.1)
  return mix(sheen, rgb('#ffd9a8'), ramp(0.012, 0, depth) * 0.35)
}

const BOAT = [0.385, 0.775]
const LANTERN = [0.064, -0.038]

/** All lengths in heights of the picture, from the middle of the waterline. */
function boat(x, y, behind) {
  const [dx, dy] = [(x - BOAT[0]) * RATIO, y - BOAT[1]]
  const lantern = Math.hypot(dx - LANTERN[0], dy - LANTERN[1])
  const below = Math.hypot((dx - LANTERN[0]) * 1.6, (dy - 0.085) * 0.5)
  let colour = add(behind, rgb('#ffb45c'), 0.5 * Math.exp(-lantern * 30))
  const broken = 0.35 + 0.9 * noise(x * 40, y * 240, 8)
  colour = add(colour, rgb('#ff9d4a'), 0.3 * Math.exp(-below * 24) * broken * ramp(0.01, 0.03, dy))
  const ripple = (noise(x * 24, y * 210, 12) - 0.5) * 0.02
  const mirror = 0.036 - dy
  const isMirrored = dy > 0.014 && isBoat(dx + ripple, mirror * 0.9) && mirror > -0.1
  if (isMirrored) colour = mix(colour, rgb('#181a30'), 0.62 * ramp(0.15, 0.02, dy))
  if (isBoat(dx, dy)) colour = add(rgb('#0d0e1c'), rgb('#e08a3c'), Math.exp(-lantern * 24) * 0.45)
  return add(colour, rgb('#fff1cf'), 1.2 * Math.exp(-((lantern / 0.006) ** 2)))
}

/** Hull, a rower who leans into the oar, the lantern's pole. */
function isBoat(dx, dy) {
  const rail = -0.006 - dx * dx * 2.4
  const keel = 0.019 - (dx * 8.2) ** 4 * 0.04
  if (dy > rail && dy < keel && Math.abs(dx) < 0.098) return true
  const lean = dx + 0.012 + (dy + 0.006) * -0.22
  const shoulders = 0.0085 + 0.0105 * ramp(0, -0.03, dy) * ramp(-0.058, -0.046, dy)
  if (dy > -0.056 && dy < 0 && Math.abs(lean) < shoulders) return true
  if (Math.hypot(lean - 0.002, dy + 0.066) < 0.0098) return true
  if (Math.abs(dy + 0.0715) < 0.0016 && Math.abs(lean - 0.002) < 0.0165) return true
  const oar = Math.abs(dy + 0.03 - (dx + 0.012) * -0.52) < 0.0016 && dx > -0.086 && dx < 0.004
  const pole = Math.abs(dx - LANTERN[0]) < 0.0014 && dy > LANTERN[1] && dy < 0
  return oar || pole
}

/** Firs on the left bank and reeds along the lower edge, nearly black. */
function foreground(x, y, behind) {
  const dark = mix(rgb('#070a16'), rgb('#12142a'), layers(x * 60, y * 60, { seed: 3, count: 3 }))
  const bank = 0.74 + x * 0.62 + (layers(x * 14, 4, { seed: 83, count: 4 }) - 0.5) * 0.06
  if (y > bank) return dark
  for (let tree = 0; tree < 11; tree += 1) {
    const at = 0.008 + tree * 0.0215 + (noise(tree * 3.7, 2, 19) - 0.5) * 0.016
    const tall = 0.1 + noise(tree * 5.1, 7, 29) * 0.3 * (1 - tree / 15)
    if (isFir(x, y, { at, tall, foot: 0.75 + at * 0.62 + 0.03, seed: tree })) return dark
  }
  return y > 0.99 - 0.03 * ramp(0.6, 1, x) || isReed(x, y) ? dark : behind
}

/** Blades along the lower right edge, each bent a little by the wind. */
function isReed(x, y) {
  if (x < 0.68 || y < 0.78) return false
  for (let blade = 0; blade < 64; blade += 1) {
    const root = 0.7 + 0.31 * noise(blade * 7.3, 1, 61)
    const tall = (0.05 + 0.13 * noise(blade * 3.1, 4, 67)) * ramp(0.66, 0.95, root)
    const up = (1 - y) / tall
    if (up > 1) continue
    const bend = (noise(blade * 2.7, 8, 71) - 0.35) * 0.03 * up * up
    if (Math.abs(x - root - bend) < 0.0017 * (1 - up * 0.85)) return true
  }
  return false
}

function isFir(x, y, { at, tall, foot, seed }) {
  const down = (y - (foot - tall)) / tall
  if (down < 0 || down > 1) return false
  const away = Math.abs(x - at) * RATIO
  if (away < 0.0026 * down) return true
  const tooth = 1 - ((down * 11 + noise(seed, 1, 7)) % 1)
  const ragged = 0.75 + 0.5 * noise(x * 330, y * 170, seed + 60)
  return away < tall * 0.2 * (0.03 + down) * (1.12 - tooth * 0.55) * ragged
}
