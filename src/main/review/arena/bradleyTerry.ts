import type { Rating } from '../../../shared/domain/arena.ts'

/** One vote between two makers: 1 when `a` won, 0 when `b` did, a half when neither. */
export interface Bout {
  readonly a: string
  readonly b: string
  readonly score: 1 | 0.5 | 0
}

const MIDDLE = 1000
/** Points of the scale in one unit of log-odds, as in chess. */
const POINTS = 400 / Math.LN10
/**
 * How far ratings lie apart before any vote, in units of log-odds: keeps those finite that never
 * lost, and gives way to votes. 400 points.
 */
const PRIOR_DEVIATION = Math.LN10
/** Of a normal distribution: 95 %. */
const INTERVAL = 1.96
const MOST_STEPS = 60

/**
 * Ratings by the Bradley-Terry model: the most probable strengths given every vote, with the
 * uncertainty that their curvature leaves. A bout of a maker with itself says nothing. Best first.
 */
export function bradleyTerry(bouts: readonly Bout[]): readonly Rating[] {
  const counted = bouts.filter(({ a, b }) => a !== b)
  const keys = [...new Set(counted.flatMap(({ a, b }) => [a, b]))].toSorted()
  const place = new Map(keys.map((key, at) => [key, at]))
  const games = counted.map(({ a, b, score }) => ({
    a: place.get(a) ?? 0,
    b: place.get(b) ?? 0,
    score,
  }))
  const strengths = mostProbable(games, keys.length)
  const groups = groupsOf(games, keys.length)
  const spread = spreadWithin(groups, inverse(curvature(games, strengths)))
  return keys
    .map((key, at): Rating => {
      const own = games.filter(({ a, b }) => a === at || b === at)
      const rating = MIDDLE + POINTS * (strengths[at] ?? 0)
      const margin = INTERVAL * POINTS * Math.sqrt(spread[at] ?? 0)
      const wins = own.filter(({ a, score }) => (a === at ? score === 1 : score === 0)).length
      const group = groups[at] ?? 0
      return {
        key,
        rating,
        group,
        wins,
        low: rating - margin,
        high: rating + margin,
        votes: own.length,
      }
    })
    .toSorted((a, b) => b.rating - a.rating || a.key.localeCompare(b.key))
}

interface Game {
  readonly a: number
  readonly b: number
  readonly score: number
}

const chance = (games: readonly number[], { a, b }: Game): number =>
  1 / (1 + Math.exp((games[b] ?? 0) - (games[a] ?? 0)))

/** Newton's method on a concave function; a step that overshoots is halved. */
function mostProbable(games: readonly Game[], count: number): readonly number[] {
  let strengths: readonly number[] = Array.from({ length: count }, () => 0)
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const slope = slopeOf(games, strengths)
    const towards = inverse(curvature(games, strengths)).map((row) =>
      row.reduce((sum, value, at) => sum + value * (slope[at] ?? 0), 0),
    )
    const before = likelihood(games, strengths)
    let share = 1
    let next = strengths
    do {
      const part = share
      next = strengths.map((strength, at) => strength + part * (towards[at] ?? 0))
      share /= 2
    } while (likelihood(games, next) < before && share > 1e-6)
    const moved = Math.max(0, ...next.map((value, at) => Math.abs(value - (strengths[at] ?? 0))))
    strengths = next
    if (moved < 1e-9) break
  }
  return strengths
}

/** Log-likelihood of the votes and of the strengths themselves. */
function likelihood(games: readonly Game[], strengths: readonly number[]): number {
  const votes = games.reduce((sum, game) => {
    const wins = chance(strengths, game)
    return sum + game.score * Math.log(wins) + (1 - game.score) * Math.log(1 - wins)
  }, 0)
  const prior = strengths.reduce((sum, strength) => sum + (strength / PRIOR_DEVIATION) ** 2, 0)
  return votes - prior / 2
}

function slopeOf(games: readonly Game[], strengths: readonly number[]): readonly number[] {
  const slope = strengths.map((strength) => -strength / PRIOR_DEVIATION ** 2)
  for (const game of games) {
    const left = game.score - chance(strengths, game)
    slope[game.a] = (slope[game.a] ?? 0) + left
    slope[game.b] = (slope[game.b] ?? 0) - left
  }
  return slope
}

/** Negative second derivatives: symmetric and positive, by grace of the prior. */
function curvature(games: readonly Game[], strengths: readonly number[]): number[][] {
  const matrix = strengths.map((_, row) =>
    strengths.map((__, column) => (row === column ? 1 / PRIOR_DEVIATION ** 2 : 0)),
  )
  const add = (row: number, column: number, value: number): void => {
    const line = matrix[row]
    if (line !== undefined) line[column] = (line[column] ?? 0) + value
  }
  for (const game of games) {
    const wins = chance(strengths, game)
    const weight = wins * (1 - wins)
    add(game.a, game.a, weight)
    add(game.b, game.b, weight)
    add(game.a, game.b, -weight)
    add(game.b, game.a, -weight)
  }
  return matrix
}

/** By Gauss and Jordan; there are as many rows as makers, which are few. */
function inverse(matrix: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const count = matrix.length
  const rows = matrix.map((row, at) => [...row, ...row.map((_, column) => (column === at ? 1 : 0))])
  for (let column = 0; column < count; column += 1) {
    const pivot = rows[column]?.map((value) => value / (rows[column]?.[column] ?? 1)) ?? []
    rows[column] = pivot
    for (let row = 0; row < count; row += 1) {
      const factor = rows[row]?.[column] ?? 0
      if (row !== column && factor !== 0) {
        rows[row] = (rows[row] ?? []).map((value, at) => value - factor * (pivot[at] ?? 0))
      }
    }
  }
  return rows.map((row) => row.slice(count))
}

/**
 * How sure each strength is against the middle of its group. How high the group as a whole stands no
 * vote can tell: that doubt is left out.
 */
function spreadWithin(
  groups: readonly number[],
  covariance: readonly (readonly number[])[],
): readonly number[] {
  return groups.map((group, at) => {
    const own = groups.flatMap((other, place) => (other === group ? [place] : []))
    const mean = (row: number): number =>
      own.reduce((sum, place) => sum + (covariance[row]?.[place] ?? 0), 0) / own.length
    const middle = own.reduce((sum, row) => sum + mean(row), 0) / own.length
    return Math.max(0, (covariance[at]?.[at] ?? 0) - 2 * mean(at) + middle)
  })
}

/** Makers that votes connect have the same number, counted from 0. */
function groupsOf(games: readonly Game[], count: number): readonly number[] {
  const lowest = Array.from({ length: count }, (_, at) => at)
  for (let isChanged = true; isChanged;) {
    isChanged = false
    for (const { a, b } of games) {
      const least = Math.min(lowest[a] ?? 0, lowest[b] ?? 0)
      isChanged ||= lowest[a] !== least || lowest[b] !== least
      lowest[a] = least
      lowest[b] = least
    }
  }
  const numbers = [...new Set(lowest)].toSorted((a, b) => a - b)
  return lowest.map((least) => numbers.indexOf(least))
}
