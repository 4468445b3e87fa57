import { describe, expect, it } from 'vitest'
import type { GenerationRequest } from '../../../../src/shared/domain/generation.ts'
import type { Route } from '../../../../src/shared/domain/route.ts'
import { normalise } from '../../../../src/shared/normalise/normalise.ts'
import { priceOf, quote } from '../../../../src/shared/normalise/price.ts'
import { ask, bundledCatalogue, frameFile, routeNamed } from '../../../helpers/catalogueAsks.ts'

const catalogue = await bundledCatalogue()

function quoted(routeId: string, over: Partial<GenerationRequest>, change?: Partial<Route>) {
  const { model, route } = routeNamed(catalogue, routeId)
  const result = normalise({ request: ask(over), model, route })
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return quote({ ...route, ...change }, result.value.request)
}

describe('price', () => {
  it.each<[string, Partial<GenerationRequest>, string, number]>([
    ['fal/veo-3.1', { durationSeconds: 8, audio: false }, '8 s × $0.20', 1_600_000],
    ['fal/veo-3.1', { durationSeconds: 8, resolution: '4K' }, '8 s × $0.60', 4_800_000],
    // Nothing asked: what the provider uses then, 8 s at 720p with sound.
    ['fal/veo-3.1', {}, '8 s × $0.40', 3_200_000],
    ['fal/seedance-1.5-pro', { durationSeconds: 5, audio: true }, '5 s × $0.0524', 262_000],
    [
      'replicate/seedance-2.0',
      { durationSeconds: 4, resolution: '1080p' },
      '4 s × $0.45',
      1_800_000,
    ],
    ['fal/hailuo-2.3', { durationSeconds: 10 }, '$0.56 a clip', 560_000],
    ['fal/hailuo-2.3-pro', {}, '$0.49 a clip', 490_000],
    ['fal/ray-2', { durationSeconds: 9, resolution: '1080p' }, '$4.00 a clip', 4_000_000],
    ['fal/kling-v2.6', { durationSeconds: 5, audio: true }, '5 s × $0.14', 700_000],
    [
      'openai-videos/sora-2-pro',
      { durationSeconds: 8, size: { width: 1920, height: 1080 } },
      '8 s × $0.50',
      4_000_000,
    ],
  ])('%s %j costs %s', (...[route, over, howComputed, micros]) => {
    expect(quoted(route, over)).toMatchObject({
      howComputed,
      money: { micros, currency: 'USD', estimated: true },
    })
  })

  it('is the highest where the request leaves it open', () => {
    // No default duration is known here, so the longest counts: 15 s.
    expect(quoted('lumenfall/seedance-2.0', {})?.howComputed).toBe('15 s × $0.303')
    // Nor a default tier: the dearest counts.
    expect(quoted('fal/seedance-2.0-mini', { durationSeconds: 4 })?.howComputed).toBe(
      '4 s × $0.1547',
    )
  })

  it('counts what only an option costs', () => {
    const frames = [frameFile('firstFrame')]
    const options = { voice_ids: 'v1' }
    const over = { durationSeconds: 5, audio: true, frames, options }
    expect(quoted('fal/kling-v2.6', over)?.howComputed).toBe('5 s × $0.168')
  })

  it('is null where no price is known, never zero', () => {
    expect(quoted('fal/wan-2.6', {})).toBeNull()
    expect(quoted('fal/seedance-2.0', { resolution: '1080p' })).toBeNull()
    expect(quoted('fal/veo-3.1', {}, { prices: [] })).toBeNull()
  })

  it('can be asked again of the frozen request', () => {
    const { model, route } = routeNamed(catalogue, 'fal/veo-3.1-fast')
    const result = normalise({ request: ask({ durationSeconds: 6 }), model, route })
    if (!result.ok) throw new Error('must normalise')
    const frozen = JSON.parse(JSON.stringify(result.value.request)) as typeof result.value.request
    expect(priceOf(route, frozen)).toEqual(priceOf(route, result.value.request))
    expect(priceOf(route, frozen)?.micros).toBe(900_000)
  })
})
