import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  cutPosition,
  fitFor,
  fitText,
  readFitting,
} from '../../../../src/renderer/features/frames/fitting.ts'

test.each(['', 'pad', 'blur-pad', 'crop', 'crop 30% 20%'])(
  '%j is read and written alike',
  (fit) => {
    expect(fitText(readFitting(fit))).toBe(fit)
  },
)

test('left to itself a picture is cut, unless half of it would be lost', () => {
  const auto = readFitting('')
  expect(fitFor(auto, { ratio: 1, target: 16 / 9 })).toBe('crop')
  expect(fitFor(auto, { ratio: 16 / 9, target: 9 / 16 })).toBe('pad')
  expect(fitFor(readFitting('blur-pad'), { ratio: 1, target: 16 / 9 })).toBe('blurPad')
})

test('the preview cuts where the render does: the focus in the middle, as far as the picture goes', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  const ratio = fc.double({ min: 0.3, max: 3, noNaN: true })
  fc.assert(
    fc.property(fc.tuple(share, share), ratio, ratio, ([x, y], picture, target) => {
      const [across = 0, down = 0] = cutPosition({ x, y }, { ratio: picture, target })
        .split(' ')
        .map((part) => Number.parseFloat(part) / 100)
      const begin = (at: number, visible: number): number =>
        Math.max(0, Math.min(1 - visible, at - visible / 2))
      const wide = Math.min(1, target / picture)
      const high = Math.min(1, picture / target)
      // `object-position` is a share of what is hidden; the render counts from the edge.
      expect(across * (1 - wide)).toBeCloseTo(wide < 1 ? begin(x, wide) : 0, 2)
      expect(down * (1 - high)).toBeCloseTo(high < 1 ? begin(y, high) : 0, 2)
    }),
  )
})
