import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { loadCatalogue } from '../../../../src/main/library/loadCatalogue.ts'
import { modelOptions } from '../../../../src/main/library/modelOptions.ts'
import {
  choiceOfKey,
  entriesOf,
  keysOf,
} from '../../../../src/renderer/features/draft/grid/modelEntries.ts'

const bundled = resolve(import.meta.dirname, '../../../../resources/models')
const { catalogue } = await loadCatalogue({ bundled, own: null })
const models = modelOptions(catalogue, [])
const ofModel = (id: string) => entriesOf(models).filter((entry) => entry.id.startsWith(`${id}|`))

test('a model of several providers can be chosen without one, at the price of the way that is taken', () => {
  const [preferred, ...named] = ofModel('kling-v3')
  expect(preferred).toMatchObject({ id: 'kling-v3|', provider: 'preferred, now fal' })
  expect(named.map(({ id }) => id)).toContain('kling-v3|fal')
  expect(preferred?.price).toBe(named.find(({ id }) => id === 'kling-v3|fal')?.price)
})

test('each tier of one provider is a line of its own, with its price, and taken by its own name', () => {
  const tiers = entriesOf(models).filter(
    ({ name, provider }) => name.startsWith('Kling 3') && provider.startsWith('fal'),
  )
  expect(tiers.map(({ id, provider, price }) => [id, provider, price])).toEqual([
    ['kling-v3|fal', 'fal', '$0.112 to $0.196 a second'],
    ['kling-v3-standard|fal', 'fal, standard', '$0.084 to $0.154 a second'],
  ])
  const standard = choiceOfKey('kling-v3-standard|fal')
  const taken = catalogue.choose({ mode: 'textToVideo', model: standard.model, provider: 'fal' })
  expect(taken.ok && taken.value.route.id).toBe('fal/kling-v3-standard')
  const all = entriesOf(models).map(({ id }) => id)
  expect(all.filter((id, at) => all.indexOf(id) !== at)).toEqual([])
})

test('a choice without a provider is shown as what it is, and as the only way where there is one', () => {
  const chosen = (model: string) => [...keysOf([{ model, provider: null }], models)]
  expect(chosen('kling-v3')).toEqual(['kling-v3|'])
  expect(chosen('ray-2')).toEqual(['ray-2|fal'])
  expect(chosen('rehearsal')).toEqual(['rehearsal|rehearsal'])
  expect([...keysOf([{ model: 'kling-v3', provider: 'fal' }], models)]).toEqual(['kling-v3|fal'])
})
