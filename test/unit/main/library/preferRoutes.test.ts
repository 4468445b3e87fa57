import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  preferRoutes,
  whyPreferred,
  type RouteStanding,
} from '../../../../src/main/library/preferRoutes.ts'
import { createCatalogue } from '../../../../src/main/library/createCatalogue.ts'
import { AS_LISTED, type RoutePreference } from '../../../../src/shared/domain/routePreference.ts'
import type { Route } from '../../../../src/shared/domain/route.ts'
import { bundledCatalogue } from '../../../helpers/catalogueAsks.ts'

const PROVIDERS = ['fal', 'replicate', 'lumenfall', 'openai-videos']

const routeOn = (provider: string, at = 0): Route => ({
  id: `${provider}/m-${at}`,
  provider,
  model: 'm',
  modes: {},
  prices: [],
  isDefault: false,
  byNameOnly: false,
  source: 'https://example.com',
  checkedOn: '2026-11-22',
})

const money = fc.record({
  micros: fc.integer({ min: 0, max: 5 }),
  currency: fc.constantFrom('USD', 'EUR'),
  estimated: fc.boolean(),
})
const standing = fc.record({
  provider: fc.constantFrom(...PROVIDERS),
  isReady: fc.boolean(),
  isHeld: fc.boolean(),
  cost: fc.option(money),
  renderMs: fc.option(fc.integer({ min: 1, max: 5 })),
})
const standings = fc.array(standing, { maxLength: 6 }).map((all) =>
  all.map(({ provider, ...rest }, at): RouteStanding => ({
    route: routeOn(provider, at),
    ...rest,
  })),
)
const preference: fc.Arbitrary<RoutePreference> = fc.record({
  by: fc.constantFrom('listed', 'price', 'speed'),
  providers: fc.uniqueArray(fc.constantFrom(...PROVIDERS)),
})

describe('preferRoutes', () => {
  const property = (check: (all: readonly RouteStanding[], by: RoutePreference) => void): void =>
    fc.assert(fc.property(standings, preference, check))

  test('every way is kept once, and those with a key come first', () => {
    property((all, by) => {
      const ordered = preferRoutes(all, by)
      expect(new Set(ordered)).toEqual(new Set(all))
      expect(ordered).toHaveLength(all.length)
      const ready = ordered.map(({ isReady }) => isReady)
      expect(ready).toEqual(ready.toSorted((a, b) => Number(b) - Number(a)))
    })
  })

  test('nothing with a key is cheaper, faster or earlier in the order than the one taken', () => {
    property((all, by) => {
      const [first, ...others] = preferRoutes(all, by)
      if (first === undefined) return
      const { cost, renderMs, route } = first
      const alike = others.filter(
        ({ isReady, isHeld }) => isReady === first.isReady && isHeld === first.isHeld,
      )
      for (const other of alike) {
        if (by.by === 'price' && cost !== null && other.cost?.currency === cost.currency)
          expect(other.cost.micros).toBeGreaterThanOrEqual(cost.micros)
        if (by.by === 'speed')
          expect(other.renderMs ?? Infinity).toBeGreaterThanOrEqual(renderMs ?? Infinity)
        const at = by.providers.indexOf(other.route.provider)
        if (by.by === 'listed' && at !== -1) {
          expect(by.providers.indexOf(route.provider)).not.toBe(-1)
          expect(at).toBeGreaterThanOrEqual(by.providers.indexOf(route.provider))
        }
      }
    })
  })

  test('a held way’s currency does not decide what the open ones are compared in', () => {
    const way = (at: number, currency: string, micros: number): RouteStanding => ({
      route: routeOn('fal', at),
      isReady: true,
      isHeld: currency === 'EUR',
      cost: { micros, currency, estimated: false },
      renderMs: null,
    })
    const ways = [way(0, 'EUR', 1), way(1, 'USD', 3), way(2, 'USD', 2)]
    expect(preferRoutes(ways, { by: 'price', providers: [] })).toEqual([ways[2], ways[1], ways[0]])
  })

  test('with nothing known, the order is the listed one', () => {
    property((all, { by }) => {
      const unknown = all.map((one) => ({ ...one, cost: null, renderMs: null }))
      const listed = [true, false].flatMap((key) =>
        [false, true].flatMap((held) =>
          unknown.filter((one) => one.isReady === key && one.isHeld === held),
        ),
      )
      expect(preferRoutes(unknown, { by, providers: [] })).toEqual(listed)
    })
  })

  test('a reason is given exactly where there was a choice', () => {
    property((all, by) => {
      const why = whyPreferred(preferRoutes(all, by), by)
      expect(why === null).toBe(all.length < 2)
    })
  })
})

describe('choose by preference', async () => {
  const { models } = await bundledCatalogue()
  const times: Readonly<Record<string, number>> = { 'replicate/kling-v3': 20, 'fal/kling-v3': 50 }
  const prices: Readonly<Record<string, number>> = { lumenfall: 3, fal: 2, replicate: 1 }
  const held: string[] = []
  const chosen = (by: RoutePreference, provider?: string, ready = PROVIDERS) => {
    const catalogue = createCatalogue(models, {
      allowsRetired: () => false,
      isReady: (id) => ready.includes(id),
      isHeld: (route) => held.includes(route.provider),
      prefer: () => by,
      renderMs: (route) => times[route] ?? null,
    })
    const costOn = ({ route }: { route: Route }) => ({
      micros: prices[route.provider] ?? 9,
      currency: 'USD',
      estimated: false,
    })
    const answer = catalogue.choose({ mode: 'textToVideo', model: 'kling-v3', provider, costOn })
    return answer.ok ? [answer.value.route.id, answer.value.why] : [answer.error.code]
  }

  it('takes the cheapest, the fastest, or the first of the order, and says why', () => {
    expect(chosen(AS_LISTED)).toEqual(['fal/kling-v3', 'the catalogue’s first of 3 ways'])
    expect(chosen({ by: 'price', providers: [] })).toEqual([
      'replicate/kling-v3',
      'cheapest of 3 ways',
    ])
    expect(chosen({ by: 'speed', providers: [] })).toEqual([
      'replicate/kling-v3',
      'fastest as measured of 3 ways',
    ])
    expect(chosen({ by: 'listed', providers: ['lumenfall', 'fal'] })).toEqual([
      'lumenfall/kling-v3',
      'your order’s first of 3 ways',
    ])
  })

  it('takes the next way where the first is held, but not for a row that named it', () => {
    held.push('replicate')
    expect(chosen({ by: 'price', providers: [] })).toEqual([
      'fal/kling-v3',
      'cheapest of 2 ways that are not held',
    ])
    held.push('fal')
    expect(chosen(AS_LISTED)).toEqual([
      'lumenfall/kling-v3',
      'the only one of 3 ways that is not held',
    ])
    expect(chosen(AS_LISTED, 'fal')).toEqual(['fal/kling-v3', null])
    held.length = 0
  })

  it('leaves a provider that was named alone, and takes the key that is there', () => {
    expect(chosen({ by: 'price', providers: [] }, 'fal')).toEqual(['fal/kling-v3', null])
    expect(chosen({ by: 'price', providers: [] }, undefined, ['fal'])).toEqual([
      'fal/kling-v3',
      'the only one of 3 ways with a key',
    ])
  })
})
