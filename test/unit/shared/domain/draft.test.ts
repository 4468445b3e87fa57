import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  emptyRow,
  isBlank,
  isLeftOut,
  positionsBetween,
  type DraftRow,
} from '../../../../src/shared/domain/draft.ts'

const ascending = (values: readonly number[]) =>
  values.every((value, index) => index === 0 || value > (values[index - 1] ?? value))

test('rows find room between their neighbours, in order', () => {
  const place = fc.double({ min: -1e6, max: 1e6, noNaN: true })
  fc.assert(
    fc.property(
      place,
      fc.double({ min: 0.01, max: 1e6, noNaN: true }),
      fc.nat(500),
      (a, gap, n) => {
        const places = positionsBetween(a, a + gap, n + 1) ?? []
        return places.length === n + 1 && ascending([a, ...places, a + gap])
      },
    ),
  )
  expect(positionsBetween(null, null, 3)).toHaveLength(3)
})

test('at the ends there is always room', () => {
  expect(ascending([...(positionsBetween(null, 5, 3) ?? []), 5])).toBe(true)
  expect(ascending([5, ...(positionsBetween(5, null, 3) ?? [])])).toBe(true)
  expect(positionsBetween(null, 5, 3)).toHaveLength(3)
})

test('where doubles have no room left, the caller is told to number anew', () => {
  expect(positionsBetween(1, 1 + Number.EPSILON, 1)).toBeNull()
  expect(positionsBetween(1, 1, 1)).toBeNull()
  let after = 1
  let halvings = 0
  for (;;) {
    const [middle] = positionsBetween(0, after, 1) ?? []
    if (middle === undefined || halvings > 2000) break
    after = middle
    halvings += 1
  }
  expect(halvings).toBeGreaterThan(50)
})

const blanks: readonly [string, Partial<DraftRow>, boolean][] = [
  ['nothing', {}, false],
  ['a model alone', { models: [{ model: 'wan-2.6', provider: null }] }, true],
  ['a length alone', { duration: '5' }, true],
  ['an option alone', { options: { cfg: '3' } }, true],
  ['blanks', { takes: ' ', prompt: ' ' }, false],
]
test.each(blanks)('a row that holds %s is blank; told where it says something', (_, more, told) => {
  const row = { ...emptyRow('row_aaaa', 1), ...more }
  expect([isBlank(row), isLeftOut(row)]).toEqual([true, told])
  expect(isLeftOut({ ...row, prompt: 'a fox' })).toBe(false)
  expect(isLeftOut({ ...row, firstFrame: 'frame_aaaa' })).toBe(false)
})
