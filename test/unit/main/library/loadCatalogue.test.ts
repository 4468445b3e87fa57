import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadCatalogue } from '../../../../src/main/library/loadCatalogue.ts'
import { MODELS_FOLDER } from '../../../helpers/catalogueAsks.ts'

let own = ''
beforeEach(() => {
  own = mkdtempSync(join(tmpdir(), 'own-models-'))
})
afterEach(() => {
  rmSync(own, { recursive: true, force: true })
})

const PRICE = { perSecond: 0.01, currency: 'USD', checkedOn: '2026-11-22', source: 'my contract' }
const put = (name: string, value: unknown) => {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  writeFileSync(join(own, name), text)
}
const bundled = async (id: string) =>
  JSON.parse(await readFile(join(MODELS_FOLDER, `${id}.json`), 'utf8')) as Record<string, unknown>
const load = () => loadCatalogue({ bundled: MODELS_FOLDER, own })

describe('loadCatalogue', () => {
  it('works without a folder of one’s own', async () => {
    rmSync(own, { recursive: true })
    const { catalogue, problems } = await load()
    expect(problems).toEqual([])
    expect(catalogue.models.length).toBeGreaterThanOrEqual(17)
  })

  it('adds a model', async () => {
    put('mine.json', { ...(await bundled('ray-2')), id: 'mine', name: 'Mine' })
    const { catalogue, problems } = await load()
    expect(problems).toEqual([])
    expect(catalogue.model('mine')).toMatchObject({ name: 'Mine', isOwn: true })
    expect(catalogue.model('ray-2')).toMatchObject({ isOwn: false })
  })

  it('puts an own model in the place of the app’s', async () => {
    put('any.json', { ...(await bundled('ray-2')), name: 'Ray as I use it' })
    const { catalogue } = await load()
    expect(catalogue.model('ray-2')).toMatchObject({ name: 'Ray as I use it', isOwn: true })
  })

  it('changes a price alone', async () => {
    put('prices.json', { id: 'veo-3.1', prices: { 'fal/veo-3.1': [PRICE] } })
    const { catalogue, problems } = await load()
    expect(problems).toEqual([])
    expect(catalogue.route('fal/veo-3.1')?.prices).toEqual([PRICE])
    expect(catalogue.route('replicate/veo-3.1')?.prices.length).toBe(2)
    expect(catalogue.model('veo-3.1')?.name).toBe('Veo 3.1')
  })

  it('names a broken file, its place and the mend, and loads the others', async () => {
    put('a-broken.json', '{ "id": ')
    const ray = await bundled('ray-2')
    put('b-wrong.json', { ...ray, id: 'b', lifecycle: { status: 'asleep' }, colour: 'red' })
    put('c-good.json', { ...ray, id: 'c-good' })
    put('notes.txt', 'not a model')
    const { catalogue, problems } = await load()
    expect(problems.map(({ file, place }) => [file, place])).toEqual([
      [join(own, 'a-broken.json'), ''],
      [join(own, 'b-wrong.json'), 'lifecycle.status'],
      [join(own, 'b-wrong.json'), 'colour'],
    ])
    for (const problem of problems) expect(problem.mend).toContain('docs/adding-a-model.md')
    expect(catalogue.model('c-good')).toBeDefined()
    expect(catalogue.model('b')).toBeUndefined()
  })

  it('refuses prices in two currencies: amounts of them cannot be compared', async () => {
    const euros = { ...PRICE, currency: 'EUR' }
    put('one.json', { id: 'veo-3.1', prices: { 'fal/veo-3.1': [PRICE, euros] } })
    const { problems } = await load()
    expect(problems).toMatchObject([
      { place: 'prices.fal/veo-3.1', message: 'must be in one currency' },
    ])
  })

  it('refuses prices for what does not exist', async () => {
    put('one.json', { id: 'nope', prices: {} })
    put('two.json', { id: 'veo-3.1', prices: { 'fal/veo-4': [PRICE] } })
    const { problems } = await load()
    expect(problems).toMatchObject([
      { place: 'id', message: 'There is no model nope.' },
      { place: 'prices.fal/veo-4', mend: 'Its routes are fal/veo-3.1, replicate/veo-3.1.' },
    ])
  })
})
