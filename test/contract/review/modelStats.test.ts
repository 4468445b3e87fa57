import { afterEach, beforeEach, expect, test } from 'vitest'
import { modelSheet, spendSheet, templateSheet } from '../../../src/main/review/insightsSheet.ts'
import { readModelStats } from '../../../src/main/review/modelStats.ts'
import { insertTake } from '../../helpers/takeLibrary.ts'
import { libraryOptions } from '../library/libraryDatabase.ts'

let options: ReturnType<typeof libraryOptions>

const FACTS = {
  durationSeconds: 5,
  width: 1280,
  height: 720,
  fps: 24,
  hasAudio: false,
  videoCodec: 'avc',
  audioCodec: null,
}

const take = (number: number, renderMs: number) => ({
  id: `take_000${number}` as const,
  jobId: `job_000${number}` as const,
  batchId: 'batch_0001' as const,
  path: '/media/a.mp4',
  prompt: 'A fox',
  row: number,
  take: 1,
  model: 'kling-v3',
  provider: 'fal',
  bytes: 1,
  facts: FACTS,
  costMicros: 500_000,
  renderMs,
})

beforeEach(async () => {
  options = libraryOptions()
  await options.database.write((db) => {
    db.run(
      `INSERT INTO batches (id, seq, name, digest, source, outDir, createdAt, revision)
       VALUES ('batch_0001', 1, 'Night', 'd', 'test', '/media', 0, 0)`,
    )
    for (const number of [1, 2, 3, 4]) insertTake(db, take(number, number * 1000))
    db.run(`UPDATE takes SET flag = 'pick' WHERE id = 'take_0001'`)
    db.run(`UPDATE jobs SET estimateMicros = 400000, estimateCurrency = 'USD'`)
    db.run(
      `INSERT INTO charges (intentId, jobId, batchId, provider, state, micros, reservedMicros, currency, estimated, night, month, createdAt, updatedAt)
       VALUES ('i1', 'job_0001', 'batch_0001', 'fal', 'confirmed', 500000, 400000, 'USD', 0, 'n', 'm', 0, 0),
              ('i2', 'job_0002', 'batch_0001', 'fal', 'confirmed', 400000, 400000, 'USD', 1, 'n', 'm', 0, 0)`,
    )
    db.run(
      `UPDATE jobs SET status = 'failed', error = '{"kind":"contentPolicy"}' WHERE id = 'job_0004'`,
    )
    db.run(`DELETE FROM takes WHERE id = 'take_0004'`)
  })
})
afterEach(() => options.close())

test('every figure of a model comes from its own jobs, with the number of samples', () => {
  expect(readModelStats(options.database.reader)).toEqual([
    {
      provider: 'fal',
      model: 'kling-v3',
      modelName: 'kling-v3',
      ended: 4,
      takes: 3,
      picked: 1,
      rejected: 0,
      seconds: 15,
      pickedSeconds: 5,
      spent: [{ micros: 1_500_000, currency: 'USD', estimated: false }],
      medianRenderMs: 2000,
      p90RenderMs: 3000,
      renderSamples: 3,
      failures: [{ kind: 'contentPolicy', jobs: 1 }],
      // The one whose price the provider named.
      billed: { jobs: 1, micros: 500_000, estimateMicros: 400_000, currency: 'USD' },
    },
  ])
})

test('the figures of one project come from its batches alone', async () => {
  const { reader } = options.database
  expect(readModelStats(reader, 'Autumn')).toEqual([])
  await options.database.write((db) => {
    db.run("UPDATE batches SET project = 'Autumn'")
  })
  expect(readModelStats(reader, 'Autumn')).toEqual(readModelStats(reader))
})

test('amounts in two currencies are two figures, never one sum', async () => {
  await options.database.write((db) => {
    db.run("UPDATE takes SET costCurrency = 'EUR', costMicros = 2000000 WHERE id = 'take_0001'")
  })
  const models = readModelStats(options.database.reader)
  expect(models.map(({ spent }) => spent)).toEqual([
    [
      { micros: 2_000_000, currency: 'EUR', estimated: false },
      { micros: 1_000_000, currency: 'USD', estimated: false },
    ],
  ])
  const { header, rows } = modelSheet(models, [])
  const at = ['model', 'takes', 'spent', 'currency'].map((name) => header.indexOf(name))
  expect(rows.map((row) => at.map((place) => row[place]))).toEqual([
    ['kling-v3', '3', '2.000000', 'EUR'],
    ['kling-v3', '', '1.000000', 'USD'],
  ])
  for (const row of rows) expect(row).toHaveLength(header.length)
})

test('what was cleared from the queue still counts, and what cannot be read of one take harms no other', async () => {
  const before = readModelStats(options.database.reader)
  await options.database.write((db) => void db.run('UPDATE jobs SET hidden = 1'))
  expect(readModelStats(options.database.reader)).toEqual(before)
  await options.database.write((db) => {
    db.run("UPDATE takes SET facts = '{' WHERE id = 'take_0002'")
  })
  expect(readModelStats(options.database.reader)).toMatchObject([{ takes: 3, seconds: 10 }])
})

test('sheets have a cell for each name in every row', () => {
  const models = modelSheet(readModelStats(options.database.reader), [])
  for (const row of models.rows) expect(row).toHaveLength(models.header.length)
  const rated = { low: -40, high: 90.4, votes: 6, wins: 4, group: 1 }
  const templates = templateSheet([
    { ...rated, key: 'A fox', rating: 20, group: 2 },
    { ...rated, key: '{a|b}', rating: 12.6 },
    { ...rated, key: '__lens__', name: 'Lenses', rating: 40 },
  ])
  expect(templates.rows.map(([name, text, group, rating]) => [name, text, group, rating])).toEqual([
    ['Lenses', '__lens__', '1', '40'],
    ['', '{a|b}', '1', '13'],
    ['', 'A fox', '2', '20'],
  ])
  for (const row of templates.rows) expect(row).toHaveLength(templates.header.length)
  const spent = { micros: 1_250_000, currency: 'USD', estimated: true }
  expect(spendSheet('day', [{ key: '2026-11-22', jobs: 2, spent }]).rows).toEqual([
    ['2026-11-22', '2', '1.250000', 'USD', 'yes'],
  ])
})
