import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  createSidecarKeeper,
  type SidecarKeeper,
} from '../../../src/main/review/sidecars/sidecarKeeper.ts'
import { jsonSchema } from '../../../src/shared/domain/json.ts'
import { folderWith } from '../../helpers/folder.ts'
import { SIDECAR } from '../../helpers/sidecar.ts'
import { insertTake } from '../../helpers/takeLibrary.ts'
import { libraryOptions } from '../library/libraryDatabase.ts'

const ID = SIDECAR.takeId
const NEWER = { ...SIDECAR, mood: 'calm' }

let options: ReturnType<typeof libraryOptions>
let path: string
let warned: string[]
let timers: (() => void)[]
let keeper: SidecarKeeper

beforeEach(async () => {
  options = libraryOptions()
  path = join(folderWith(), 'a.dailies.json')
  warned = []
  timers = []
  keeper = createSidecarKeeper({
    database: options.database,
    log: { warn: (_fields: unknown, text?: string) => void warned.push(text ?? '') },
    after: (_ms, fn) => {
      timers.push(fn)
      return () => (timers = timers.filter((timer) => timer !== fn))
    },
  })
  await options.database.write((db) => {
    db.run(
      `INSERT INTO batches (id, seq, name, digest, source, outDir, createdAt, revision)
       VALUES ('batch_01ABC', 1, 'Sample', 'd', 'test', '/media', 0, 0)`,
    )
    insertTake(db, {
      id: ID,
      jobId: 'job_01ABC',
      batchId: 'batch_01ABC',
      path: '/media/a.mp4',
      prompt: 'A fox',
      row: 2,
      take: 1,
      bytes: 1,
      facts: null,
    })
    db.run('UPDATE takes SET sidecarPath = ? WHERE id = ?', [path, ID])
  })
  writeFileSync(path, JSON.stringify(NEWER))
})
afterEach(() => options.close())

const rate = (rating: number): Promise<void> =>
  options.database.write((db) => void db.run('UPDATE takes SET rating = ?', [rating]))
const sidecar = () => jsonSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
const due = (): number => options.database.reader.all('SELECT 1 FROM sidecars_due').length

test('a row of keys is one write, beside all that stood there', async () => {
  for (const rating of [1, 2, 3]) {
    await rate(rating)
    keeper.touch()
  }
  expect(timers).toHaveLength(1)
  timers[0]?.()
  await keeper.flush()
  expect(sidecar()).toMatchObject({ ...NEWER, review: { rating: 3, flag: 'none', clips: [] } })
  expect(due()).toBe(0)
})

test('a sidecar of another take, of a newer app or a damaged one is left as it is', async () => {
  const others = [
    JSON.stringify({ ...SIDECAR, takeId: 'take_01XYZ' }),
    JSON.stringify({ ...SIDECAR, version: 2 }),
    '{"format":"dailies-ta',
  ]
  for (const text of others) {
    writeFileSync(path, text)
    await rate(5)
    await keeper.flush()
    expect(readFileSync(path, 'utf8')).toBe(text)
  }
  expect(warned).toHaveLength(3)
  expect(due()).toBe(0)
})

test('what cannot be written now is written another time, also after a close', async () => {
  await options.database.write((db) => db.run('UPDATE takes SET sidecarPath = ?', [`${path}.d`]))
  mkdirSync(`${path}.d`)
  await rate(4)
  await keeper.flush()
  expect(due()).toBe(1)
  await options.database.write((db) => db.run('UPDATE takes SET sidecarPath = ?', [path]))
  await keeper.close()
  expect(sidecar()).toMatchObject({ review: { rating: 4 } })
  keeper.touch()
  expect(timers).toEqual([])
})

test('a take whose tags cannot be read keeps its sidecar, and holds up no other', async () => {
  const spoilt = `${path}.spoilt`
  writeFileSync(spoilt, JSON.stringify({ ...SIDECAR, takeId: 'take_0000' }))
  await options.database.write((db) => {
    const take = { id: 'take_0000', jobId: 'job_0000', path: '/media/b.mp4', facts: null } as const
    insertTake(db, { ...take, batchId: 'batch_01ABC', prompt: 'A cat', row: 3, take: 1, bytes: 1 })
    db.run("UPDATE takes SET sidecarPath = ?, tags = '{' WHERE id = 'take_0000'", [spoilt])
  })
  const before = readFileSync(spoilt, 'utf8')
  await rate(5)
  await keeper.flush()
  expect(sidecar()).toMatchObject({ review: { rating: 5 } })
  expect(readFileSync(spoilt, 'utf8')).toBe(before)
  expect([due(), warned.length]).toEqual([0, 1])
})

test('a database that takes nothing just now stops neither the app nor what comes later', async () => {
  const { write } = options.database
  const full = `CREATE TRIGGER full BEFORE DELETE ON sidecars_due BEGIN SELECT RAISE(FAIL, 'full'); END`
  await write((db) => db.exec(full))
  await rate(4)
  await keeper.flush()
  expect(warned).toHaveLength(1)
  await write((db) => db.exec('DROP TRIGGER full'))
  await keeper.flush()
  expect(due()).toBe(0)
  await keeper.close()
})
