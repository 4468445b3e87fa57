import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createDraftStore } from '../../../src/main/library/draftStore.ts'
import { createFrameLibrary } from '../../../src/main/library/frameLibrary.ts'
import { createPromptLibrary } from '../../../src/main/library/promptLibrary.ts'
import { emptyRow, NO_DEFAULTS } from '../../../src/shared/domain/draft.ts'
import { draftHouse, draftOf, rowOf } from './draftHouse.ts'
import { libraryOptions } from './libraryDatabase.ts'

const near = fc
  .record(
    {
      models: fc.jsonValue(),
      prompt: fc.jsonValue(),
      tags: fc.jsonValue(),
      expand: fc.jsonValue(),
      order: fc.jsonValue(),
      widths: fc.jsonValue(),
    },
    { requiredKeys: [] },
  )
  .map((value) => JSON.stringify(value))
const cell = fc.oneof(fc.json(), fc.string(), near)
const HEAD = ['defaults', 'options', 'variables', 'layout'] as const
const ROWS = 100

test('whatever stands in the JSON of 10,000 rows, draft, prompts and frames are shown', async () => {
  const options = libraryOptions()
  const { database } = options
  const drafts = createDraftStore(options)
  const prompts = createPromptLibrary(options)
  const frames = createFrameLibrary(options)
  const { id: draftId } = await drafts.create({ name: 'Night shots' })
  const put = Array.from({ length: ROWS }, (_, at) => emptyRow(`row_${at + 10_000}`, at))
  await drafts.save({ draftId, head: {}, put, remove: [] })
  const prompt = { kind: 'prompt', name: 'Fox', text: 'A fox', folder: '', tags: ['a'] } as const
  await prompts.save(null, { ...prompt, favourite: false })
  const picture = { name: 'lake.png', contentType: 'image/png', bytes: 9, width: 6, height: 3 }
  await frames.add({ ...picture, sha256: 'a'.repeat(64), fromTakeId: null })

  const rubbish = fc.array(cell, { minLength: ROWS, maxLength: ROWS })
  await fc.assert(
    fc.asyncProperty(rubbish, fc.constantFrom(...HEAD), async (cells, column) => {
      await database.write((db) => {
        for (const [at, text] of cells.entries())
          db.run('UPDATE draft_rows SET cells = ? WHERE position = ?', [text, at])
        db.run(`UPDATE drafts SET ${column} = ?`, [cells[0] ?? ''])
        db.run('UPDATE prompts SET tags = ?', [cells[1] ?? ''])
        db.run('UPDATE frames SET tags = ?', [cells[2] ?? ''])
      })
      const page = { after: null, limit: ROWS }
      expect(drafts.list()).toHaveLength(1)
      expect(drafts.rows({ draftId, ...page }).rows).toHaveLength(ROWS)
      expect(prompts.list({ ...page, text: 'fox' }).rows).toHaveLength(1)
      prompts.places()
      expect(frames.list(page).rows).toHaveLength(1)
      frames.list({ ...page, text: 'x', tag: 'y' })
      frames.tags()
    }),
    { numRuns: 10_000 / ROWS },
  )
  options.close()
})

test('a row of a draft that cannot be read keeps what is stored of it, and is never run', async () => {
  const house = draftHouse()
  const models = [{ model: 'kling-v3', provider: 'fal' } as const]
  const draft = await draftOf(house, [rowOf(1, { models })], {
    defaults: { ...NO_DEFAULTS, models },
  })
  const stored = '{"prompt":"A fox crosses","colour":"red"}'
  const write = (cells: string) =>
    house.write((db) => db.run('UPDATE draft_rows SET cells = ?, revision = revision + 1', [cells]))
  await write(stored)
  const page = { draftId: draft.id, after: null, limit: 5 }
  expect(house.drafts.rows(page).rows[0]?.prompt).toBe(stored)
  for (const cells of [stored, '', ' \n', 'null', '"A fox"', '[]']) {
    await write(cells)
    expect((await house.plans.check(draft.id))?.problems).toMatchObject([
      { rowId: 'row_000001', column: 'duration', code: 'badDuration' },
    ])
  }
  house.close()
})

test('a draft whose defaults cannot be read runs no row without them', async () => {
  const house = draftHouse()
  const draft = await draftOf(house, [rowOf(1)])
  await house.write((db) => db.run("UPDATE drafts SET defaults = '{'"))
  expect((await house.plans.check(draft.id))?.problems).toMatchObject([
    { rowId: null, column: 'defaults.duration', code: 'badDuration' },
  ])
  expect((await house.plans.plan(draft.id, 'now')).ok).toBe(false)
  await house.drafts.save({ draftId: draft.id, head: { name: 'Other' }, put: [], remove: [] })
  await house.write((db) => {
    expect(db.get('SELECT name, defaults FROM drafts')).toEqual({ name: 'Other', defaults: '{' })
  })
  house.close()
})

test('a draft whose cap cannot be read has one of nothing', async () => {
  const house = draftHouse()
  const draft = await draftOf(house, [rowOf(1)])
  await house.write((db) => db.run("UPDATE drafts SET options = '{'"))
  expect(house.drafts.get(draft.id)?.options.cap).toEqual({ micros: 0, currency: 'USD' })
  house.close()
})
