import { afterEach, beforeEach, expect, test } from 'vitest'
import { createArena, type Arena } from '../../../src/main/review/arena/arena.ts'
import { takeById } from '../../../src/main/storage/queries/takePages.ts'
import type { SqlDatabase } from '../../../src/main/storage/sqlite.ts'
import { textKey } from '../../../src/main/library/promptText.ts'
import type { TakeId } from '../../../src/shared/domain/ids.ts'
import { insertTake } from '../../helpers/takeLibrary.ts'
import { libraryOptions } from '../library/libraryDatabase.ts'

let options: ReturnType<typeof libraryOptions>
let arena: Arena

const FACTS = {
  durationSeconds: 5,
  width: 1280,
  height: 720,
  fps: 24,
  hasAudio: false,
  videoCodec: 'avc',
  audioCodec: null,
}

const take = (row: number, number: number, model: string) => ({
  id: `take_${row}00${number}` as const,
  jobId: `job_${row}00${number}` as const,
  batchId: 'batch_0001' as const,
  path: `/media/${row}-${number}.mp4`,
  prompt: `Prompt ${row}`,
  row,
  take: number,
  model,
  provider: 'fal',
  bytes: 1,
  facts: FACTS,
})

beforeEach(async () => {
  options = libraryOptions()
  await options.database.write((db) => {
    db.run(
      `INSERT INTO batches (id, seq, name, digest, source, outDir, createdAt, revision)
       VALUES ('batch_0001', 1, 'Night', 'd', 'test', '/media', 0, 0)`,
    )
    for (const row of [1, 2, 3]) {
      insertTake(db, take(row, 1, 'kling-v3'))
      insertTake(db, take(row, 2, 'wan-2.6'))
    }
    insertTake(db, take(4, 1, 'kling-v3'))
  })
  const reader = options.database.reader as SqlDatabase
  const takeOf = (id: TakeId) => takeById(reader, id)
  arena = createArena({ ...options, take: takeOf, random: Math.random })
})
afterEach(() => options.close())

const begun = async (): Promise<string> => arena.begin({ of: 'makers', batchId: null, most: 10 })

test('a round holds the prompts that two models made, and opens after its last vote', async () => {
  const round = await begun()
  const pairs = arena.pairs(round)
  expect(pairs.map(({ prompt }) => prompt ?? '').toSorted((a, b) => a.localeCompare(b))).toEqual([
    'Prompt 1',
    'Prompt 2',
    'Prompt 3',
  ])
  expect(JSON.stringify(pairs)).not.toMatch(/kling|wan|take_|fal/)
  for (const { id } of pairs) {
    expect(arena.opened(round)).toBeNull()
    const isKlingLeft = arena.takeOf(id, 'a')?.model === 'kling-v3'
    await arena.vote(id, isKlingLeft ? 'a' : 'b')
  }
  expect(arena.opened(round)).toHaveLength(3)
  const [first, second] = arena.ratings('model')
  expect(first).toMatchObject({ key: 'kling-v3', votes: 3, wins: 3 })
  expect(second).toMatchObject({ key: 'wan-2.6', votes: 3, wins: 0 })
  expect(arena.ratings('provider')).toEqual([])
})

test('a vote is taken back, skipped pairs weigh nothing, an ended round opens', async () => {
  const round = await begun()
  const [one] = arena.pairs(round)
  const id = one?.id ?? 'pair_none'
  await arena.vote(id, 'alike')
  expect(arena.ratings('model').map(({ rating }) => Math.round(rating))).toEqual([1000, 1000])
  await arena.vote(id, null)
  expect(arena.ratings('model')).toEqual([])
  await arena.end(round)
  expect(arena.opened(round)?.map(({ vote }) => vote)).toEqual(['skipped', 'skipped', 'skipped'])
  expect(arena.ratings('model')).toEqual([])
})

test('what was not voted on goes when a new round begins; votes stay', async () => {
  const [one] = arena.pairs(await begun())
  await arena.vote(one?.id ?? 'pair_none', 'a')
  await begun()
  await begun()
  expect(options.database.reader.all('SELECT id FROM blind_pairs')).toHaveLength(4)
})

test('templates are compared on one model, their prompts hidden, and rated by their names', async () => {
  await options.database.write((db) => {
    for (const [row, text] of [
      ['1', 'A {cat|dog}'],
      ['2', '{One|Two} owls'],
      ['3', 'A {cat|dog}'],
    ])
      db.run('UPDATE jobs SET template = ? WHERE row = ?', [text ?? '', row ?? ''])
    db.run(
      `INSERT INTO prompts (id, kind, name, text, textKey, createdAt, updatedAt, revision)
       VALUES ('prompt_0001', 'template', 'Owls', '{One|Two} owls', ?, 0, 0, 1)`,
      [textKey({ kind: 'template', text: '{One|Two} owls' })],
    )
  })
  const round = await arena.begin({ of: 'templates', batchId: null, most: 20 })
  const pairs = arena.pairs(round)
  // Of each model: rows 1 and 2, rows 2 and 3; row 4 is no template, rows 1 and 3 are one.
  expect(pairs.map(({ prompt }) => prompt)).toEqual([null, null, null, null])
  expect(JSON.stringify(pairs)).not.toMatch(/Prompt|kling|owls/)
  for (const { id } of pairs) {
    const [a, b] = [arena.takeOf(id, 'a'), arena.takeOf(id, 'b')]
    expect(a?.model).toBe(b?.model)
    await arena.vote(id, a?.row === 2 ? 'a' : 'b')
  }
  expect(arena.ratings('template')).toMatchObject([
    { key: '{One|Two} owls', name: 'Owls', votes: 4, wins: 4 },
    { key: 'A {cat|dog}', votes: 4, wins: 0 },
  ])
  expect(arena.ratings('model')).toEqual([])
})
