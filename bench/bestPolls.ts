/** Of the logarithm: one in three renders is off by that part. */
export interface Spread {
  readonly medianMs: number
  readonly spread: number
}

/** Lengths are looked at in steps of this. */
const STEP_MS = 200
/** So far out that one render in 70,000 takes longer. */
const FURTHEST = 4.2

/**
 * The least mean delay in ms that any plan of looks comes to which knows the spread exactly, never looks
 * twice within `floorMs` and makes `looks` of them in the mean. By dynamic programming: a look costs a
 * price, the best plan at that price is found from the end back, and the price is the one that makes as
 * many looks as asked for.
 */
export function bestDelayMs(
  renders: Spread,
  { looks, floorMs }: { readonly looks: number; readonly floorMs: number },
): number {
  const done = doneBy(renders)
  let [low, high] = [1, 100_000]
  for (let halving = 0; halving < 30; halving += 1) {
    const price = Math.sqrt(low * high)
    if (bestPlan(done, { price, floorMs }).looks > looks) low = price
    else high = price
  }
  return bestPlan(done, { price: high, floorMs }).delayMs
}

interface Plan {
  readonly looks: number
  readonly delayMs: number
}

function bestPlan(
  done: readonly number[],
  { price, floorMs }: { readonly price: number; readonly floorMs: number },
): Plan {
  const floor = Math.round(floorMs / STEP_MS)
  const waited = sumsOf(done)
  const at = (list: readonly number[], index: number): number => list[index] ?? Number.NaN
  const delayOf = (from: number, to: number): number =>
    at(waited, to) - at(waited, from) - at(done, from) * (to - from) * STEP_MS
  const end = done.length - 1
  const rest: Plan[] = []
  rest[end] = { looks: 0, delayMs: 0 }
  for (let from = end - 1; from >= 0; from -= 1) {
    let best: Plan = { looks: Number.POSITIVE_INFINITY, delayMs: 0 }
    for (let to = Math.min(end, from + floor); to <= end; to += 1) {
      const { looks, delayMs } = rest[to] ?? best
      const plan = { looks: looks + 1 - at(done, from), delayMs: delayMs + delayOf(from, to) }
      if (costOf(plan, price) < costOf(best, price)) best = plan
      // Only worse from here on: the delay alone costs more than the best plan.
      if (delayOf(from, to) > costOf(best, price)) break
    }
    rest[from] = best
  }
  return rest[0] ?? { looks: Number.NaN, delayMs: Number.NaN }
}

const costOf = ({ looks, delayMs }: Plan, price: number): number => looks * price + delayMs

/** The part that is done at each step. */
function doneBy({ medianMs, spread }: Spread): readonly number[] {
  const steps = Math.ceil((medianMs * Math.exp(FURTHEST * spread)) / STEP_MS)
  return Array.from({ length: steps + 1 }, (_, step) =>
    normalBelow(Math.log((step * STEP_MS) / medianMs) / spread),
  )
}

/** The area under it up to each step, in ms. */
function sumsOf(done: readonly number[]): readonly number[] {
  let sum = 0
  let last = 0
  return done.map((part) => {
    sum += ((part + last) / 2) * STEP_MS
    last = part
    return sum
  })
}

/** Abramowitz and Stegun 7.1.26, to seven digits. */
function normalBelow(z: number): number {
  const x = Math.abs(z) / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * x)
  const factors = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592]
  const tail = factors.reduce((sum, factor) => sum * t + factor, 0) * t * Math.exp(-x * x)
  return z >= 0 ? 1 - tail / 2 : tail / 2
}
