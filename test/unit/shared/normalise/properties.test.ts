import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GenerationRequest } from '../../../../src/shared/domain/generation.ts'
import type { Mode } from '../../../../src/shared/domain/model.ts'
import { ratioValue } from '../../../../src/shared/normalise/nearest.ts'
import { normalise } from '../../../../src/shared/normalise/normalise.ts'
import { priceOf } from '../../../../src/shared/normalise/price.ts'
import { rehearsalOf, rehearsalRequest } from '../../../../src/shared/normalise/rehearsal.ts'
import type { Normalised } from '../../../../src/shared/normalise/types.ts'
import { decodeFields } from '../../../../src/shared/normalise/wire.ts'
import { ask, bundledCatalogue, everyRouteMode, frameFile } from '../../../helpers/catalogueAsks.ts'

const catalogue = await bundledCatalogue()
const places = everyRouteMode(catalogue)
/** By name, so that a counterexample can be read. */
const byName = new Map(places.map((place) => [`${place.route.id} ${place.mode}`, place]))
const names = [...byName.keys()]
const at = (name: string) => {
  const place = byName.get(name)
  if (place === undefined) throw new Error(`no ${name}`)
  return place
}
const modeAt = (name: string): Mode => at(name).mode
const side = fc.integer({ min: 512, max: 6000 })
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })

const frames = (mode: Mode) =>
  fc.tuple(side, side, fc.integer({ min: 1, max: 60_000_000 })).map(([width, height, bytes]) => {
    const one = (role: 'firstFrame' | 'lastFrame' | 'reference') =>
      frameFile(role, { width, height, bytes, contentType: 'image/gif' })
    const of: Record<Mode, readonly ReturnType<typeof one>[]> = {
      textToVideo: [],
      imageToVideo: [one('firstFrame')],
      firstLastFrame: [one('firstFrame'), one('lastFrame')],
      referenceToVideo: [one('reference')],
    }
    return of[mode]
  })

/** Any request that a batch file can hold, for any place of the catalogue. */
const anywhere = fc.constantFrom(...names).chain((name) =>
  fc
    .record({
      frames: frames(modeAt(name)),
      prompt: fc.string({ minLength: 1, maxLength: 300 }),
      negativePrompt: maybe(fc.string({ minLength: 1 })),
      durationSeconds: maybe(fc.double({ min: 0.01, max: 1000, noNaN: true })),
      size: maybe(fc.record({ width: fc.integer({ min: 1, max: 9000 }), height: side })),
      aspectRatio: maybe(fc.tuple(side, side).map(([w, h]) => `${w}:${h}`)),
      resolution: maybe(fc.constantFrom('480p', '720p', '1080p', '1K', '4K', '0.25', 'high')),
      fps: maybe(fc.integer({ min: 1, max: 120 })),
      audio: maybe(fc.boolean()),
      seed: maybe(fc.nat()),
      options: fc.dictionary(
        fc.constantFrom('x_one', 'x_two', 'n'),
        fc.constantFrom('2', 'a', true),
      ),
    })
    .map((parts) => ({ name, request: ask(parts) })),
)

/** Canonical fields that will not be as they were asked for. */
function changed(request: GenerationRequest, done: Normalised): string[] {
  const { expect: out } = done.request
  const { size, aspectRatio } = request
  const differs: Record<string, boolean> = {
    durationSeconds:
      request.durationSeconds !== undefined && out.durationSeconds !== request.durationSeconds,
    fps: request.fps !== undefined && out.fps !== request.fps,
    audio: request.audio !== undefined && out.hasAudio !== request.audio,
    seed: request.seed !== undefined && out.seed !== request.seed,
    size: size !== undefined && (out.width !== size.width || out.height !== size.height),
    aspectRatio:
      size === undefined &&
      aspectRatio !== undefined &&
      Math.abs(Math.log(out.width / out.height / ratioValue(aspectRatio))) > 0.02,
  }
  return Object.keys(differs).filter((field) => differs[field] === true)
}

