import { describe, expect, it } from 'vitest'
import type { GenerationRequest } from '../../../../src/shared/domain/generation.ts'
import { normalise } from '../../../../src/shared/normalise/normalise.ts'
import { rehearsalOf, rehearsalRequest } from '../../../../src/shared/normalise/rehearsal.ts'
import { derivedSeed } from '../../../../src/shared/normalise/seeds.ts'
import { parseSizeText } from '../../../../src/shared/normalise/sizes.ts'
import { ask, bundledCatalogue, frameFile, routeNamed } from '../../../helpers/catalogueAsks.ts'

const catalogue = await bundledCatalogue()

function drawn(over: Partial<GenerationRequest>, seed?: number) {
  const result = rehearsalRequest(ask(over), seed)
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

describe('a rehearsal without a model', () => {
  it('has defaults of its own', () => {
    const { request, warnings } = drawn({}, 11)
    expect(request).toMatchObject({
      endpoint: 'rehearsal',
      expect: { width: 1280, height: 720, durationSeconds: 5, fps: 24, hasAudio: true, seed: 11 },
    })
    expect(request.fields).toMatchObject({ width: 1280, height: 720, seed: 11, frames: [] })
    expect(warnings).toEqual([])
  })

  it('draws what was asked', () => {
    const { request, warnings } = drawn({
      durationSeconds: 2.5,
      size: { width: 320, height: 568 },
      fps: 30,
      audio: false,
      seed: 0,
      frames: [frameFile('firstFrame', { width: 100, height: 900 })],
    })
    expect(request.expect).toMatchObject({
      width: 320,
      height: 568,
      durationSeconds: 2.5,
      fps: 30,
      hasAudio: false,
      seed: 0,
    })
    expect(request.fields['frames']).toEqual([{ $frame: 0 }])
    expect(warnings).toEqual([])
  })

  it('takes ratios and tiers', () => {
    expect(drawn({ aspectRatio: '9:16', resolution: '480p' }).request.expect).toMatchObject({
      width: 480,
      height: 854,
    })
  })

  it('keeps within its limits, and says so', () => {
    const { request, warnings } = drawn({
      durationSeconds: 0.1,
      size: { width: 9000, height: 33 },
      negativePrompt: 'rain',
      options: { watermark: 'off', n: 2 },
    })
    expect(request.expect).toMatchObject({ width: 4096, height: 64, durationSeconds: 0.5 })
    expect(warnings.map((one) => `${one.behaviour} ${one.field}`).toSorted()).toEqual([
      'converted durationSeconds',
      'converted size',
      'dropped negativePrompt',
      'dropped watermark',
      'emulated n',
    ])
  })
})

describe('a rehearsal of a model', () => {
  it('has the length, size and warnings that the model would have', () => {
    const place = routeNamed(catalogue, 'fal/veo-3.1')
    const result = normalise({ ...place, request: ask({ durationSeconds: 5, aspectRatio: '1:1' }) })
    if (!result.ok) throw new Error('must normalise')
    const { request, warnings } = rehearsalOf(result.value)
    expect(request).toMatchObject({
      endpoint: 'rehearsal',
      expect: { width: 1280, height: 720, durationSeconds: 6 },
    })
    expect(warnings).toEqual(result.value.warnings)
  })
})

describe('derivedSeed', () => {
  it('is the same every time and fits in 31 bits', () => {
    expect(derivedSeed('abc', 1, 1)).toBe(derivedSeed('abc', 1, 1))
    const seeds = [1, 2, 3].flatMap((row) => [1, 2].map((take) => derivedSeed('abc', row, take)))
    for (const seed of seeds) expect(seed >>> 31).toBe(0)
    expect(new Set(seeds).size).toBe(seeds.length)
  })

  it('differs between all takes of a row and between batches', () => {
    const takes = Array.from({ length: 10_000 }, (_, index) => derivedSeed('d', 7, index + 1))
    expect(new Set(takes).size).toBe(takes.length)
    expect(derivedSeed('d', 7, 1)).not.toBe(derivedSeed('e', 7, 1))
  })
})

describe('parseSizeText', () => {
  it.each([
    ['1280x720', { size: { width: 1280, height: 720 } }],
    [' 1280 X 720 ', { size: { width: 1280, height: 720 } }],
    ['16:9', { aspectRatio: '16:9' }],
    ['auto', {}],
    ['720p', undefined],
    ['0x720', undefined],
    ['16:0', undefined],
    ['x', undefined],
  ])('%s', (text, read) => {
    expect(parseSizeText(text)).toEqual(read)
  })
})
