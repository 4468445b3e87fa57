import { layers, mix, noise, ramp, rgb } from './noise.mjs'

// Distances to the things on the table, and how each is coloured. Plain numbers: called 10^9 times.

const FRUIT = [
  // x, y, z, radius, colour name
  [0.36, 0.52, 0.16, 0.25, 'orange'],
  [0.82, 0.53, 0.1, 0.245, 'orange'],
  [0.6, 0.5, -0.3, 0.25, 'apple'],
  [0.58, 0.78, 0.02, 0.235, 'orange'],
  [-0.14, 0.155, 0.98, 0.155, 'plum'],
  [0.2, 0.15, 1.14, 0.15, 'plum'],
]
const STEMS = [
  // from x, y, z to x, y, z
  [-0.72, 1.3, -0.35, -1.02, 2.02, -0.42],
  [-0.72, 1.3, -0.35, -0.5, 2.12, -0.2],
  [-0.72, 1.3, -0.35, -0.24, 1.86, -0.5],
  [-0.86, 1.64, -0.38, -1.2, 1.78, -0.3],
  [-0.61, 1.72, -0.27, -0.72, 2.08, -0.1],
]
const BERRIES = [
  [-1.02, 2.04, -0.42],
  [-0.95, 1.9, -0.33],
  [-1.08, 1.93, -0.46],
  [-0.5, 2.14, -0.2],
  [-0.42, 2.0, -0.16],
  [-0.6, 2.0, -0.2],
  [-0.24, 1.88, -0.5],
  [-0.3, 1.72, -0.43],
  [-0.38, 1.83, -0.5],
  [-1.2, 1.8, -0.3],
  [-1.1, 1.68, -0.3],
  [-0.73, 2.1, -0.1],
  [-0.7, 1.92, -0.12],
  [-0.88, 1.74, -0.34],
  [-0.54, 1.86, -0.3],
]

/** Much faster than Math.hypot. */
const far2 = (x, y) => Math.sqrt(x * x + y * y)
const far3 = (x, y, z) => Math.sqrt(x * x + y * y + z * z)

/** How far a point is from the nearest surface; negative inside. */
export function distance(x, y, z) {
  return Math.min(y, vase(x, y, z), bowl(x, y, z), fruit(x, y, z), pear(x, y, z), branch(x, y, z))
}

function fruit(x, y, z) {
  const away = far3(x - 0.35, y - 0.5, z - 0.4)
  if (away > 1.9) return away - 1.3
  let nearest = 9
  for (const [cx, cy, cz, radius] of FRUIT) {
    const [dx, dy, dz] = [x - cx, y - cy, z - cz]
    const wide = far2(dx, dz)
    // A hollow where the stem was.
    const dent = 0.035 * Math.exp(-(wide * wide) * 220) * (dy > 0 ? 1 : 0.4)
    nearest = Math.min(nearest, far3(dx, dy * 1.05, dz) - radius + dent)
  }
  return nearest
}

function pear(x, y, z) {
  const away = far3(x + 0.6, y - 0.4, z - 0.72)
  if (away > 1.3) return away - 0.65
  // Lying a little on its side, to the right of the bowl's foot.
  const [px, py, pz] = [x + 0.66, y - 0.02, z - 0.72]
  const [lx, ly] = [px * 0.94 - py * 0.34, px * 0.34 + py * 0.94]
  const belly = far3(lx, ly - 0.24, pz) - 0.245
  const neck = far3(lx, (ly - 0.53) * 0.8, pz) - 0.115
  const body = blend(belly, neck, 0.2)
  const stalk = segment([lx, ly, pz], [0, 0.62, 0, 0.03, 0.79, 0.02]) - 0.013
  return Math.min(body, stalk)
}

function vase(x, y, z) {
  const wide = far2(x + 0.72, z + 0.35)
  if (wide > 1.15) return wide - 0.5
  const belly = (far2(wide / 0.44, (y - 0.5) / 0.52) - 1) * 0.42
  const neck = Math.max(Math.abs(wide - 0.115) - 0.022, Math.abs(y - 1.1) - 0.24)
  const lip = far2(wide - 0.155, (y - 1.34) * 1.3) - 0.03
  const foot = Math.max(wide - 0.24, Math.abs(y - 0.03) - 0.03)
  return Math.max(
    blend(blend(blend(belly, neck, 0.16), lip, 0.05), foot, 0.06),
    0.07 - wide - ramp(1.2, 1, y),
  )
}

function bowl(x, y, z) {
  const away = far3(x - 0.58, y - 0.3, z)
  if (away > 1.6) return away - 0.95
  const [wide, high] = [far2(x - 0.58, z + 0.02), y - 0.74]
  const shell = Math.abs(far2(wide, high * 1.18) - 0.76) - 0.022
  const rim = far2(wide - 0.735, y - 0.575) - 0.028
  const foot = Math.max(Math.abs(wide - 0.27) - 0.03, Math.abs(y - 0.06) - 0.06)
  return blend(Math.min(Math.max(shell, y - 0.575) * 0.9, rim), foot, 0.05)
}