describe('normalise', () => {
  it('never throws, and says every change', () => {
    fc.assert(
      fc.property(anywhere, ({ name, request }) => {
        const { model, route, mode } = at(name)
        const result = normalise({ request, model, route })
        if (!result.ok) {
          expect(result.error.length).toBeGreaterThan(0)
          return
        }
        const { value } = result
        const said = new Set(value.warnings.map((warning) => warning.field))
        for (const field of changed(request, value)) expect(said).toContain(field)
        const fields = route.modes[mode]?.fields ?? {}
        const wire = decodeFields(fields, value.request.fields)
        expect(wire.prompt).toBe(request.prompt)
        if (request.negativePrompt !== undefined && wire.negativePrompt === undefined) {
          expect(said).toContain('negativePrompt')
        }
        const tier = request.resolution?.toLowerCase()
        if (tier !== undefined && wire.resolution?.toLowerCase() !== tier && !('size' in wire)) {
          const silent = !said.has('resolution')
          const usual = route.modes[mode]?.capabilities.resolutions?.some(
            (one) => one.name.toLowerCase() === tier,
          )
          // Silence is right only where that tier comes out anyway.
          if (silent) expect(usual).toBe(true)
        }
        for (const option of Object.keys(request.options).filter((one) => one !== 'n')) {
          expect(value.request.fields).toHaveProperty(option)
          expect(said).toContain(option)
        }
      }),
      { numRuns: 600 },
    )
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(anywhere, ({ name, request }) => {
        const { model, route } = at(name)
        const first = normalise({ request, model, route })
        if (!first.ok) return
        const second = normalise({ request: first.value.applied, model, route })
        if (!second.ok) throw new Error(JSON.stringify(second.error))
        expect(second.value.request.fields).toEqual(first.value.request.fields)
        const { width, height, ...out } = second.value.request.expect
        expect(first.value.request.expect).toMatchObject(out)
        // A frame scaled to whole pixels moves its shape by less than that.
        expect(width / first.value.request.expect.width).toBeCloseTo(1, 1)
        expect(height / first.value.request.expect.height).toBeCloseTo(1, 1)
        const fresh = second.value.warnings.filter((one) => one.behaviour !== 'passthrough')
        expect(fresh).toEqual([])
      }),
      { numRuns: 600 },
    )
  })

  it('offers only what the route allows', () => {
    fc.assert(
      fc.property(anywhere, ({ name, request }) => {
        const { model, route, mode } = at(name)
        const result = normalise({ request, model, route })
        const routeMode = route.modes[mode]
        if (!result.ok || routeMode === undefined) return
        const wire = decodeFields(routeMode.fields, result.value.request.fields)
        const { ratios, resolutions, durations } = routeMode.capabilities
        if (wire.aspectRatio !== undefined && ratios !== undefined) {
          expect(ratios).toContain(wire.aspectRatio)
        }
        if (wire.resolution !== undefined && resolutions !== undefined) {
          expect(resolutions.map((one) => one.name)).toContain(wire.resolution)
        }
        if (wire.durationSeconds !== undefined && Array.isArray(durations)) {
          expect(durations).toContain(wire.durationSeconds)
        }
        const price = priceOf(route, result.value.request)
        if (price !== null) expect(price.micros).toBeGreaterThan(0)
      }),
      { numRuns: 600 },
    )
  })
})

describe('rehearsal', () => {
  it('draws any request, with any model or with none', () => {
    fc.assert(
      fc.property(anywhere, ({ name, request }) => {
        const { model, route } = at(name)
        const none = rehearsalRequest(request)
        const pretended = normalise({ request, model, route })
        const both = [
          ...(none.ok ? [none.value] : []),
          ...(pretended.ok ? [rehearsalOf(pretended.value)] : []),
        ]
        for (const { request: drawn } of both) {
          const { width, height, durationSeconds } = drawn.expect
          expect(drawn.endpoint).toBe('rehearsal')
          for (const frame of drawn.frames) expect(frame).not.toHaveProperty('fit')
          expect([width % 2, height % 2]).toEqual([0, 0])
          expect(Math.min(width, height)).toBeGreaterThanOrEqual(64)
          expect(Math.max(width, height)).toBeLessThanOrEqual(4096)
          expect(durationSeconds).toBeGreaterThanOrEqual(0.5)
          expect(durationSeconds).toBeLessThanOrEqual(60)
        }
      }),
      { numRuns: 600 },
    )
  })
})
