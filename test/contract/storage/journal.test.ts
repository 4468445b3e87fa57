import { readFileSync, statSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Json } from '../../../src/shared/domain/json.ts'
import { Journal } from '../../../src/main/storage/journal/journal.ts'
import { readJournal } from '../../../src/main/storage/journal/readJournal.ts'
import { folderWith } from '../../helpers/folder.ts'
import { NOW } from '../../helpers/storage/dataFolder.ts'
import { smallDisk } from '../../helpers/storage/disk.ts'
import { intentIdFor, newIntent } from '../../helpers/storage/journalLines.ts'

const FREE = { micros: 0, currency: 'USD', estimated: false }

function contentOf(path: string) {
  const content = readJournal(path)
  if (!content.ok) throw content.error
  return content.value
}

async function openJournal(path: string, generation = 1) {
  const journal = await Journal.open({ path, content: contentOf(path), unsettled: [] })
  await journal.begin({ run: generation, generation, at: NOW }, [])
  const intent = (n: number) => journal.intent({ intent: newIntent(n), reservation: FREE })
  const accepted = (n: number, data: string | null = null) =>
    journal.outcome({
      intentId: intentIdFor(n),
      outcome: 'accepted',
      operation: { id: `op${n}`, version: 1, data },
      at: NOW,
    })
  return { journal, intent, accepted }
}

test('what is promised can be read, also after another start', async () => {
  const path = `${folderWith()}/submits.ndjson`
  expect(contentOf(path)).toMatchObject({ exists: false, lines: [] })
  for (const generation of [1, 2]) {
    const { journal, intent, accepted } = await openJournal(path, generation)
    await Promise.all([intent(generation), accepted(generation)])
    await journal.ledger({
      intentId: intentIdFor(generation),
      state: 'confirmed',
      money: FREE,
      at: NOW,
    })
    await journal.close()
  }
  const { lines, torn, problems } = contentOf(path)
  const kinds = 'run intent outcome ledger'
  expect(lines.map(({ kind }) => kind).join(' ')).toBe(`${kinds} ${kinds}`)
  expect(lines.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  expect({ torn, problems }).toEqual({ torn: 0, problems: [] })
})

test('lines of one turn share one write, in their order', async () => {
  const path = `${folderWith()}/submits.ndjson`
  const { journal, intent } = await openJournal(path)
  const appends = Array.from({ length: 200 }, (_, n) => intent(n))
  let settled = 0
  for (const append of appends) void append.then(() => (settled += 1))
  await appends[0]
  await Promise.resolve()
  expect(settled).toBe(200)
  const ids = contentOf(path).lines.flatMap((l) => (l.kind === 'intent' ? [l.intentId] : []))
  expect(ids).toEqual(Array.from({ length: 200 }, (_, n) => intentIdFor(n)))
  await journal.close()
})

test('a line that cannot be written fails alone, and those beside and after it are kept', async () => {
  const path = `${folderWith()}/submits.ndjson`
  const { journal, intent } = await openJournal(path)
  let deep: Json = 1
  for (let depth = 0; depth < 100_000; depth += 1) deep = [deep]
  const results = await Promise.allSettled([
    intent(1),
    journal.outcome({
      intentId: intentIdFor(1),
      outcome: 'accepted',
      operation: { id: 'op1', version: 1, data: deep },
      at: NOW,
    }),
    intent(2),
  ])
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  await intent(3)
  await journal.close()
  expect(contentOf(path).lines.map(({ n }) => n)).toEqual([1, 2, 3, 4])
})

test('room is taken ahead: appends do not grow the file', async () => {
  const path = `${folderWith()}/submits.ndjson`
  const { journal, intent, accepted } = await openJournal(path)
  await intent(0)
  const { size } = statSync(path)
  for (let n = 1; n < 20; n += 1) {
    await intent(n)
    await accepted(n)
  }
  expect(statSync(path).size).toBe(size)
  await journal.close()
})

describe('a full disk', () => {
  test('stops the create and never its answer (money rule 13)', async (context) => {
    const disk = smallDisk(context, 4096)
    const path = `${disk.path}/submits.ndjson`
    const { journal, intent, accepted } = await openJournal(path)
    const sent: number[] = []
    disk.leave(0)
    let refusal: unknown
    for (let n = 0; refusal === undefined; n += 1) {
      try {
        await intent(n)
        sent.push(n)
      } catch (error) {
        refusal = error
      }
    }
    expect(refusal).toMatchObject({ name: 'StorageError', code: 'diskFull' })
    expect(sent.length).toBeGreaterThan(10)
    await Promise.all(sent.map((n) => accepted(n, 'x'.repeat(8_000))))
    const { lines } = contentOf(path)
    expect(lines.filter(({ kind }) => kind === 'outcome')).toHaveLength(sent.length)
    await journal.close()
  })

  test('in one group, answers go in and creates do not; all goes on when mended', async (context) => {
    const disk = smallDisk(context, 4096)
    const path = `${disk.path}/submits.ndjson`
    const { journal, intent, accepted } = await openJournal(path)
    await intent(1)
    disk.leave(0)
    const many = Array.from({ length: 100 }, (_, n) => intent(100 + n))
    const results = await Promise.allSettled([accepted(1), ...many])
    expect(results[0]?.status).toBe('fulfilled')
    expect(results.slice(1).every(({ status }) => status === 'rejected')).toBe(true)
    disk.resize(16_384)
    await intent(300)
    const ids = contentOf(path).lines.flatMap((l) => ('intentId' in l ? [l.intentId] : []))
    expect(ids).toEqual([intentIdFor(1), intentIdFor(1), intentIdFor(300)])
    await journal.close()
  })
})

test('a cut tail is left behind, and the next run is read whole', async () => {
  const path = `${folderWith({ 'submits.ndjson': '{"v":1,"n":1,"kind":"intent","at":1' })}/submits.ndjson`
  const { journal, intent } = await openJournal(path)
  await intent(1)
  await journal.close()
  expect(contentOf(path)).toMatchObject({ torn: 1, problems: [], lines: { length: 2 } })
  expect(readFileSync(path, 'utf8')).toContain('"kind":"run"')
})

test('a folder in its place is an error with a name', async () => {
  const path = folderWith()
  expect(readJournal(path)).toMatchObject({ ok: false, error: { name: 'StorageError' } })
})