function branch(x, y, z) {
  const away = far3(x + 0.72, y - 1.75, z + 0.3)
  if (away > 1.4) return away - 0.75
  let nearest = 9
  for (const stem of STEMS) nearest = Math.min(nearest, segment([x, y, z], stem) - 0.011)
  for (const [bx, by, bz] of BERRIES)
    nearest = Math.min(nearest, far3(x - bx, y - by, z - bz) - 0.043)
  return nearest
}

function segment([x, y, z], [ax, ay, az, bx, by, bz]) {
  const [wx, wy, wz] = [bx - ax, by - ay, bz - az]
  const along = ((x - ax) * wx + (y - ay) * wy + (z - az) * wz) / (wx * wx + wy * wy + wz * wz)
  const t = Math.min(1, Math.max(0, along))
  return far3(x - ax - wx * t, y - ay - wy * t, z - az - wz * t)
}

/** The nearer of two, with a soft joint. */
function blend(a, b, size) {
  const near = Math.max(size - Math.abs(a - b), 0) / size
  return Math.min(a, b) - near * near * size * 0.25
}

/** Colour (linear), shine and its sharpness at a point of a surface. */
export function shadeOf([x, y, z], normal) {
  const things = [
    [y, table],
    [vase(x, y, z), glaze],
    [bowl(x, y, z), clay],
    [fruit(x, y, z), skin],
    [pear(x, y, z), pearSkin],
    [branch(x, y, z), berry],
  ]
  things.sort(([a], [b]) => a - b)
  return things[0][1]([x, y, z], normal)
}

const linear = (hex) => rgb(hex).map((value) => value ** 2.2)

function table([x, , z]) {
  const grain = layers(x * 1.4 + 3, z * 16, { seed: 3, count: 6 })
  const plank = Math.abs(((z + 5.12) % 0.62) - 0.31)
  const colour = mix(linear('#4a2f1e'), linear('#9a6a42'), grain)
  return {
    colour: mix(linear('#1c110b'), colour, ramp(0, 0.012, plank)),
    shine: 0.12 + grain * 0.1,
    sharpness: 26,
  }
}

function glaze([x, y, z]) {
  const angle = Math.atan2(z + 0.35, x + 0.72)
  const runs = layers(angle * 3, y * 2.2, { seed: 13, count: 5 })
  const colour = mix(linear('#27515a'), linear('#7fa39c'), ramp(0.3, 0.75, runs + y * 0.12))
  return { colour: mix(colour, linear('#8a6a4c'), ramp(1.3, 1.36, y)), shine: 0.85, sharpness: 150 }
}

function clay([x, y, z]) {
  const rings = noise(y * 46, Math.atan2(z, x - 0.58), 21)
  const colour = mix(linear('#c9b79c'), linear('#e6dcc6'), rings)
  return {
    colour: mix(colour, linear('#3f5f7a'), ramp(0.545, 0.56, y)),
    shine: 0.35,
    sharpness: 60,
  }
}

function skin(point) {
  const nearest = FRUIT.map((one) => [
    Math.abs(far3(point[0] - one[0], point[1] - one[1], point[2] - one[2]) - one[3]),
    one,
  ])
  nearest.sort(([a], [b]) => a - b)
  const [cx, cy, cz, , name] = nearest[0][1]
  const [u, v] = [Math.atan2(point[2] - cz, point[0] - cx), (point[1] - cy) * 9]
  const spots = layers(u * 5, v * 2, { seed: 31, count: 5 })
  if (name === 'plum') {
    return {
      colour: mix(linear('#2b1633'), linear('#6d5a86'), ramp(0.45, 0.8, spots) * 0.6),
      shine: 0.4,
      sharpness: 40,
    }
  }
  if (name === 'apple') {
    return {
      colour: mix(linear('#8e1f1c'), linear('#c98a3a'), ramp(0.52, 0.72, spots)),
      shine: 0.6,
      sharpness: 90,
    }
  }
  const pores = noise(u * 42, v * 7, 33)
  return {
    colour: mix(linear('#d96a10'), linear('#f29a2e'), spots * 0.7 + pores * 0.3),
    shine: 0.26 + pores * 0.22,
    sharpness: 38,
  }
}

function pearSkin([x, y, z]) {
  const freckles = ramp(0.72, 0.8, noise(x * 90, (y + z) * 90, 47))
  const blush = ramp(0.42, 0.7, layers(x * 3, y * 3 + z * 2, { seed: 51, count: 4 }))
  const colour = mix(
    mix(linear('#a8a13c'), linear('#b9722f'), blush * 0.7),
    linear('#6b5a2a'),
    freckles * 0.5,
  )
  return { colour: y > 0.66 ? linear('#4a3520') : colour, shine: 0.4, sharpness: 50 }
}

function berry([x, y, z]) {
  const isBerry = BERRIES.some(([bx, by, bz]) => far3(x - bx, y - by, z - bz) < 0.046)
  return isBerry
    ? { colour: linear('#b3261e'), shine: 0.7, sharpness: 80 }
    : { colour: linear('#5a3f2a'), shine: 0.05, sharpness: 10 }
}
