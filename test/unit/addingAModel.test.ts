import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { resolveModel } from '../../src/shared/domain/resolveModel.ts'
import {
  OPTION_TYPES,
  capabilitiesSchema,
  modelFileSchema,
} from '../../src/shared/domain/catalogue.ts'
import { parseModelFile } from '../../src/main/library/modelFile.ts'
import { normalise } from '../../src/shared/normalise/normalise.ts'
import { ask, bundledCatalogue, frameFile } from '../helpers/catalogueAsks.ts'

const page = readFileSync(new URL('../../docs/adding-a-model.md', import.meta.url), 'utf8')
const blocks = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, block]) => block ?? '')
const read = blocks.map((block) => parseModelFile('docs/adding-a-model.md', block))

// Promise: what the recipe shows can be copied and works.
describe('docs/adding-a-model.md', () => {
  it('shows files that can be read', () => {
    expect(read.map((one) => (one.ok ? one.value.kind : one.error))).toEqual(['model', 'prices'])
  })

  it('shows a model that can be asked for', () => {
    const [first] = read
    if (first?.ok !== true || first.value.kind !== 'model') throw new Error('no model')
    const model = resolveModel(first.value.model, true)
    const [route] = model.routes
    if (route === undefined) throw new Error('no route')
    const request = ask({
      durationSeconds: 12,
      size: { width: 1000, height: 600 },
      frames: [frameFile('firstFrame')],
    })
    const result = normalise({ request, model, route })
    expect(result.ok ? result.value.request : result.error).toMatchObject({
      endpoint: 'Wan-AI/Wan2.2-TI2V-5B',
      fields: {
        prompt: request.prompt,
        seconds: '8',
        size: '1008x608',
        input_reference: { image_url: { $frame: 0 } },
      },
      expect: { fps: 16, hasAudio: false },
    })
  })

  it('shows prices of a route that exists', async () => {
    const [, second] = read
    if (second?.ok !== true || second.value.kind !== 'prices') throw new Error('no prices')
    const catalogue = await bundledCatalogue()
    for (const id of Object.keys(second.value.prices.prices)) {
      expect(catalogue.route(id)).toBeDefined()
    }
  })

  it('names every member that there is', () => {
    const { routes, ...model } = modelFileSchema.shape
    const names = [
      ...Object.keys(model),
      ...Object.keys(capabilitiesSchema.shape),
      ...Object.keys(routes.element.shape),
      ...Object.keys(routes.element.shape.fields.shape),
      ...OPTION_TYPES,
    ]
    for (const name of names) expect(page).toContain(`\`${name}\``)
  })
})
