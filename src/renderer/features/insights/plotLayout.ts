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
  /** In the right half: its name stands at its left. */
  readonly isRight: boolean
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
    isRight: x(point.x) > width / 2,
  }))
  return {
    dots: parted(dots),
    across: roundSteps(0, most).map((value) => ({ value, at: x(value) })),
    up: roundSteps(low, high).map((value) => ({ value, at: y(value) })),
  }
}

/** A name that would lie on that of a dot before it goes to the other side. */
function parted(dots: readonly Dot[]): readonly Dot[] {
  const placed: Dot[] = []
  for (const dot of dots) {
    const isTaken = placed.some(
      (other) =>
        other.isRight === dot.isRight &&
        Math.abs(other.y - dot.y) < 13 &&
        Math.abs(other.x - dot.x) < 90,
    )
    placed.push(isTaken ? { ...dot, isRight: !dot.isRight } : dot)
  }
  return placed
}

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
