import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { outcomeOf } from '../../../helpers/templateOutcome.ts'
import { parseTemplate } from '../../../../src/shared/template/parse.ts'
import { placeOf } from '../../../../src/shared/template/syntax.ts'

const codes = (source: string): readonly string[] =>
  parseTemplate(source).problems.map(({ code, offset }) => `${code} at ${offset}`)

describe('a template with a mistake', () => {
  test.each([
    ['{a|b', ['openBrace at 0']],
    ['x {{city and {a|b} go', ['openBrace at 2']],
    ['{a|{b|c}', ['openBrace at 0']],
    ['a}', ['strayBrace at 1']],
    ['{}', ['loneOption at 0']],
    ['{{}}', ['emptyName at 0']],
    ['{{ }}', ['emptyName at 0']],
    ['{0::a|b}', ['badWeight at 0']],
    ['{-1::a|b}', ['badWeight at 0']],
    ['{a|1e10::b}', ['badWeight at 0']],
    ['{-2$$a|b}', ['badChoose at 0']],
    ['{1-$$a|b}', ['badChoose at 0']],
    ['{99999999999$$a|b}', ['badChoose at 0']],
    ['{3$$a|b}', ['badChoose at 0']],
    ['{0$$a|b}', ['badChoose at 0']],
    ['{2-1$$a|b}', ['badChoose at 0']],
    ['{{{x}}}', ['loneOption at 0']],
    ['} {a} {b', ['strayBrace at 0', 'loneOption at 2', 'openBrace at 6']],
    [`${'{a|'.repeat(31)}b${'}'.repeat(31)}`, ['tooDeep at 90']],
    ['x'.repeat(100_001), ['tooLong at 100000']],
  ])('%j is told at its place', (source, expected) => {
    expect(codes(source)).toEqual(expected)
  })

  test('has line and column for people', () => {
    expect(placeOf('one\ntwo {a', 8)).toEqual({ line: 2, column: 5 })
  })

  test('says what to do', () => {
    for (const source of ['{a', '{{a', 'a}', '{a}', '{{}}', '{0::a|b}', '{9$$a|b}']) {
      for (const { message, mend } of parseTemplate(source).problems) {
        expect(message).toMatch(/\.$/)
        expect(mend).toMatch(/\.$/)
      }
    }
  })
})

describe('what looks like grammar and is text', () => {
  test.each([
    ['a_b __ c', 'a_b __ c'],
    ['snake_case_name', 'snake_case_name'],
    ['____', '____'],
    ['5$$ a::b | c', '5$$ a::b | c'],
    ['#1 and #fff', '#1 and #fff'],
    ['a # b', 'a # b'],
    [String.raw`\\ \x \{a\}`, String.raw`\ \x {a}`],
    ['ends with \\', 'ends with \\'],
  ])('%j', (source, expected) => {
    expect(outcomeOf({ source })).toEqual([expected])
  })

  test('plain text is sent as it stands', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (source) => {
        expect(outcomeOf({ source, plain: true })).toEqual([source.trim()])
      }),
    )
  })

  test('escaped text is sent as it was', () => {
    const escape = (text: string) => text.replaceAll(/[\\{}|_#$:]/g, String.raw`\$&`)
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(outcomeOf({ source: escape(text) })).toEqual([text.trim()])
      }),
    )
  })
})

describe('any text at all', () => {
  const grammar = fc.constantFrom(
    '{',
    '}',
    '{{',
    '}}',
    '|',
    '__',
    '_',
    '\\',
    '$$',
    '::',
    '2',
    '#',
    ' ',
    '\n',
    'a',
    'é',
  )

  test('is read without a crash, and either makes prompts or says why not', () => {
    fc.assert(
      fc.property(fc.array(grammar, { maxLength: 60 }), (pieces) => {
        const source = pieces.join('')
        const outcome = outcomeOf({
          source,
          lists: { a: ['x', 'y'] },
          values: { a: '1|2' },
          limit: 20,
        })
        expect(outcome.length).toBeGreaterThan(0)
        for (const { offset, length } of parseTemplate(source).problems) {
          expect(offset).toBeGreaterThanOrEqual(0)
          expect(offset + length).toBeLessThanOrEqual(source.length + 1)
        }
      }),
      { numRuns: 10_000 },
    )
  })

  test.each([
    '{',
    '}',
    '{{',
    '{{a',
    '{a|b}',
    '__a',
    '__a__',
    '_',
    '\\',
    '#\n',
    ' #',
    '{1$$',
    '{2::',
    '|',
    '{{a}}',
    '\n ',
  ])('the longest text of %j is read to its end', (piece) => {
    // A reader that looks back for each character would run into the test's own time limit here.
    const source = piece.repeat(100_000 / piece.length)
    const { nodes, problems } = parseTemplate(source)
    expect(nodes).toBeInstanceOf(Array)
    for (const { offset } of problems.slice(-1)) expect(offset).toBeLessThanOrEqual(source.length)
  })
})
