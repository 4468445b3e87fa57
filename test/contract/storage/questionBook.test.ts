import { appendFileSync, mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { enterSales } from '../../../src/main/composePrices.ts'
import type { Purchase } from '../../../src/main/engine.ts'
import { openQuestionBook } from '../../../src/main/storage/priceQuestions.ts'
import { folderWith } from '../../helpers/folder.ts'
import { plannedJob } from '../../helpers/storage/fillQueue.ts'

test('a clip that a price question bought is known, though a crash had cut the line before it', () => {
  const { book } = bookThatSold()
  expect(book.sales()).toMatchObject([
    { key: 'price:1', purchase: { operation: OPERATION, askedAt: 2 } },
  ])
})

test('a purchase that cannot be written down as entered stops no start, and is entered once more', async () => {
  const { path, book } = bookThatSold()
  const lines = readFileSync(path)
  const [entered, told]: [string[], unknown[]] = [[], []]
  const log = { error: (what: unknown) => told.push(what) }
  const recordPurchase = async ({ operation }: Purchase) => {
    entered.push(operation.id)
    rmSync(path)
    mkdirSync(path)
  }
  expect(await enterSales({ questionBook: book, log }, { commands: { recordPurchase } })).toBe(1)
  expect(told).toHaveLength(1)
  rmdirSync(path)
  writeFileSync(path, lines)
  expect(book.sales()).toHaveLength(1)
  expect(entered).toEqual(['video-1'])
})

const OPERATION = { id: 'video-1', version: 1, data: null }

/** Behind a line that a crash had cut. */
function bookThatSold() {
  const path = join(folderWith(), 'price-questions.ndjson')
  const { prompt, provider, model, modelName, route, request, estimate } = plannedJob(1)
  const wire = {
    version: 1,
    method: 'POST',
    url: 'https://api.example.com/videos',
    headers: {},
    body: Buffer.from('{}'),
    fingerprint: 'f',
  } as const
  const order = { prompt, provider, model, modelName, route, request, estimate, wire }
  const book = openQuestionBook(path)
  appendFileSync(path, '{"v":1,"kind":"asked","key":"price:0","at":1,"or')
  book.asked('price:1', { ...order, credential: 'key-1', askedAt: 2 })
  book.sold('price:1', OPERATION, 3)
  return { path, book }
}

test('a book that cannot be read is not taken for an empty one: what once sold would be asked again', () => {
  const path = join(folderWith(), 'price-questions.ndjson')
  const book = openQuestionBook(path)
  expect(book.soldBefore()).toBeNull()
  mkdirSync(path)
  expect(() => book.soldBefore()).toThrow('EISDIR')
  // Nor what lies where nothing can be read.
  rmdirSync(path)
  writeFileSync(path, '')
  expect(() => openQuestionBook(join(path, 'book.ndjson')).soldBefore()).toThrow('ENOTDIR')
})
