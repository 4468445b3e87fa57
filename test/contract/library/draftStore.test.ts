import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createDraftStore, type DraftStore } from '../../../src/main/library/draftStore.ts'
import {
  emptyRow,
  positionsBetween,
  type Draft,
  type DraftRow,
} from '../../../src/shared/domain/draft.ts'
import { libraryOptions } from './libraryDatabase.ts'

let options: ReturnType<typeof libraryOptions>
let store: DraftStore
let draft: Draft

beforeEach(async () => {
  options = libraryOptions()
  store = createDraftStore(options)
  draft = await store.create({ name: 'Night shots' })
})
afterEach(() => options.close())

const row = (position: number, prompt: string): DraftRow => ({
  ...emptyRow(`row_${String(position).padStart(5, '0')}`, position),
  prompt,
})
const put = (...rows: DraftRow[]) =>
  store.save({ draftId: draft.id, head: {}, put: rows, remove: [] })
const prompts = (after: string | null = null, limit = 100) =>
  store.rows({ draftId: draft.id, after, limit }).rows.map(({ prompt }) => prompt)

describe('drafts', () => {
  test('what was saved comes back as it was, every cell', async () => {
    const full: DraftRow = {
      ...row(1, 'A {{animal}} crosses "a" street\nat night'),
      plain: true,
      negativePrompt: 'text',
      firstFrame: 'frame_01J8ZQ',
      lastFrame: 'https://example.org/a.png',
      references: ['frame_01J8ZR'],
      models: [
        { model: 'kling-v3', provider: 'fal' },
        { model: 'veo-3.1', provider: null },
      ],
      duration: 'eight',
      size: '1280x720',
      seed: '0',
      tags: ['night', 'rain'],
      name: 'opening',
      variables: { animal: 'fox, heron' },
      options: { cfg: '0.5' },
    }
    await put(full)
    expect(store.rowsById(draft.id, [full.id])).toEqual([full])
    const layout = { order: ['seed', 'prompt'], hidden: ['name'], widths: { prompt: 400 } }
    await store.save({ draftId: draft.id, head: { layout }, put: [], remove: [] })
    expect(store.get(draft.id)?.layout).toEqual(layout)
  })

  test('a save touches the named rows and the named parts of the head, nothing else', async () => {
    await put(row(1, 'one'), row(2, 'two'), row(3, 'three'))
    const before = store.stamps(draft.id)
    const saved = await store.save({
      draftId: draft.id,
      head: { name: 'Renamed' },
      put: [row(2, 'TWO')],
      remove: [row(3, '').id],
    })
    expect(saved).toMatchObject({ name: 'Renamed', defaults: draft.defaults, rows: 2, revision: 3 })
    expect(prompts()).toEqual(['one', 'TWO'])
    expect(store.stamps(draft.id)).toEqual([before[0], { id: row(2, '').id, revision: 3 }])
  })

  test('rows come by page in their order, also after they were moved', async () => {
    await put(...Array.from({ length: 25 }, (_, i) => row(i, `p${i}`)))
    const [between] = positionsBetween(3, 4, 1) ?? []
    await put({ ...row(20, 'p20'), position: between ?? 0 })
    const seen: string[] = []
    let after: string | null = null
    do {
      const page = store.rows({ draftId: draft.id, after, limit: 10 })
      seen.push(...page.rows.map(({ prompt }) => prompt))
      after = page.next
    } while (after !== null)
    expect(seen).toHaveLength(25)
    expect(seen.slice(3, 6)).toEqual(['p3', 'p20', 'p4'])
  })

  test('a removed draft is gone from every view, can be restored, and is purged at the next start', async () => {
    await put(row(1, 'one'))
    await store.setRemoved(draft.id, true)
    expect(store.get(draft.id)).toBeNull()
    expect(store.list()).toEqual([])
    expect(await put(row(2, 'two'))).toBeNull()
    await store.setRemoved(draft.id, false)
    expect(prompts()).toEqual(['one'])
    await store.setRemoved(draft.id, true)
    await store.purge()
    await store.setRemoved(draft.id, false)
    expect(store.get(draft.id)).toBeNull()
  })

  test('a copy is its own draft', async () => {
    await put(row(1, 'one'))
    const copy = await store.duplicate(draft.id, 'Second')
    await put(row(1, 'changed'))
    const rows = store.rows({ draftId: copy?.id ?? 'draft_none', after: null, limit: 5 }).rows
    expect(rows.map(({ prompt }) => prompt)).toEqual(['one'])
  })

  test('10,000 rows: one edit writes one row, and pages stay quick', async () => {
    for (let from = 0; from < 10_000; from += 2000) {
      await put(...Array.from({ length: 2000 }, (_, i) => row(from + i, `prompt ${from + i}`)))
    }
    const started = performance.now()
    await put(row(5000, 'changed'))
    const page = store.rows({ draftId: draft.id, after: null, limit: 2000 })
    expect(performance.now() - started).toBeLessThan(500)
    expect(page.rows).toHaveLength(2000)
    expect(store.stamps(draft.id).filter(({ revision }) => revision === 7)).toHaveLength(1)
  })
})
