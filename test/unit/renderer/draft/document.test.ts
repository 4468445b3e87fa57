import { describe, expect, test } from 'vitest'
import {
  emptyHistory,
  redone,
  remembered,
  undone,
} from '../../../../src/renderer/store/draft/history.ts'
import {
  changeBetween,
  inCalls,
  isNoChange,
  type DraftDoc,
} from '../../../../src/renderer/store/draft/sync.ts'
import {
  promptParts,
  usedVariables,
  variablesIn,
  variablesOf,
} from '../../../../src/renderer/store/draft/variables.ts'
import { emptyRow, NO_DEFAULTS, type DraftRow } from '../../../../src/shared/domain/draft.ts'

const row = (number: number, prompt = ''): DraftRow => ({
  ...emptyRow(`row_${number}`, number),
  prompt,
})
const doc = (rows: readonly DraftRow[]): DraftDoc => ({
  name: 'Night',
  defaults: NO_DEFAULTS,
  options: {
    expand: { kind: 'product' },
    project: null,
    cap: null,
    allowUnpriced: false,
    concurrency: null,
  },
  variables: [],
  rows,
})

describe('every edit can be undone and done again', () => {
  test('back and forth, in order', () => {
    let history = remembered(emptyHistory<string>(), 'a')
    history = remembered(history, 'b')
    const back = undone(history, 'c')
    expect(back?.state).toBe('b')
    const forth = back === null ? null : redone(back.history, back.state)
    expect(forth?.state).toBe('c')
    expect(undone(emptyHistory<string>(), 'x')).toBeNull()
    expect(redone(history, 'c')).toBeNull()
  })

  test('a new edit forgets what was undone', () => {
    const back = undone(remembered(emptyHistory<string>(), 'a'), 'b')
    const edited = back === null ? null : remembered(back.history, back.state)
    expect(edited === null ? null : redone(edited, 'c')).toBeNull()
  })

  test('two hundred steps are kept, no more', () => {
    let history = emptyHistory<number>()
    for (let step = 0; step < 1000; step += 1) history = remembered(history, step)
    expect(history.past).toHaveLength(200)
    expect(history.past[0]).toBe(800)
  })
})

describe('a save carries what changed and nothing else', () => {
  const rows = [row(1, 'a'), row(2, 'b'), row(3, 'c')]
  const saved = doc(rows)

  test('nothing changed, nothing is sent', () => {
    expect(isNoChange(changeBetween(saved, { ...saved }))).toBe(true)
  })

  test('changed, new and removed rows', () => {
    const [first, , third] = rows
    const changed = { ...third, prompt: 'd' } as DraftRow
    const now = doc([first as DraftRow, changed, row(4, 'new')])
    const { put, remove, head } = changeBetween(saved, {
      ...now,
      defaults: saved.defaults,
      options: saved.options,
      variables: saved.variables,
    })
    expect(put.map(({ id }) => id)).toEqual(['row_3', 'row_4'])
    expect(remove).toEqual(['row_2'])
    expect(head).toEqual({})
  })

  test('the head goes once, rows in portions that main accepts', () => {
    const many = Array.from({ length: 4500 }, (_, index) => row(index, 'x'))
    const calls = inCalls({ head: { name: 'Day' }, put: many, remove: [] })
    expect(calls.map(({ put }) => put.length)).toEqual([2000, 2000, 500])
    expect(calls.map(({ head }) => head.name)).toEqual(['Day', undefined, undefined])
  })
})

describe('columns follow the variables of the prompts', () => {
  test('names in the order in which they stand, inside choices too', () => {
    expect(variablesIn('a {{animal}} in {{ place }} {by {{light}}|alone}')).toEqual([
      'animal',
      'place',
      'light',
    ])
    expect(variablesIn(String.raw`no \{{variable}}`)).toEqual([])
  })

  test('a new name gets a column, an old one keeps its place', () => {
    const rows = [row(1, '{{b}} {{a}}'), row(2, '{{A}} {{c}}')]
    expect(variablesOf(['a'], rows)).toEqual(['a', 'b', 'c'])
    expect(variablesOf(['a', 'b', 'c'], rows)).toEqual(['a', 'b', 'c'])
  })

  test('plain rows have none', () => {
    expect(variablesOf([], [{ ...row(1, '{{a}}'), plain: true }])).toEqual([])
  })

  test('a column that nothing names and nothing fills goes', () => {
    const filled = { ...row(2), variables: { b: 'x' } }
    expect(usedVariables(['a', 'b', 'c'], [row(1, '{{a}}'), filled])).toEqual(['a', 'b'])
  })

  test('a prompt is cut where its variables are', () => {
    expect(promptParts('a {{b}} c')).toEqual([
      { text: 'a ', isVariable: false },
      { text: '{{b}}', isVariable: true },
      { text: ' c', isVariable: false },
    ])
  })
})
