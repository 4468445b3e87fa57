import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { normalise } from '../../../src/shared/normalise/normalise.ts'
import { priceOf } from '../../../src/shared/normalise/price.ts'
import {
  FRAMES_OF,
  MODELS_FOLDER,
  ask,
  bundledCatalogue,
  everyRouteMode,
} from '../../helpers/catalogueAsks.ts'

const catalogue = await bundledCatalogue()

// Promise: every model that is shown can be asked for, on every route and in every mode it names.
describe('the models that come with the app', () => {
  it('are one file each, named by id', () => {
    const files = readdirSync(MODELS_FOLDER).toSorted()
    expect(files).toEqual(catalogue.models.map(({ id }) => `${id}.json`).toSorted())
  })

  it('are at least fifteen that live, and the two that were retired', () => {
    const living = catalogue.models.filter(({ lifecycle }) => lifecycle.status === 'active')
    expect(living.length).toBeGreaterThanOrEqual(15)
    for (const id of ['sora-2', 'sora-2-pro']) {
      expect(catalogue.model(id)?.lifecycle).toMatchObject({ status: 'retired', on: '2026-09-24' })
      expect(catalogue.alternatives(id).length).toBeGreaterThan(0)
    }
  })

  it('have at most one default per provider, and no unknown replacement', () => {
    const defaults = catalogue.models
      .flatMap(({ routes }) => routes)
      .filter(({ isDefault }) => isDefault)
      .map(({ provider }) => provider)
    expect(new Set(defaults).size).toBe(defaults.length)
    for (const { lifecycle } of catalogue.models) {
      const named = lifecycle.status === 'active' ? [] : lifecycle.replacements
      for (const id of named) expect(catalogue.model(id)).toBeDefined()
    }
  })

  it('name their sources', () => {
    for (const { routes, source } of catalogue.models) {
      expect(source.length).toBeGreaterThan(5)
      for (const { prices } of routes) {
        for (const price of prices) expect(price.source.length).toBeGreaterThan(5)
      }
    }
  })

  it.each(everyRouteMode(catalogue).map((place) => [place.route.id, place.mode, place] as const))(
    '%s %s can be asked for',
    (_, mode, { model, route }) => {
      const result = normalise({ request: ask({ frames: FRAMES_OF[mode] }), model, route })
      if (!result.ok) throw new Error(JSON.stringify(result.error))
      const { request, warnings } = result.value
      expect(request.mode).toBe(mode)
      expect(request.fields).toMatchObject({ prompt: ask().prompt })
      expect(request.frames).toHaveLength(FRAMES_OF[mode].length)
      const marks = JSON.stringify(request.fields).match(/"\$frame":\d/g) ?? []
      expect(marks).toHaveLength(FRAMES_OF[mode].length)
      expect(warnings.filter(({ field }) => !field.endsWith('Frame'))).toEqual([])
    },
  )

  it('price every default', () => {
    for (const provider of ['fal', 'replicate', 'lumenfall']) {
      const choice = catalogue.choose({ mode: 'textToVideo', provider })
      if (!choice.ok) throw new Error(choice.error.message)
      const result = normalise({ ...choice.value, request: ask() })
      expect(result.ok ? priceOf(choice.value.route, result.value.request) : null).not.toBeNull()
    }
  })
})
