/** Chance from a seed: the same seed gives the same picture on every machine. */
export interface Dice {
  /** 0 <= x < 1. */
  next(): number
  between(low: number, high: number): number
  pick<T>(items: readonly [T, ...T[]]): T
}

/** Mulberry32, a public-domain generator by Tommy Ettinger; `seed` is any whole number. */
export function diceFor(seed: number): Dice {
  let state = (Math.floor(seed / 2 ** 32) * 0x9e3779b1 + (seed % 2 ** 32) + 0x6d2b79f5) >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    between: (low, high) => low + next() * (high - low),
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
  }
}

type Rgb = readonly [number, number, number]
interface Palette {
  /** Ground colours at the top and at the bottom. */
  readonly top: Rgb
  readonly bottom: Rgb
  /** Lights that drift over it, added. */
  readonly lights: readonly [Rgb, Rgb, Rgb]
}

/** Dark grounds with two or three lights, as film stills are graded. */
const PALETTES: readonly [Palette, ...Palette[]] = [
  {
    top: [9, 14, 30],
    bottom: [20, 16, 22],
    lights: [
      [46, 74, 122],
      [158, 84, 54],
      [84, 66, 108],
    ],
  },
  {
    top: [7, 22, 25],
    bottom: [22, 18, 14],
    lights: [
      [26, 100, 100],
      [172, 108, 56],
      [42, 66, 86],
    ],
  },
  {
    top: [22, 11, 25],
    bottom: [13, 11, 23],
    lights: [
      [116, 46, 82],
      [60, 56, 122],
      [168, 94, 84],
    ],
  },
  {
    top: [11, 19, 14],
    bottom: [19, 18, 11],
    lights: [
      [56, 94, 62],
      [156, 128, 66],
      [38, 76, 80],
    ],
  },
  {
    top: [13, 16, 23],
    bottom: [18, 20, 25],
    lights: [
      [92, 112, 138],
      [140, 122, 110],
      [60, 74, 106],
    ],
  },
  {
    top: [25, 13, 12],
    bottom: [14, 9, 13],
    lights: [
      [154, 66, 46],
      [100, 40, 66],
      [184, 128, 76],
    ],
  },
  {
    top: [9, 13, 27],
    bottom: [8, 21, 28],
    lights: [
      [38, 86, 138],
      [32, 116, 112],
      [100, 82, 144],
    ],
  },
  {
    top: [27, 20, 15],
    bottom: [16, 13, 17],
    lights: [
      [176, 124, 78],
      [108, 66, 70],
      [72, 70, 100],
    ],
  },
]

/** Pixels. The lights are far larger than what this leaves out. */
const SHORT_SIDE = 32

/**
 * A source filter: a dark ground with soft lights that drift, drawn small and scaled up, in 10 bits so
 * that its slopes show no steps. Ends in yuv420p of the size asked for.
 */
export function sceneSource(
  { width, height, fps }: { readonly width: number; readonly height: number; readonly fps: string },
  dice: Dice,
): string {
  const scale = SHORT_SIDE / Math.min(width, height)
  const small = `${Math.ceil(width * scale)}x${Math.ceil(height * scale)}`
  const palette = dice.pick(PALETTES)
  // One light in each third of the long side, in an order of chance: over each other they would glare.
  const shift = Math.floor(dice.between(0, 3))
  const spots = palette.lights.map((colour, index) => ({
    colour,
    falloff: light(dice, width / height, ((index + shift) % 3) / 3 + 1 / 6),
  }))
  const channel = (index: 0 | 1 | 2): string => {
    const [top, bottom] = [palette.top[index], palette.bottom[index]]
    const lights = spots.map(({ colour, falloff }) => `${colour[index]}*${falloff}`)
    return `4*(${top}+${bottom - top}*Y/H+${lights.join('+')})`
  }
  const grain = Math.floor(dice.between(1, 100_000))
  return [
    `color=black:s=${small}:r=${fps}`,
    'format=gbrp10',
    `geq=g='${channel(1)}':b='${channel(2)}':r='${channel(0)}'`,
    `scale=${width}:${height}:flags=bicubic:out_color_matrix=bt709:out_range=tv`,
    'setsar=1',
    'format=yuv420p',
    `noise=c0s=4:all_seed=${grain}`,
  ].join(',')
}

/** A soft spot whose middle wanders about `place` along the long side; brightness 0 to 1. */
function light(dice: Dice, ratio: number, place: number): string {
  const drift = (middle: number, reach: number): string => {
    const [speed, phase] = [dice.between(0.18, 0.45), dice.between(0, 6.28)]
    return `(${middle.toFixed(3)}+${reach.toFixed(3)}*sin(T*${speed.toFixed(3)}+${phase.toFixed(2)}))`
  }
  const along = place + dice.between(-0.12, 0.12)
  const isWide = ratio >= 1
  // Kept above the lower third, where the text lies.
  const x = drift(isWide ? along : dice.between(0.1, 0.9), dice.between(0.06, 0.16))
  const y = drift(isWide ? dice.between(0.08, 0.6) : along * 0.72, dice.between(0.05, 0.12))
  const size = dice.between(0.32, 0.6)
  // Distances count in heights on wide pictures and in widths on tall ones, so that spots stay round.
  const [wide, high] = isWide ? [Math.sqrt(ratio), 1] : [1, Math.sqrt(1 / ratio)]
  const [a, b] = [wide / size, high / size]
  return `exp(-(pow((X/W-${x})*${a.toFixed(3)},2)+pow((Y/H-${y})*${b.toFixed(3)},2))*2)`
}
