import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { catalogueView } from '../../../src/main/library/catalogueView.ts'
import { openLiveCatalogue } from '../../../src/main/library/liveCatalogue.ts'
import { loadCatalogue } from '../../../src/main/library/loadCatalogue.ts'
import { startPriceFile } from '../../../src/main/library/ownPrices.ts'
import { folderWith } from '../../helpers/folder.ts'

const bundled = resolve(import.meta.dirname, '../../../resources/models')

async function house() {
  const own = folderWith()
  const live = await openLiveCatalogue(() => loadCatalogue({ bundled, own }))
  const kling = live.catalogue.model('kling-v3')
  if (kling === undefined) throw new Error('the catalogue has lost kling-v3')
  return { own, live, kling }
}

test('a price of one’s own counts once the files are read again, for all who hold the catalogue', async () => {
  const { own, live, kling } = await house()
  const { catalogue } = live
  const path = await startPriceFile(own, kling)
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, text.replaceAll(/"perSecond": [\d.]+/g, '"perSecond": 0.0125'))
  expect(catalogue.model('kling-v3')?.isOwn).toBe(false)
  const before = catalogue.revision
  await live.reload()
  expect(catalogue.revision).not.toBe(before)
  expect(catalogue.model('kling-v3')?.isOwn).toBe(true)
  const priced = catalogue.routesOf('kling-v3').flatMap(({ prices }) => prices)
  expect(new Set(priced.flatMap(({ perSecond }) => perSecond ?? []))).toEqual(new Set([0.0125]))
  expect(live.problems()).toEqual([])
})

test('a file of prices that was begun before is left as the person wrote it', async () => {
  const { own, kling } = await house()
  writeFileSync(join(own, 'kling-v3.prices.json'), 'mine')
  expect(readFileSync(await startPriceFile(own, kling), 'utf8')).toBe('mine')
})

test('a bad file is named with its place and its mend, and every other model stays', async () => {
  const { own, live, kling } = await house()
  const path = await startPriceFile(own, kling)
  writeFileSync(path, readFileSync(path, 'utf8').replace('"USD"', '"dollars"'))
  const count = live.catalogue.models.length
  await live.reload()
  expect(live.catalogue.models).toHaveLength(count)
  const { models, problems } = catalogueView({
    catalogue: live.catalogue,
    problems: live.problems(),
    folder: own,
    providerName: (id) => id,
  })
  expect(problems[0]).toMatchObject({
    file: 'kling-v3.prices.json',
    place: expect.stringContaining('currency') as string,
    message: 'must be a currency code such as USD',
  })
  expect(problems[0]?.mend).not.toBe('')
  expect(models.find(({ id }) => id === 'kling-v3')?.isOwn).toBe(false)
})

test('every price is shown with its day and its source', async () => {
  const { live } = await house()
  const { models } = catalogueView({
    catalogue: live.catalogue,
    problems: [],
    folder: '',
    providerName: (id) => id,
  })
  const prices = models.flatMap(({ routes }) => routes.flatMap((route) => route.prices))
  expect(prices.length).toBeGreaterThan(50)
  for (const price of prices) {
    expect(price.text).toMatch(/^\$[\d.]+ a (second|clip)$/)
    expect(price.checkedOn).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    expect(price.source).not.toBe('')
  }
})
