import { describe, expect, it } from 'vitest'
import type { RouteRules, RouteWish } from '../../../../src/main/library/catalogue.ts'
import { createCatalogue } from '../../../../src/main/library/createCatalogue.ts'
import { AS_LISTED } from '../../../../src/shared/domain/routePreference.ts'
import { bundledCatalogue } from '../../../helpers/catalogueAsks.ts'

const catalogue = await bundledCatalogue()

function chosen(wish: Partial<RouteWish>): string {
  const result = catalogue.choose({ mode: 'textToVideo', ...wish })
  return result.ok ? result.value.route.id : `${result.error.code}: ${result.error.mend}`
}

describe('choose', () => {
  it.each<[Partial<RouteWish>, string]>([
    [{ model: 'kling-v3' }, 'fal/kling-v3'],
    [{ model: 'kling-v3', provider: 'replicate' }, 'replicate/kling-v3'],
    [{ model: 'fal/kling-v3-standard' }, 'fal/kling-v3-standard'],
    // The name that pins a gateway's upstream, as the gateway itself spells it.
    [{ model: 'fal/kling-v3', provider: 'lumenfall' }, 'lumenfall/fal.kling-v3'],
    [{ provider: 'fal' }, 'fal/seedance-1.5-pro'],
    [{ provider: 'lumenfall' }, 'lumenfall/kling-v3'],
    [{ provider: 'replicate' }, 'replicate/seedance-2.0'],
    [{ provider: 'openai-videos', allowRetired: true }, 'openai-videos/sora-2'],
    [{ model: 'sora-2-pro', allowRetired: true, provider: 'fal' }, 'fal/sora-2-pro'],
    [
      { model: 'sora-2-pro', allowRetired: true, provider: 'fal', mode: 'imageToVideo' },
      'fal/sora-2-pro-i2v',
    ],
    [
      {
        model: 'fal/sora-2-pro-i2v',
        provider: 'lumenfall',
        allowRetired: true,
        mode: 'imageToVideo',
      },
      'lumenfall/fal.sora-2-pro-i2v',
    ],
  ])('%j is %s', (wish, route) => {
    expect(chosen(wish)).toBe(route)
  })

  it.each<[Partial<RouteWish>, string]>([
    [{ model: 'kling3' }, 'unknownModel: Did you mean kling-v3?'],
    [{ model: 'Veo3.1 fast' }, 'unknownModel: Did you mean veo-3.1-fast?'],
    [{ model: 'something-else-entirely' }, 'unknownModel: See `dailies models`'],
    [
      { model: 'sora-2-pro' },
      'modelRetired: Use veo-3.1, kling-v3, seedance-2.0 instead, or set a base URL of a server of your own that still has it.',
    ],
    [{ model: 'ray-2', provider: 'replicate' }, 'noRoute: It runs on fal.'],
    [
      { provider: 'nowhere' },
      'unknownProvider: Use one of fal, lumenfall, openai-videos, replicate.',
    ],
    [{ provider: 'openai-videos' }, 'noModel: Name a model'],
    [{}, 'noModel: Name a model'],
    [
      { model: 'hailuo-2.3', mode: 'referenceToVideo' },
      'modeNotOffered: Models that do: grok-imagine-video, ',
    ],
    [
      { model: 'kling-v3', provider: 'lumenfall', mode: 'firstLastFrame' },
      'modeNotOffered: Change the frames of this row.',
    ],
  ])('%j is a problem: %s', (wish, problem) => {
    expect(chosen(wish)).toContain(problem)
  })
})

describe('lookups', () => {
  it('hides routes that are used only by name, and finds them by name', () => {
    expect(catalogue.routesOf('sora-2-pro').map(({ id }) => id)).toEqual([
      'lumenfall/sora-2-pro',
      'fal/sora-2-pro',
      'fal/sora-2-pro-i2v',
      'openai-videos/sora-2-pro',
      'replicate/sora-2-pro',
    ])
    expect(catalogue.route('lumenfall/openai.sora-2-pro')?.modes.textToVideo?.endpoint).toBe(
      'openai/sora-2-pro',
    )
    expect(catalogue.routesOf('nope')).toEqual([])
  })

  it("runs retired models on a server of one's own, and takes the key that is there", () => {
    const choose = (rules: Partial<RouteRules>, wish: Partial<RouteWish>): string => {
      const own = createCatalogue(catalogue.models, {
        allowsRetired: () => false,
        isReady: () => true,
        prefer: () => AS_LISTED,
        renderMs: () => null,
        ...rules,
      })
      const result = own.choose({ mode: 'textToVideo', ...wish })
      return result.ok ? result.value.route.id : result.error.code
    }
    const ownServer = { allowsRetired: (id: string) => id === 'openai-videos' }
    expect(choose(ownServer, { provider: 'openai-videos' })).toBe('openai-videos/sora-2')
    expect(choose(ownServer, { model: 'sora-2-pro' })).toBe('openai-videos/sora-2-pro')
    expect(choose(ownServer, { model: 'sora-2-pro', provider: 'fal' })).toBe('modelRetired')
    const onReplicate = { isReady: (id: string) => id === 'replicate' }
    expect(choose(onReplicate, { model: 'kling-v3' })).toBe('replicate/kling-v3')
    expect(choose(onReplicate, { model: 'kling-v3', provider: 'fal' })).toBe('fal/kling-v3')
  })

  it('names living models in place of a retired one', () => {
    expect(catalogue.alternatives('sora-2').map(({ id }) => id)).toEqual([
      'veo-3.1',
      'kling-v3',
      'seedance-2.0',
    ])
    expect(catalogue.alternatives('kling-v3')).toEqual([])
  })
})
