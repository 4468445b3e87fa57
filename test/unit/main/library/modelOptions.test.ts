import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { loadCatalogue } from '../../../../src/main/library/loadCatalogue.ts'
import { modelOptions, priceText } from '../../../../src/main/library/modelOptions.ts'
import type { ProviderOption } from '../../../../src/shared/domain/modelOption.ts'

const bundled = resolve(import.meta.dirname, '../../../../resources/models')
const { catalogue } = await loadCatalogue({ bundled, own: null })
const provider = (id: string, state: 'present' | 'missing'): ProviderOption => ({
  id,
  name: id,
  paid: true,
  key:
    state === 'missing'
      ? { state, variable: `${id.toUpperCase()}_KEY` }
      : { state, variable: `${id.toUpperCase()}_KEY`, from: 'kept', count: 1 },
  concurrency: 2,
  saysPrices: false,
})
const find = (id: string, keys: 'present' | 'missing') =>
  modelOptions(catalogue, [provider('fal', keys)]).find((model) => model.id === id)

test('the rehearsal comes first, is free and can always be used', () => {
  const [first] = modelOptions(catalogue, [])
  expect(first).toMatchObject({ id: 'rehearsal', unusable: null, routes: [{ priceText: 'free' }] })
})

test('a model shows what it can do, what it costs, and which key is missing', () => {
  const model = find('kling-v3', 'missing')
  expect(model?.capabilities.durations?.seconds.length).toBeGreaterThan(0)
  expect(model?.capabilities.aspectRatios).toContain('16:9')
  expect(model?.routes[0]?.priceText).toMatch(/^\$/)
  expect(model?.unusable).toContain('FAL_KEY')
  expect(find('kling-v3', 'present')?.unusable).toBeNull()
})

test('a model of several providers names the one that is taken where none is named', () => {
  expect(find('kling-v3', 'present')?.preferred).toBe('fal/kling-v3')
  expect(find('sora-2', 'present')?.preferred).toBeNull()
  expect(modelOptions(catalogue, [])[0]?.preferred).toBe('rehearsal/rehearsal')
})

test('a retired model is listed, cannot be used, and names what to use instead', () => {
  const retired = modelOptions(catalogue, [provider('fal', 'present')]).filter(
    ({ lifecycle }) => lifecycle.status === 'retired',
  )
  expect(retired.length).toBeGreaterThan(0)
  for (const { unusable } of retired) expect(unusable).toMatch(/retired/)
})

test('prices are written as one amount or as a range', () => {
  const rule = { currency: 'USD', checkedOn: '2026-11-22', source: 'x' }
  expect(priceText([])).toBeNull()
  expect(priceText([{ ...rule, perSecond: 0.168 }])).toBe('$0.168 a second')
  expect(
    priceText([
      { ...rule, perSecond: 0.1 },
      { ...rule, perSecond: 0.4 },
    ]),
  ).toBe('$0.10 to $0.40 a second')
  expect(priceText([{ ...rule, perClip: 0.5 }])).toBe('$0.50 a clip')
})
