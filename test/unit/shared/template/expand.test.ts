import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countOf, outcomeOf } from '../../../helpers/templateOutcome.ts'

const word = fc.constantFrom('a', 'b', 'c', '1', ' x ')
/** Templates without mistakes, up to three choices deep. */
const { template } = fc.letrec<{ template: string; part: string; choice: string }>((tie) => ({
  template: fc.array(tie('part'), { maxLength: 3 }).map((parts) => parts.join('')),
  part: fc.oneof({ maxDepth: 3 }, word, tie('choice')),
  choice: fc
    .record({
      options: fc.array(tie('template'), { minLength: 2, maxLength: 3 }),
      head: fc.constantFrom('', '1$$', '2$$', '1-2$$', '2$$+$$'),
      weight: fc.constantFrom('', '2::', '0.5::'),
    })
    .map(({ options, head, weight }) => `{${head}${weight}${options.join('|')}}`),
}))

const small = template.filter((source) => countOf(source) <= 2000n)

describe('expansion', () => {
  test('product makes exactly as many prompts as were counted', () => {
    fc.assert(
      fc.property(small, (source) => {
        expect(BigInt(outcomeOf({ source, limit: 3000 }).length)).toBe(countOf(source))
      }),
      { numRuns: 1000 },
    )
  })

  test('every draw is one of the prompts of the product', () => {
    fc.assert(
      fc.property(small, fc.integer({ min: 1, max: 30 }), fc.string(), (source, many, seed) => {
        const all = outcomeOf({ source, limit: 3000 })
        const drawn = outcomeOf({ source, expand: `random:${many}`, seed, limit: 3000 })
        expect(drawn).toHaveLength(Math.min(many, all.length))
        expect(all).toEqual(expect.arrayContaining([...drawn]))
      }),
      { numRuns: 1000 },
    )
  })

  test('draws differ from each other while there is anything left to draw', () => {
    const source = '{1000000::a|b|c|d} {1|2|3|4}'
    const drawn = outcomeOf({ source, expand: 'random:15', seed: '7' })
    expect(new Set(drawn).size).toBe(15)
  })

  test('the same seed draws the same, another seed something else', () => {
    const source = '{a|b|c|d|e|f|g|h} {1|2|3|4|5|6|7|8} {x|y|z}'
    const draw = (seed: string) => outcomeOf({ source, expand: 'random:20', seed })
    expect(draw('7')).toEqual(draw('7'))
    expect(draw('7')).not.toEqual(draw('8'))
  })

  test('weights are odds', () => {
    const lists = { n: Array.from({ length: 10_000 }, (_, index) => String(index)) }
    const drawn = outcomeOf({
      source: '{9::often|seldom} __n__',
      lists,
      expand: 'random:4000',
      limit: 4000,
    })
    const often = drawn.filter((prompt) => prompt.startsWith('often')).length
    expect(often / drawn.length).toBeCloseTo(0.9, 1)
  })

  test('a variable with several values is one value within a prompt', () => {
    const values = { animal: 'cat|dog', place: 'park' }
    const source = '{{animal}} and {{ANIMAL}} in the {{ place }}'
    expect(outcomeOf({ source, values })).toEqual([
      'cat and cat in the park',
      'dog and dog in the park',
    ])
  })

  test('a value is data: nothing in it is grammar', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }).filter((text) => text.trim() !== '' && !text.includes('|')),
        (value) => {
          expect(outcomeOf({ source: '<{{v}}>', values: { v: value } })).toEqual([
            `<${value.trim()}>`,
          ])
        },
      ),
    )
  })
})

describe('numbers that nobody can expand', () => {
  test('10^12 combinations are a number at once', () => {
    expect(countOf('{a|b|c|d|e|f|g|h|i|j}'.repeat(12))).toBe(10n ** 12n)
  })

  test('a page far inside is made without what stands before it', () => {
    const source = '{0|1|2|3|4|5|6|7|8|9}'.repeat(12)
    expect(outcomeOf({ source, expand: 'random:500', limit: 500 })).toHaveLength(500)
  })

  test('lists that double each other twenty times are an error, not a hang', () => {
    const lists: Record<string, string[]> = { l0: ['ha '] }
    for (let level = 1; level < 20; level += 1)
      lists[`l${level}`] = [`__l${level - 1}____l${level - 1}__`]
    expect(outcomeOf({ source: '__l19__', lists })).toEqual(['! tooLong at 0'])
  })

  test('counts stop growing at 10^1000', () => {
    const lists: Record<string, string[]> = { l0: ['a', 'b'] }
    for (let level = 1; level < 13; level += 1)
      lists[`l${level}`] = [`__l${level - 1}__ __l${level - 1}__`]
    expect(countOf('__l12__', lists)).toBe(10n ** 1000n)
  })

  test('a chain of lists that is too long is an error', () => {
    const lists: Record<string, string[]> = { l0: ['end'] }
    for (let level = 1; level < 5000; level += 1) lists[`l${level}`] = [`__l${level - 1}__`]
    expect(outcomeOf({ source: '__l4999__', lists })).toEqual(['! badList at 0'])
  })

  test('choosing 20 of 400 is a number at once', () => {
    const options = Array.from({ length: 400 }, (_, index) => `o${index}`).join('|')
    expect(countOf(`{20$$${options}}`)).toBeGreaterThan(10n ** 32n)
  })
})

describe('names', () => {
  const lists = {
    weather: ['rain'],
    a: ['__b__'],
    b: ['x {y|__a__}'],
    empty: [],
    bad: ['ok', '{x'],
  }

  test.each([
    ['__weathr__', '! unknownList at 0'],
    ['so __a__', '! listCycle at 3'],
    ['__empty__', '! emptyList at 0'],
    ['__bad__', '! badList at 0'],
    ['{{a}} {{b}} {{a}}', '! unknownVariable at 0,! unknownVariable at 6'],
    ['__WEATHER__', 'rain'],
  ])('%s: %s', (source, expected) => {
    expect(outcomeOf({ source, lists }).join()).toBe(expected)
  })
})
