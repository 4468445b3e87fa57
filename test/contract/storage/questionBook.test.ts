import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openQuestionBook } from '../../../src/main/storage/priceQuestions.ts'
import { folderWith } from '../../helpers/folder.ts'
import { plannedJob } from '../../helpers/storage/fillQueue.ts'

test('a clip that a price question bought is known, though a crash had cut the line before it', () => {
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
  const operation = { id: 'video-1', version: 1, data: null }
  const book = openQuestionBook(path)
  appendFileSync(path, '{"v":1,"kind":"asked","key":"price:0","at":1,"or')
  book.asked('price:1', { ...order, credential: 'key-1', askedAt: 2 })
  book.sold('price:1', operation, 3)
  expect(book.sales()).toMatchObject([{ key: 'price:1', purchase: { operation, askedAt: 2 } }])
})

test('a book that cannot be read is not taken for an empty one: what once sold would be asked again', () => {
  const path = join(folderWith(), 'price-questions.ndjson')
  const book = openQuestionBook(path)
  expect(book.soldBefore()).toBeNull()
  mkdirSync(path)
  expect(() => book.soldBefore()).toThrow('EISDIR')
})
