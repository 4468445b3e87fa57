import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bradleyTerry, type Bout } from '../../../../src/main/review/arena/bradleyTerry.ts'

/** A fair generator with a seed: the same votes at each run. */
function chances(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

/** Votes as makers of these strengths (points) would get them. */
function votesOf(strengths: Readonly<Record<string, number>>, each: number, seed: number): Bout[] {
  const random = chances(seed)
  const makers = Object.entries(strengths)
  return makers.flatMap(([a, strengthA], at) =>
    makers.slice(at + 1).flatMap(([b, strengthB]) =>
      Array.from({ length: each }, (): Bout => {
        const wins = random() < 1 / (1 + 10 ** ((strengthB - strengthA) / 400))
        return { a, b, score: wins ? 1 : 0 }
      }),
    ),
  )
}

const bout = fc.record({
  a: fc.constantFrom('p', 'q', 'r', 's', 't'),
  b: fc.constantFrom('p', 'q', 'r', 's', 't'),
  score: fc.constantFrom(0, 0.5, 1),
}) as fc.Arbitrary<Bout>

describe('ratings by votes', () => {
  test('find the strengths that were planted, nearly always within their intervals', () => {
    const planted = { good: 1200, fair: 1050, plain: 950, poor: 800 }
    let within = 0
    let all = 0
    for (let seed = 1; seed <= 40; seed += 1) {
      const ratings = bradleyTerry(votesOf(planted, 60, seed))
      for (const { key, low, high } of ratings) {
        const strength = planted[key as keyof typeof planted]
        within += low <= strength && strength <= high ? 1 : 0
        all += 1
      }
    }
    expect(within / all).toBeGreaterThan(0.9)
    const many = bradleyTerry(votesOf(planted, 4_000, 7))
    expect(many.map(({ key }) => key)).toEqual(['good', 'fair', 'plain', 'poor'])
    for (const { key, rating } of many) {
      expect(Math.abs(rating - planted[key as keyof typeof planted])).toBeLessThan(25)
    }
  })

  test('more votes make them surer', () => {
    const width = (each: number): number => {
      const [first] = bradleyTerry(votesOf({ a: 1000, b: 1000 }, each, 3))
      return (first?.high ?? 0) - (first?.low ?? 0)
    }
    expect(width(200)).toBeLessThan(width(20))
    expect(width(20)).toBeLessThan(width(2))
  })

  test('a draw brings two together, and one vote alone proves little', () => {
    const tied = bradleyTerry([{ a: 'x', b: 'y', score: 0.5 }])
    expect(tied.map(({ rating }) => Math.round(rating))).toEqual([1000, 1000])
    const [best, other] = bradleyTerry([{ a: 'x', b: 'y', score: 1 }])
    expect(best).toMatchObject({ key: 'x', votes: 1, wins: 1 })
    expect(best?.low).toBeLessThan(other?.high ?? 0)
  })

  test('who was never compared, not even through others, stands in another group', () => {
    const ratings = bradleyTerry([
      { a: 'a', b: 'b', score: 1 },
      { a: 'b', b: 'c', score: 1 },
      { a: 'x', b: 'y', score: 0 },
    ])
    const group = (key: string) => ratings.find((rating) => rating.key === key)?.group
    expect([group('a'), group('b'), group('c')]).toEqual([0, 0, 0])
    expect([group('x'), group('y')]).toEqual([1, 1])
  })

  test('no votes, and votes of a maker against itself, rate nobody', () => {
    expect(bradleyTerry([])).toEqual([])
    expect(bradleyTerry([{ a: 'x', b: 'x', score: 1 }])).toEqual([])
  })

  test('whatever the votes: finite, centred in each group, sides do not matter, a win never harms', () => {
    fc.assert(
      fc.property(fc.array(bout, { maxLength: 80 }), (bouts) => {
        const ratings = bradleyTerry(bouts)
        const of = (key: string) => ratings.find((rating) => rating.key === key)?.rating ?? 1000
        for (const { rating, low, high } of ratings) {
          expect(Number.isFinite(rating)).toBe(true)
          expect(low).toBeLessThan(rating)
          expect(high).toBeGreaterThan(rating)
        }
        for (const group of new Set(ratings.map((rating) => rating.group))) {
          const own = ratings.filter((rating) => rating.group === group)
          const mean = own.reduce((sum, { rating }) => sum + rating, 0) / own.length
          expect(mean).toBeCloseTo(1000, 3)
        }
        const turned = bradleyTerry(
          bouts.map(({ a, b, score }) => ({ a: b, b: a, score: (1 - score) as Bout['score'] })),
        )
        for (const { key, rating } of turned) expect(rating).toBeCloseTo(of(key), 3)
        const more = bradleyTerry([...bouts, { a: 'p', b: 'q', score: 1 }])
        expect(more.find(({ key }) => key === 'p')?.rating).toBeGreaterThanOrEqual(of('p') - 1e-6)
      }),
      { numRuns: 300 },
    )
  })
})
