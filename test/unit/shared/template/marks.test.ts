import fc from 'fast-check'
import { expect, test } from 'vitest'
import { marksOf } from '../../../../src/shared/template/marks.ts'

const shown = (source: string): readonly string[] =>
  marksOf(source).map(({ from, to, kind }) => `${kind} ${source.slice(from, to)}`)

test('every part of the grammar has its colour, text has none', () => {
  expect(shown('A {{animal}}, {2::red|blue} __lens__ \\{x\\} a|b')).toEqual([
    'variable {{animal}}',
    'choice {',
    'number 2::',
    'choice |',
    'choice }',
    'list __lens__',
    'escape \\{',
    'escape \\}',
  ])
  expect(shown('{2$$ and $$a|b}')).toEqual([
    'choice {',
    'number 2$$ and $$',
    'choice |',
    'choice }',
  ])
  expect(shown('# note\n#1')).toEqual(['comment # note\n'])
})

test('any text at all: marks stand in order, never overlap, and end', () => {
  const hostile = fc.stringMatching(/^[\\{}|_#$:1 a\n]{0,200}$/)
  fc.assert(
    fc.property(hostile, (source) => {
      let last = 0
      for (const { from, to } of marksOf(source)) {
        expect(from).toBeGreaterThanOrEqual(last)
        expect(to).toBeGreaterThan(from)
        last = to
      }
      expect(last).toBeLessThanOrEqual(source.length)
    }),
    { numRuns: 2000 },
  )
})
