import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ModelFile, RouteFile } from '../../../../src/shared/domain/catalogue.ts'
import { parseModelFile } from '../../../../src/main/library/modelFile.ts'
import { MODELS_FOLDER } from '../../../helpers/catalogueAsks.ts'

const ray = JSON.parse(readFileSync(join(MODELS_FOLDER, 'ray-2.json'), 'utf8')) as ModelFile
const [route] = ray.routes as [RouteFile]

function places(change: object, routeChange: object = {}): string[] {
  const value = { ...ray, routes: [{ ...route, ...routeChange }], ...change }
  const result = parseModelFile('f.json', JSON.stringify(value))
  return result.ok ? [] : result.error.map(({ place, message }) => `${place}: ${message}`)
}
const mode = (over: object) => ({ modes: { textToVideo: { endpoint: 'x', ...over } } })

// Promise: a person who mistypes a model file is told where and what.
describe('parseModelFile', () => {
  it('takes a right one, with a byte order mark too', () => {
    expect(places({})).toEqual([])
    expect(parseModelFile('f.json', `\uFEFF${JSON.stringify(ray)}`).ok).toBe(true)
  })

  it.each<[string, object, object, string]>([
    ['a wrong id', { id: 'Ray 2' }, {}, 'id: '],
    ['a day that is none', { checkedOn: 'May' }, {}, 'checkedOn: must be a day'],
    [
      'a ratio that is none',
      { capabilities: { ratios: ['wide'] } },
      {},
      'capabilities.ratios[0]: must be a ratio',
    ],
    [
      'a duration of nought',
      { capabilities: { durations: [0] } },
      {},
      'capabilities.durations[0]: ',
    ],
    [
      'half a range',
      { capabilities: { durations: { from: 1, to: 2 } } },
      {},
      'capabilities.durations.step: ',
    ],
    ['an unknown member', {}, { colour: 1 }, 'routes[0].colour: is not a field'],
    [
      'an unknown encoding',
      {},
      { fields: { ...route.fields, durationSeconds: { name: 'd', as: 'minutes' } } },
      'routes[0].fields.durationSeconds.as: ',
    ],
    [
      'two prices in one',
      {},
      {
        prices: [
          { perSecond: 1, perClip: 1, currency: 'USD', checkedOn: '2026-11-22', source: 'x' },
        ],
      },
      'routes[0].prices[0]: must give either',
    ],
    [
      'an id of another provider',
      {},
      { id: 'replicate/ray-2' },
      'routes[0].id: must begin with fal/',
    ],
    ['no mode at all', {}, { modes: {} }, 'routes[0].modes: must name at least one'],
    [
      'a mode without its frame',
      {},
      { modes: { imageToVideo: { endpoint: 'x' } } },
      'routes[0].modes.imageToVideo.fields.firstFrame: is missing',
    ],
    [
      'a mode without a prompt',
      {},
      mode({ fields: { prompt: null } }),
      'routes[0].modes.textToVideo.fields.prompt: is missing',
    ],
    [
      'a name used twice',
      {},
      mode({ fields: { seed: { name: 'prompt' } } }),
      'routes[0].modes.textToVideo.fields: give one wire name twice',
    ],
    [
      'a default that is not offered',
      {},
      mode({ capabilities: { defaults: { resolution: '8K' } } }),
      'routes[0].modes.textToVideo.capabilities.defaults.resolution: names 8K',
    ],
    [
      'a value for a ratio that is not offered',
      {},
      mode({ fields: { aspectRatio: { name: 'r', values: { '5:4': 'x' } } } }),
      'routes[0].modes.textToVideo.fields.aspectRatio.values: names 5:4',
    ],
    [
      'two currencies',
      {},
      {
        prices: ['USD', 'EUR'].map((currency) => ({
          perClip: 1,
          currency,
          checkedOn: '2026-11-22',
          source: 'x',
        })),
      },
      'routes[0].prices: must be in one currency',
    ],
    [
      'a forced name for a mode that is missing',
      {},
      { forced: { 'a/b': ['referenceToVideo'] } },
      'routes[0].forced.a/b: names referenceToVideo',
    ],
  ])('refuses %s', (...[, change, routeChange, said]) => {
    expect(places(change, routeChange)[0]).toContain(said)
  })
})
