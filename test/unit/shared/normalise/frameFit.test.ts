import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameFit } from '../../../../src/shared/normalise/frameFit.ts'
import { frameFile } from '../../../helpers/catalogueAsks.ts'

const WIDE = { width: 1280, height: 720 }
const TALL = { width: 720, height: 1280 }
const SQUARE = { width: 720, height: 720 }
const frame = (width: number, height: number, over = {}) =>
  frameFile('firstFrame', { width, height, ...over })

describe('frameFit', () => {
  it.each([
    { name: 'the same shape', source: frame(1920, 1080), target: WIDE, out: 'none 1920x1080' },
    { name: 'no target', source: frame(1000, 1000), target: null, out: 'none 1000x1000' },
    { name: 'a square into 16:9', source: frame(1600, 1600), target: WIDE, out: 'crop 1600x900' },
    { name: '16:9 into a square', source: frame(1600, 900), target: SQUARE, out: 'crop 900x900' },
    { name: 'tall into wide', source: frame(900, 1600), target: WIDE, out: 'pad 2844x1600' },
    { name: 'wide into tall', source: frame(1600, 900), target: TALL, out: 'pad 1600x2844' },
    {
      name: 'exact pixels',
      source: frame(1920, 1080),
      target: WIDE,
      limits: { exactRatio: true },
      out: 'reencode 1280x720',
    },
    {
      name: 'too large',
      source: frame(4000, 2250),
      target: null,
      limits: { maxSide: 2000 },
      out: 'reencode 2000x1125',
    },
    {
      name: 'too small',
      source: frame(200, 100),
      target: null,
      limits: { minSide: 300 },
      out: 'reencode 600x300',
    },
  ])('$name: $out', ({ source, target, limits = {}, out }) => {
    const { fit } = frameFit({ frame: source, target, limits })
    const made = fit ?? { how: 'none', ...source }
    expect(`${made.how} ${made.width}x${made.height}`).toBe(out)
  })

  it('changes the format where the provider takes only others', () => {
    const source = frame(1280, 720, { contentType: 'image/webp' })
    const limits = { formats: ['image/jpeg' as const, 'image/png' as const] }
    const { fit, warnings } = frameFit({ frame: source, target: WIDE, limits })
    expect(fit).toMatchObject({ how: 'reencode', contentType: 'image/jpeg' })
    expect(warnings).toMatchObject([{ behaviour: 'converted', field: 'firstFrame' }])
  })

  it.each([
    { how: 'crop', out: 'crop 608x1080' },
    { how: 'pad', out: 'pad 1920x3413' },
    { how: 'blurPad', out: 'blurPad 1920x3413' },
  ] as const)('does as the person wishes: $out', ({ how, out }) => {
    const focus = { x: 0.2, y: 0.9 }
    const { fit } = frameFit({
      frame: frame(1920, 1080),
      target: TALL,
      limits: {},
      wish: { how, focus },
    })
    expect(`${fit?.how} ${fit?.width}x${fit?.height}`).toBe(out)
    expect(fit?.focus).toEqual(how === 'crop' ? focus : undefined)
  })

  it.each([
    { source: { contentType: 'image/png', bytes: 4e6 }, limits: {}, type: 'image/png' },
    {
      source: { contentType: 'image/png', bytes: 9e6 },
      limits: { maxBytes: 1e7 },
      type: 'image/jpeg',
    },
    { source: { contentType: 'image/webp', bytes: 1e6 }, limits: {}, type: 'image/jpeg' },
    {
      source: { contentType: 'image/jpeg', bytes: 1e6 },
      limits: { formats: ['image/png' as const] },
      type: 'image/png',
    },
  ])('is saved as $type from $source under $limits', ({ source, limits, type }) => {
    const { fit } = frameFit({ frame: frame(1600, 1600, source), target: WIDE, limits })
    expect(fit?.contentType).toBe(type)
  })

  it('names the bytes that the file must keep within', () => {
    const source = frame(1280, 720, { bytes: 20_000_000 })
    const { fit } = frameFit({ frame: source, target: null, limits: { maxBytes: 1e7 } })
    expect(fit).toMatchObject({ how: 'reencode', maxBytes: 10_000_000 })
  })

  it('meets target and limits for any picture, and says whenever it touches one', () => {
    const side = fc.integer({ min: 600, max: 5000 })
    fc.assert(
      fc.property(
        fc.tuple(side, side),
        fc.tuple(side, side),
        ([width, height], [toWidth, toHeight]) => {
          const target = { width: toWidth, height: toHeight }
          const limits = { minSide: 300, maxSide: 3000 }
          const { fit, possible, warnings } = frameFit({
            frame: frame(width, height),
            target,
            limits,
          })
          expect(warnings.length).toBe(fit === null ? 0 : 1)
          if (!possible || fit === null) return
          const off = Math.log(fit.width / fit.height / (toWidth / toHeight))
          expect(Math.abs(off)).toBeLessThan(0.01)
          expect(Math.max(fit.width, fit.height)).toBeLessThanOrEqual(3000)
          expect(Math.min(fit.width, fit.height)).toBeGreaterThanOrEqual(300)
        },
      ),
    )
  })
})
