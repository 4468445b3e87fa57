import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  emptyHistory,
  redone,
  remembered,
  stepEnded,
  undone,
} from '../../../../src/renderer/store/draft/history.ts'
import { whyNotNamed, withRenamed } from '../../../../src/renderer/store/draft/renamed.ts'
import {
  changeBetween,
  inCalls,
  isNoChange,
  type DraftDoc,
} from '../../../../src/renderer/store/draft/sync.ts'
import {
  promptParts,
  followed,
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
  layout: null,
  rows,
})

describe('every edit can be undone and done again', () => {
  const rows = [row(1, 'a'), row(2, 'b'), row(3, 'c')]
  const [first, second, third] = rows as [DraftRow, DraftRow, DraftRow]
  const states = [
    doc(rows),
    doc([first, { ...second, prompt: 'B' }, third]),
    doc([first, third]),
    doc([first, row(4, 'd'), row(5, 'e'), third]),
    { ...doc([third, first]), name: 'Day' },
    { ...doc([]), name: 'Day' },
  ]

  test('back to the beginning and forth again, whatever changed', () => {
    let history = emptyHistory
    for (const [at, after] of states.entries()) {
      const before = states[at - 1]
      if (before !== undefined) history = remembered(history, { before, after })
    }
    let now = states.at(-1) as DraftDoc
    for (const wanted of states.slice(0, -1).toReversed()) {
      const step = undone(history, now)
      expect(step?.doc).toEqual(wanted)
      if (step !== null) ({ history, doc: now } = step)
    }
    expect(undone(history, now)).toBeNull()
    for (const wanted of states.slice(1)) {
      const step = redone(history, now)
      expect(step?.doc).toEqual(wanted)
      if (step !== null) ({ history, doc: now } = step)
    }
    expect(redone(history, now)).toBeNull()
  })

  test('a new edit forgets what was undone', () => {
    const [a, b, c] = states as [DraftDoc, DraftDoc, DraftDoc]
    const back = undone(remembered(emptyHistory, { before: a, after: b }), b)
    const edited = remembered(back?.history ?? emptyHistory, { before: a, after: c })
    expect(redone(edited, c)).toBeNull()
  })

  test('what is typed in one go is one step, until it is left', () => {
    const typed = (prompt: string): DraftDoc => doc([{ ...first, prompt }, second, third])
    let history = emptyHistory
    let before = doc(rows)
    for (const text of ['A', 'A f', 'A fox']) {
      history = remembered(history, { before, after: typed(text), joins: 'typing' })
      before = typed(text)
    }
    expect(history.past).toHaveLength(1)
    expect(undone(history, before)?.doc.rows[0]?.prompt).toBe('a')
    const ended = stepEnded(history)
    expect(remembered(ended, { before, after: typed('B'), joins: 'typing' }).past).toHaveLength(2)
  })

  test('memory is that of what changed: two hundred steps of one row are two hundred rows', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => row(index, 'x'))
    let history = emptyHistory
    let before = doc(many)
    for (let step = 0; step < 300; step += 1) {
      const after = doc(before.rows.with(step, row(step, 'y')))
      history = remembered(history, { before, after })
      before = after
    }
    expect(history.past).toHaveLength(200)
    expect(history.past.flatMap((patch) => patch.rows.before)).toHaveLength(200)
    for (let step = 0; step < 30; step += 1) {
      const after = doc(before.rows.map((one) => ({ ...one, prompt: String(step) })))
      history = remembered(history, { before, after })
      before = after
    }
    const held = history.past.reduce((sum, patch) => sum + patch.rows.before.length * 2, 0)
    expect(held).toBeLessThanOrEqual(200_000)
    expect(undone(history, before)?.doc.rows[0]?.prompt).toBe('28')
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
    const calls = inCalls({ head: { name: 'Day' }, put: many, remove: [] }, { variables: [] })
    expect(calls.map(({ put }) => put.length)).toEqual(Array.from({ length: 9 }, () => 500))
    expect(calls.map(({ head }) => head.name).slice(0, 2)).toEqual(['Day', undefined])
    const variables = many.map(({ id }) => id)
    expect(inCalls({ head: {}, put: many, remove: [] }, { variables })[0]?.put).toHaveLength(20)
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

  test('an edit brings and takes the columns that a look at every row would', () => {
    const prompt = fc.constantFrom(
      '',
      'a',
      '{{a}}',
      '{{{b}}}',
      '{x {{ C }}|{{d}}}',
      String.raw`\{{e}}`,
    )
    const aRow = fc.record({
      prompt,
      plain: fc.boolean(),
      filled: fc.constantFrom(null, 'a', 'D', 'f'),
    })
    fc.assert(
      fc.property(
        fc.array(aRow, { maxLength: 6 }),
        fc.array(aRow, { maxLength: 3 }),
        (old, added) => {
          const made = [...old, ...added].map(({ filled, ...cells }, at) => {
            const variables: Record<string, string> = filled === null ? {} : { [filled]: 'x' }
            return { ...row(at), ...cells, variables }
          })
          const before = made.slice(0, old.length)
          const known = usedVariables(variablesOf(['a', 'f'], before), before)
          const after = made.filter((_, at) => at % 3 !== 0)
          const whole = usedVariables(variablesOf(known, after), after)
          expect(followed(known, after, { before })).toEqual(whole)
        },
      ),
    )
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

describe('a column of a variable has another name', () => {
  const before: DraftDoc = {
    ...doc([
      { ...row(1, 'A {{City}} at {dawn|{{ city }}}, \\{{city}}'), variables: { City: 'Ulm' } },
      { ...row(2, 'A {{city}}'), plain: true },
      row(3, '# {{city}}\nA {{citys}}'),
    ]),
    variables: ['beast', 'city'],
    layout: { order: ['variables.city', 'prompt'], hidden: [], widths: { 'variables.city': 90 } },
  }
  const after = withRenamed(before, { from: 'city', to: 'big town' })

  test('in every row and in every prompt that is a template', () => {
    expect(after.variables).toEqual(['beast', 'big town'])
    expect(after.rows.map(({ prompt }) => prompt)).toEqual([
      'A {{big town}} at {dawn|{{big town}}}, \\{{city}}',
      'A {{city}}',
      '# {{city}}\nA {{citys}}',
    ])
    expect(after.rows[0]?.variables).toEqual({ 'big town': 'Ulm' })
  })

  test('at its place and as wide as before, and rows without it are the same objects', () => {
    expect(after.layout).toEqual({
      order: ['variables.big town', 'prompt'],
      hidden: [],
      widths: { 'variables.big town': 90 },
    })
    expect(after.rows[2]).toBe(before.rows[2])
  })

  const promptAfter = (prompt: string) =>
    withRenamed({ ...before, rows: [row(1, prompt)] }, { from: 'city', to: 'town' }).rows[0]?.prompt

  test.each([
    '{{city}} in {rain',
    '{{city}} {a|{{city}} {b|{{city}} } {c',
    '} {{city}} {0::{{city}}|b} {{}}',
    `{{city}} ${'{a|'.repeat(31)}{{city}}${'}'.repeat(31)} {{city}}`,
  ])('also where a prompt has a mistake somewhere else: %j', (prompt) => {
    expect(promptAfter(prompt)).toBe(prompt.replaceAll('{{city}}', '{{town}}'))
  })

  test('wherever it stands in whatever is typed', () => {
    const piece = fc.constantFrom('{', '}', '|', '__', '2$$', '2::', 'a', ' ', '\n', '{{city}}')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 80, size: 'max' }), (pieces) => {
        const prompt = pieces.join('')
        expect(promptAfter(prompt)).toBe(prompt.replaceAll('{{city}}', '{{town}}'))
      }),
    )
  })

  const why = (to: string) => whyNotNamed(before, { from: 'city', to })

  test.each(['town', 'City', 'Größe 2', 'city'])('by %s', (to) => {
    expect(why(to)).toBeNull()
  })

  test.each(['', 'a{b', 'a|b', 'Beast', 'Aspect ratio', 'options.fps', 'x'.repeat(101)])(
    'never by “%s”: prompts could not call it, or another is called so',
    (to) => expect(why(to)).not.toBeNull(),
  )
})
