/** One model on a plot: a figure across, its rating up, with the room that doubt leaves. */
export interface PlotPoint {
  readonly name: string
  readonly x: number
  readonly y: number
  readonly low: number
  readonly high: number
}

interface Mark {
  readonly value: number
  /** Pixels. */
  readonly at: number
}

interface Dot {
  readonly name: string
  readonly x: number
  readonly y: number
  readonly top: number
  readonly bottom: number
  /** Where its name stands; null: there is no room for it, and pointing at the dot tells it. */
  readonly label: {
    readonly x: number
    readonly y: number
    readonly anchor: 'start' | 'end'
  } | null
}

interface Plotted {
  readonly dots: readonly Dot[]
  readonly across: readonly Mark[]
  readonly up: readonly Mark[]
}

interface Size {
  readonly width: number
  readonly height: number
}

const LEFT = 56
const RIGHT = 24
const TOP = 12
const BOTTOM = 44

/** Where everything stands. Across begins at nothing, so that twice as far is twice as much. */
export function plotOf(points: readonly PlotPoint[], { width, height }: Size): Plotted {
  const most = Math.max(...points.map(({ x }) => x)) || 1
  const low = Math.min(...points.map((point) => point.low))
  const high = Math.max(...points.map((point) => point.high))
  const x = (value: number): number => LEFT + (value / most) * (width - LEFT - RIGHT)
  const y = (value: number): number =>
    height - BOTTOM - ((value - low) / (high - low || 1)) * (height - TOP - BOTTOM)
  const dots = points.map((point) => ({
    name: point.name,
    x: x(point.x),
    y: y(point.y),
    top: y(point.high),
    bottom: y(point.low),
  }))
  return {
    dots: named(dots, width),
    across: roundSteps(0, most).map((value) => ({ value, at: x(value) })),
    up: roundSteps(low, high).map((value) => ({ value, at: y(value) })),
  }
}

/** Pixels of a letter, on average, and of a line. */
const LETTER = 5.6
const LINE = 12
/** From a dot to its name, tried in this order. */
const PLACES = [-6, 14, -6 - LINE, 14 + LINE, -6 - 2 * LINE, 14 + 2 * LINE].flatMap((down) => [
  { down, isLeft: false },
  { down, isLeft: true },
])

type Bare = Omit<Dot, 'label'>
interface Box {
  readonly left: number
  readonly right: number
  readonly bottom: number
}

/** A name for each dot beside it, on no other name and on no other dot. */
function named(dots: readonly Bare[], width: number): readonly Dot[] {
  const taken: Box[] = dots.map(({ x, y }) => ({ left: x - 5, right: x + 5, bottom: y + 4 }))
  return dots.map((dot) => {
    for (const { down, isLeft } of PLACES) {
      const long = dot.name.length * LETTER
      const x = isLeft ? dot.x - 8 : dot.x + 8
      const box = {
        left: isLeft ? x - long : x,
        right: isLeft ? x : x + long,
        bottom: dot.y + down,
      }
      const isInside = box.left >= LEFT && box.right <= width && box.bottom >= LINE
      if (!isInside || taken.some((other) => overlap(box, other))) continue
      taken.push(box)
      return { ...dot, label: { x, y: box.bottom, anchor: isLeft ? 'end' : 'start' } }
    }
    return { ...dot, label: null }
  })
}

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && Math.abs(a.bottom - b.bottom) < LINE

/** About four round figures between two others: 1, 2 or 5 times a power of ten apart. */
export function roundSteps(from: number, to: number): readonly number[] {
  const rough = (to - from) / 4 || 1
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10) * power
  const first = Math.ceil(from / step)
  const last = Math.floor(to / step)
  return Array.from({ length: last - first + 1 }, (_, at) =>
    Number(((first + at) * step).toPrecision(12)),
  )
}
