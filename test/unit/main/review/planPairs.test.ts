import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pairKey, planPairs, type Candidate } from '../../../../src/main/review/arena/planPairs.ts'

const candidates = fc
  .array(
    fc.record({ alike: fc.constantFrom('x', 'y', 'z'), maker: fc.constantFrom('m', 'n', 'o') }),
    { maxLength: 24 },
  )
  .map((all) => all.map((one, at): Candidate => ({ ...one, id: `take_${1000 + at}` })))

const dice = fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1 })
const NONE: ReadonlySet<string> = new Set()

describe('pairs for a blind round', () => {
  test('are always of one prompt and of different makers, each pair once', () => {
    fc.assert(
      fc.property(candidates, fc.integer({ min: 0, max: 40 }), dice, (all, most, rolls) => {
        let rolled = 0
        const random = () => rolls[(rolled += 1) % rolls.length] ?? 0
        const planned = planPairs({ candidates: all, voted: NONE, most, random })
        expect(planned.length).toBeLessThanOrEqual(most)
        const of = (id: string) => all.find((take) => take.id === id)
        for (const { a, b } of planned) {
          expect(of(a)?.alike).toBe(of(b)?.alike)
          expect(of(a)?.maker).not.toBe(of(b)?.maker)
        }
        expect(new Set(planned.map(({ a, b }) => pairKey(a, b))).size).toBe(planned.length)
      }),
    )
  })

  test('leave the side to chance', () => {
    const two: readonly Candidate[] = [
      { id: 'take_0001', alike: 'x', maker: 'm' },
      { id: 'take_0002', alike: 'x', maker: 'n' },
    ]
    const first = Array.from({ length: 2_000 }, () => {
      return planPairs({ candidates: two, voted: NONE, most: 1, random: Math.random })[0]?.a
    })
    const left = first.filter((id) => id === 'take_0001').length
    expect(left).toBeGreaterThan(850)
    expect(left).toBeLessThan(1_150)
  })

  test('take each prompt in turn, and what was voted on comes last', () => {
    const all = ['x', 'y'].flatMap((prompt, row) =>
      ['m', 'n', 'o'].map((maker, at): Candidate => {
        return { id: `take_${row}00${at}`, alike: prompt, maker }
      }),
    )
    const of = (id: string) => all.find((take) => take.id === id)?.alike
    const wish = { candidates: all, voted: NONE, most: 2, random: Math.random }
    const prompts = planPairs(wish).map(({ a }) => of(a))
    expect(new Set(prompts)).toEqual(new Set(['x', 'y']))
    const seen = new Set(planPairs({ ...wish, most: 4 }).map(({ a, b }) => pairKey(a, b)))
    const rest = planPairs({ ...wish, voted: seen })
    for (const { a, b } of rest) expect(seen.has(pairKey(a, b))).toBe(false)
  })

  test('are few out of very many prompts', () => {
    const all = Array.from({ length: 150_000 }, (_, at): Candidate => {
      return { id: `take_${at}`, alike: String(Math.max(at, 1)), maker: String(at) }
    })
    const wish = { candidates: all, voted: NONE, most: 10, random: Math.random }
    expect(planPairs(wish)).toHaveLength(1)
  })
})
