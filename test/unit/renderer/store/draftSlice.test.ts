import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { TYPING } from '../../../../src/renderer/store/draft/history.ts'
import {
  emptyRow,
  NO_DEFAULTS,
  type Draft,
  type DraftRow,
} from '../../../../src/shared/domain/draft.ts'
import { atCell } from '../../../../src/renderer/store/draft/selection.ts'
import {
  duplicateDraft,
  exportDraft,
  newDraft,
  removeDraft,
} from '../../../../src/renderer/store/draftFiles.ts'
import { useStore } from '../../../../src/renderer/store/store.ts'
import { openPageDoor } from '../../../helpers/pageDoor.ts'

const head = (id: string) => ({
  id,
  name: id,
  defaults: NO_DEFAULTS,
  options: { expand: { kind: 'product' }, project: null, cap: null, allowUnpriced: false },
  variables: [],
  layout: null,
  rows: 1,
  createdAt: 0,
  updatedAt: 0,
  revision: 1,
})
const rowOf = (draftId: string) => emptyRow(`row_${draftId}`, 0)
const ok = (data: unknown) => ({ ok: true, data })

/** Answers as main does; a test replaces what it wants otherwise. */
let answers: Record<string, (input: { draftId: string }) => unknown>
const calls: string[] = []

beforeEach(() => {
  // A draft is checked a moment later: not when its test is over and nobody answers.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  calls.length = 0
  answers = {
    'drafts.list': () => ok([head('draft_aaaa'), head('draft_bbbb')]),
    'drafts.get': ({ draftId }) => ok(head(draftId)),
    'drafts.rows': ({ draftId }) => ok({ rows: [rowOf(draftId)], next: null }),
    'drafts.save': ({ draftId }) => ok({ ...head(draftId), revision: 2 }),
    'drafts.check': () => ({ ok: false, error: { code: 'NOT_FOUND', message: 'no check here' } }),
  }
  openPageDoor((route, input: { draftId: string }) => {
    calls.push(route)
    return answers[route]?.(input)
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const type = (prompt: string): void =>
  useStore.getState().editDraft((doc) => ({
    ...doc,
    rows: doc.rows.map((row) => ({ ...row, prompt })),
  }))
const openNow = () => useStore.getState().open

// Promise: nothing that was typed is lost by going to another draft.
test('a draft that cannot be saved stays on screen', async () => {
  await useStore.getState().openDraft('draft_aaaa')
  type('a fox')
  answers['drafts.save'] = () => ({ ok: false, error: { code: 'INTERNAL', message: 'disk full' } })
  await useStore.getState().openDraft('draft_bbbb')
  expect(openNow()?.id).toBe('draft_aaaa')
  expect(openNow()?.doc.rows[0]?.prompt).toBe('a fox')
  expect(useStore.getState().saveState).toEqual({ kind: 'failed', message: 'disk full' })
  // No draft is made that could not be shown.
  await newDraft()
  await duplicateDraft('draft_aaaa')
  // None is put away or written with what was stored before.
  await removeDraft(head('draft_aaaa') as unknown as Draft)
  await exportDraft('draft_aaaa', 'csv')
  expect(calls.filter((route) => /create|duplicate|remove|export/.test(route))).toEqual([])
  expect(openNow()?.id).toBe('draft_aaaa')
})

// Promise: one cell that is too long keeps nothing else from the disk, and is not lost itself.
test.each([
  [{ prompt: 'x'.repeat(61_204) }, 'Row 2, prompt: 61,204 characters; at most 50,000 can be kept.'],
  [{ name: 'x'.repeat(2001) }, 'Row 2, name: 2,001 characters; at most 2,000 can be kept.'],
  [
    { variables: { City: 'x'.repeat(50_001) } },
    'Row 2, City: 50,001 characters; at most 50,000 can be kept.',
  ],
])('a cell that is too long is named, and everything else is saved', async (more, words) => {
  const rows = ['row_1', 'row_2', 'row_3'].map((id, at) => emptyRow(id as DraftRow['id'], at))
  const put: DraftRow[][] = []
  answers['drafts.rows'] = () => ok({ rows, next: null })
  await useStore.getState().openDraft('draft_aaaa')
  answers['drafts.save'] = (input) => {
    put.push((input as unknown as { put: DraftRow[] }).put)
    return ok({ ...head(input.draftId), revision: 2 })
  }
  const { editRows, saveDraft } = useStore.getState()
  const change = (at: number, text: Partial<DraftRow>): void =>
    editRows((all) => all.map((row, index) => (index === at ? { ...row, ...text } : row)))
  change(1, more)
  change(2, { prompt: 'a fox' })

  for (let times = 0; times < 2; times += 1) {
    expect(await saveDraft()).toBe(false)
    expect(useStore.getState().saveState).toEqual({
      kind: 'failed',
      message: `${words} Shorten it. Closing Dailies before that loses it.`,
    })
  }
  expect(openNow()?.doc.rows[1]).toMatchObject(more)
  change(1, { prompt: 'an owl', name: '', variables: {} })
  expect(await saveDraft()).toBe(true)
  expect(useStore.getState().saveState).toEqual({ kind: 'saved' })
  expect(put.map((call) => call.map(({ prompt }) => prompt))).toEqual([['a fox'], ['an owl']])
})

test('what is typed while another draft is read is saved before that one is shown', async () => {
  answers['drafts.save'] = ({ draftId }) => ok({ ...head(draftId), revision: 3 })
  await useStore.getState().openDraft('draft_aaaa')
  answers['drafts.rows'] = ({ draftId }) => {
    type('an owl')
    return ok({ rows: [rowOf(draftId)], next: null })
  }
  calls.length = 0
  await useStore.getState().openDraft('draft_bbbb')
  expect(openNow()?.id).toBe('draft_bbbb')
  expect(calls.indexOf('drafts.save')).toBeGreaterThan(calls.indexOf('drafts.rows'))
})

// Promise: a value goes into the column in which it was typed, also where that is emptied first.
describe('no column goes while a cell is typed', () => {
  const write = (name: string, text: string, joins?: string): void =>
    useStore.getState().editRows((rows) => {
      const [first, ...others] = rows as [DraftRow, ...DraftRow[]]
      return [{ ...first, variables: { ...first.variables, [name]: text } }, ...others]
    }, joins)
  const prompt = (text: string): void =>
    useStore.getState().editRows((rows) => rows.map((row) => ({ ...row, prompt: text })), TYPING)
  const columns = () => openNow()?.doc.variables

  beforeEach(async () => {
    answers['drafts.get'] = ({ draftId }) =>
      ok({ ...head(draftId), variables: ['extra 1', 'extra 2'] })
    answers['drafts.rows'] = ({ draftId }) => {
      const variables = { 'extra 1': 'old', 'extra 2': 'neighbour' }
      return ok({ rows: [{ ...rowOf(draftId), variables }], next: null })
    }
    await useStore.getState().openDraft('draft_aaaa')
  })

  test('one whose only value is typed anew stays', () => {
    write('extra 1', '', TYPING)
    expect(columns()).toEqual(['extra 1', 'extra 2'])
    write('extra 1', 'n', TYPING)
    write('extra 1', 'new', TYPING)
    useStore.getState().endStep()
    expect(columns()).toEqual(['extra 1', 'extra 2'])
  })

  test('one that is left empty goes then, and both are one step to undo', () => {
    write('extra 1', '', TYPING)
    write('extra 1', ' ', TYPING)
    write('extra 1', '', TYPING)
    useStore.getState().endStep()
    expect(columns()).toEqual(['extra 2'])
    useStore.getState().undoDraft()
    expect(columns()).toEqual(['extra 1', 'extra 2'])
    expect(openNow()?.doc.rows[0]?.variables['extra 1']).toBe('old')
    useStore.getState().redoDraft()
    expect(columns()).toEqual(['extra 2'])
  })

  test('a name that is still being typed leaves no columns of its beginnings', () => {
    for (const name of ['a', 'ani', 'animal']) prompt(`A {{${name}}}`)
    expect(columns()).toEqual(['extra 1', 'extra 2', 'animal'])
  })

  test('one that is emptied otherwise goes at once', () => {
    write('extra 1', '')
    expect(columns()).toEqual(['extra 2'])
  })
})

// Promise: what is pasted into a filtered sheet goes into the column in which the hand was.
test('a filter leaves the focus in its cell, and so does its end', async () => {
  const rows = ['row_1', 'row_2', 'row_3'].map((id, at) => emptyRow(id as DraftRow['id'], at))
  answers['drafts.rows'] = () => ok({ rows, next: null })
  await useStore.getState().openDraft('draft_aaaa')
  const { select, filterRows } = useStore.getState()
  const focus = () => useStore.getState().selection.focus
  select(atCell({ row: 2, col: 4 }))
  filterRows({ ids: new Set(['row_2', 'row_3']), words: 'the last two' })
  expect(focus()).toEqual({ row: 1, col: 4 })
  filterRows({ ids: new Set(['row_1']), words: 'the first' })
  expect(focus()).toEqual({ row: 0, col: 4 })
  filterRows(null)
  expect(focus()).toEqual({ row: 0, col: 4 })
})
