import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  longestDuration,
  nearestDuration,
  nearestRatio,
  nearestTier,
  pixelsOfTier,
  ratioValue,
} from '../../../../src/shared/normalise/nearest.ts'

const ratio = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }))
  .map(([width, height]) => `${width}:${height}`)
const factor = (a: number, b: number) => Math.abs(Math.log(a / b))

describe('nearestRatio', () => {
  it.each([
    ['7:1', ['4:1', '8:1'], '8:1'], // the example of lumenfall.ai's model pages
    ['16:10', ['16:9', '9:16', '1:1'], '16:9'],
    ['2:1', ['21:9', '16:9'], '16:9'],
    ['9:20', ['16:9', '9:16', '1:1'], '9:16'],
    ['32:18', ['1:1', '16:9'], '16:9'],
  ])('%s among %j is %s', (wanted, offered, nearest) => {
    expect(nearestRatio(offered, ratioValue(wanted))).toBe(nearest)
  })

  it('leaves none nearer', () => {
    fc.assert(
      fc.property(fc.array(ratio, { minLength: 1 }), ratio, (offered, wanted) => {
        const value = ratioValue(wanted)
        const chosen = nearestRatio(offered, value) ?? ''
        const best = Math.min(...offered.map((one) => factor(ratioValue(one), value)))
        expect(factor(ratioValue(chosen), value)).toBeCloseTo(best, 9)
      }),
    )
  })
})

describe('nearestTier', () => {
  const tiers = (...names: string[]) => names.map((name) => ({ name }))

  it.each([
    ['1K', ['720p', '1080p'], '720p'],
    ['2K', ['1080p', '1440p', '2160p'], '1440p'],
    ['2K', ['720p', '1080p', '4K'], '1080p'],
    ['4K', ['1080p', '2160p'], '2160p'],
    ['0.5K', ['480p', '720p'], '480p'],
    ['0.25', ['480p', '720p'], '480p'],
    ['1MP', ['480p', '720p', '1080p'], '720p'],
    ['4k', ['720p', '4K'], '4K'],
    ['900p', ['720p', '1080p'], '1080p'],
    ['8K', ['1K', '2K', '4K'], '4K'],
  ])('%s among %j is %s', (wanted, offered, nearest) => {
    expect(nearestTier(tiers(...offered), wanted)?.name).toBe(nearest)
  })

  it('knows no nearest of a name that says nothing of size', () => {
    expect(nearestTier(tiers('720p'), 'high')).toBeUndefined()
  })

  it('leaves none nearer in pixels', () => {
    const tier = fc.constantFrom(
      '360p',
      '480p',
      '540p',
      '720p',
      '768p',
      '1080p',
      '1440p',
      '1K',
      '4K',
    )
    fc.assert(
      fc.property(fc.uniqueArray(tier, { minLength: 1 }), tier, (offered, wanted) => {
        const pixels = pixelsOfTier(wanted) ?? 1
        const chosen = nearestTier(tiers(...offered), wanted)?.name ?? ''
        const best = Math.min(...offered.map((one) => factor(pixelsOfTier(one) ?? 1, pixels)))
        expect(factor(pixelsOfTier(chosen) ?? 1, pixels)).toBeCloseTo(best, 9)
      }),
    )
  })
})

describe('nearestDuration', () => {
  it.each([
    [5, [4, 6, 8], 6], // of two equally near the longer: a clip can be trimmed
    [7, [4, 8, 12], 8],
    [1, [4, 8], 4],
    [99, [4, 8], 8],
  ])('%d s of %j is %d s', (wanted, offered, nearest) => {
    expect(nearestDuration(offered, wanted)).toBe(nearest)
  })

  it.each([
    [2, 4],
    [4.4, 4],
    [4.5, 5],
    [15, 15],
    [16, 15],
  ])('%d s of 4 to 15 is %d s', (wanted, nearest) => {
    expect(nearestDuration({ from: 4, to: 15, step: 1 }, wanted)).toBe(nearest)
  })

  it('stays on the steps of a range', () => {
    expect(nearestDuration({ from: 0.5, to: 2, step: 0.1 }, 1.23)).toBe(1.2)
    expect(nearestDuration({ from: 3, to: 10, step: 2 }, 10)).toBe(9)
    expect(longestDuration({ from: 3, to: 10, step: 2 })).toBe(9)
  })

  it('leaves none nearer', () => {
    const seconds = fc.double({ min: 0.1, max: 100, noNaN: true })
    fc.assert(
      fc.property(fc.array(seconds, { minLength: 1 }), seconds, (offered, wanted) => {
        const chosen = nearestDuration(offered, wanted)
        expect(offered).toContain(chosen)
        const best = Math.min(...offered.map((one) => Math.abs(one - wanted)))
        expect(Math.abs(chosen - wanted)).toBeCloseTo(best, 9)
      }),
    )
  })
})
