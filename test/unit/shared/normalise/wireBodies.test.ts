import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { GenerationRequest, RouteRequest } from '../../../../src/shared/domain/generation.ts'
import type { Json } from '../../../../src/shared/domain/json.ts'
import { normalise } from '../../../../src/shared/normalise/normalise.ts'
import { parseSizeText } from '../../../../src/shared/normalise/sizes.ts'
import { ask, bundledCatalogue, frameFile, routeNamed } from '../../../helpers/catalogueAsks.ts'

interface WireFile {
  readonly facts: string
  readonly ask: Omit<GenerationRequest, 'size'> & { readonly size?: string }
  readonly cases: readonly WireCase[]
}
interface WireCase {
  readonly route: string
  readonly frame: boolean
  readonly path: string
  readonly warned: readonly string[]
  readonly body: Json
}

const FOLDER = new URL('../../../fixtures/wire/', import.meta.url)
const catalogue = await bundledCatalogue()

/** What the adapters put around a request's fields, as the providers document it. */
function bodyOf(provider: string, { endpoint, fields }: RouteRequest): Json {
  const shown = JSON.parse(
    JSON.stringify(fields).replaceAll('{"$frame":0}', '"<first frame>"'),
  ) as typeof fields
  if (provider === 'replicate') return { input: shown }
  return provider === 'fal' ? shown : { model: endpoint, ...shown }
}

// Promise: what goes out is what each provider documents, field by field.
describe.each(readdirSync(FOLDER))('%s', (name) => {
  const file = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as WireFile
  const { size, ...rest } = file.ask

  it.each(file.cases)('$route, first frame: $frame', (wire) => {
    const { model, route } = routeNamed(catalogue, wire.route)
    const frames = wire.frame ? [frameFile('firstFrame')] : []
    const request = ask({ ...rest, ...parseSizeText(size ?? 'auto'), frames })
    const done = normalise({ request, model, route })
    if (!done.ok) throw new Error(JSON.stringify(done.error))
    expect(done.value.request.endpoint).toBe(wire.path)
    expect(bodyOf(route.provider, done.value.request)).toEqual(wire.body)
    expect(done.value.warnings.map(({ field }) => field).toSorted()).toEqual(wire.warned.toSorted())
  })

  it('covers every route of the model', () => {
    const id = name.replace(/\.json$/, '')
    const covered = file.cases.map((wire) => wire.route)
    for (const route of catalogue.routesOf(id)) expect(covered).toContain(route.id)
  })
})
