import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  ask,
  bundledCatalogue,
  everyRouteMode,
  FRAMES_OF,
} from '../../../../helpers/catalogueAsks.ts'
import { normalise } from '../../../../../src/shared/normalise/normalise.ts'
import { priceOf } from '../../../../../src/shared/normalise/price.ts'
import { settleAlike } from '../../../../../src/main/library/planning/settleAlike.ts'

const places = everyRouteMode(await bundledCatalogue())

const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 })
const row = fc.record({
  prompt: fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('a', 'x'.repeat(2600))),
  negativePrompt: optional(fc.constantFrom('blur')),
  durationSeconds: optional(fc.constantFrom(5, 7, 8)),
  aspectRatio: optional(fc.constantFrom('16:9', '9:16')),
  resolution: optional(fc.constantFrom('720p', '1080p')),
  seed: optional(fc.constantFrom(0, 7, 4_294_967_295)),
  options: fc.constantFrom(
    {},
    {},
    {},
    { cfg_scale: 0.5 },
    { prompt: 'other' },
    { seed: 3 },
    { n: 2 },
  ),
})

test('settled together or one by one, requests come out exactly alike', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...places),
      fc.array(row, { minLength: 2, maxLength: 8 }),
      fc.nat(0x7fffffff),
      ({ model, route, mode }, rows, seedIfNone) => {
        const settle = settleAlike(model, route)
        for (const over of rows) {
          const request = ask({ ...over, frames: FRAMES_OF[mode] })
          const alone = normalise({ request, model, route, seedIfNone })
          const together = settle(request, seedIfNone)
          expect(JSON.stringify(together.ok ? together.value.done : together.error)).toBe(
            JSON.stringify(alone.ok ? alone.value : alone.error),
          )
          if (together.ok && alone.ok) {
            expect(together.value.estimate).toEqual(priceOf(route, alone.value.request))
          }
        }
      },
    ),
    { numRuns: 2000 },
  )
})
