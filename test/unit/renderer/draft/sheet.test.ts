import type { DraftProblem } from '../../../../src/shared/domain/draftCheck.ts'
import { placeWords } from '../../../../src/renderer/features/draft/panel/placeWords.ts'
import { kindsOf, ofKind } from '../../../../src/renderer/store/draft/problems.ts'
import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { columnsFor } from '../../../../src/renderer/store/draft/columns.ts'
import { withDuplicates, withoutRows } from '../../../../src/renderer/store/draft/edits.ts'
import { continued, filled, seriesHead } from '../../../../src/renderer/store/draft/fill.ts'
import {
  expressionOf,
  findIn,
  nextFound,
  replacedIn,
} from '../../../../src/renderer/store/draft/find.ts'
import {
  arranged,
  frozenIn,
  frozenLefts,
  rowStyle,
  USUAL_LAYOUT,
  withColumnBefore,
  withFrozen,
  withHidden,
  withMovedColumn,
  withWidth,
} from '../../../../src/renderer/store/draft/layout.ts'
import { shownOf, withShown } from '../../../../src/renderer/store/draft/shown.ts'
import { sorted } from '../../../../src/renderer/store/draft/sort.ts'
import { emptyRow, type DraftRow, type DraftRowId } from '../../../../src/shared/domain/draft.ts'

const row = (number: number, more: Partial<DraftRow> = {}): DraftRow => ({
  ...emptyRow(`row_${number}`, number),
  prompt: `p${number}`,
  ...more,
})
const columns = columnsFor(['animal'])
let made = 0
const context = { columns, models: [], makeId: (): DraftRowId => `row_n${(made += 1)}` }
const at = (id: string): number => columns.findIndex((column) => column.id === id)
const prompts = (rows: readonly DraftRow[]): readonly string[] => rows.map(({ prompt }) => prompt)
const isOrdered = (rows: readonly DraftRow[]): boolean =>
  rows.every(({ position }, index) => index === 0 || position > (rows[index - 1]?.position ?? 0))

describe('a series goes on as a spreadsheet would', () => {
  const next = (texts: readonly string[], places: readonly number[]): readonly string[] =>
    places.map(continued(texts, 'text'))

  test.each([
    [
      ['1', '2'],
      ['3', '4'],
    ],
    [
      ['10', '8'],
      ['6', '4'],
    ],
    [['5'], ['5', '5']],
    [['Shot 1'], ['Shot 2', 'Shot 3']],
    [['shot_009'], ['shot_010', 'shot_011']],
    [
      ['fox', 'owl'],
      ['fox', 'owl'],
    ],
    [
      ['1', '2', '4'],
      ['1', '2'],
    ],
    // A shape is no number, and neither is a length with its unit.
    [['16:9'], ['16:9', '16:9']],
    [['1280x720'], ['1280x720', '1280x720']],
  ])('%j goes on with %j', (texts, wanted) => {
    expect(next(texts, [texts.length, texts.length + 1])).toEqual(wanted)
  })

  test('upwards it counts back, never below nothing', () => {
    expect(next(['2', '4'], [-1, -2])).toEqual(['0', '0'])
  })

  test('the handle fills what it is drawn over, source cells stay', () => {
    const rows = [row(1, { seed: '7' }), row(2, { seed: '9' }), row(3), row(4)]
    const source = { top: 0, bottom: 1, left: at('seed'), right: at('seed') }
    const target = { ...source, bottom: 3 }
    const done = filled(rows, { source, target, isSeries: true }, context)
    expect(done.map(({ seed }) => seed)).toEqual(['7', '9', '11', '13'])
    expect(done[0]).toBe(rows[0])
    const repeated = filled(rows, { source, target, isSeries: false }, context)
    expect(repeated.map(({ seed }) => seed)).toEqual(['7', '9', '7', '9'])
  })

  test('to the right, and from the cells at the top of the range by key', () => {
    const rows = [row(1, { takes: '2', seed: '' })]
    const source = { top: 0, bottom: 0, left: at('takes'), right: at('takes') }
    const target = { ...source, right: at('seed') }
    expect(filled(rows, { source, target, isSeries: false }, context)[0]?.seed).toBe('2')
    const below = [row(1, { seed: '1' }), row(2, { seed: '2' }), row(3), row(4)]
    const range = { top: 0, bottom: 3, left: at('seed'), right: at('seed') }
    expect(seriesHead(below, range, columns).bottom).toBe(1)
  })
})

describe('find and replace', () => {
  const rows = [
    row(1, { prompt: 'A fox. A Fox!', variables: { animal: 'fox' } }),
    row(2, { prompt: 'An owl (1.5)', takes: '3' }),
  ]
  const find = (text: string, more: { matchCase?: boolean; isPattern?: boolean } = {}) => {
    const read = expressionOf({ text, matchCase: false, isPattern: false, ...more })
    return read.ok && read.value !== null
      ? findIn({ rows, columns, range: null }, read.value)
      : null
  }

  test('counts every place, and knows the cells', () => {
    expect(find('fox')).toEqual({
      count: 3,
      cells: [
        { row: 0, col: at('prompt') },
        { row: 0, col: at('variables.animal') },
      ],
    })
    expect(find('Fox', { matchCase: true })?.count).toBe(1)
    expect(find('(1.5)')?.count).toBe(1)
    const signs = Array.from(String.raw`\^$.*+?()[]{}|/-#_:`)
    const found = signs.map((text) => {
      const read = expressionOf({ text, matchCase: false, isPattern: false })
      return read.ok ? read.value?.exec(`a${text}b`)?.[0] : read.error
    })
    expect(found).toEqual(signs)
  })

  test('a pattern that cannot be read is an answer, not an exception', () => {
    const read = expressionOf({ text: '(', matchCase: false, isPattern: true })
    expect(read).toMatchObject({ ok: false })
  })

  test('replaces what it found, in the chosen cells alone, and keeps other rows as they are', () => {
    const read = expressionOf({ text: 'fox', matchCase: false, isPattern: false })
    if (!read.ok || read.value === null) throw new TypeError('unreadable')
    const range = { top: 0, bottom: 1, left: 0, right: 0 }
    const wish = { ...context, rows, range, expression: read.value, by: '$& cat', isPattern: false }
    const done = replacedIn(wish)
    expect(done[0]?.prompt).toBe('A $& cat. A $& cat!')
    expect(done[0]?.variables).toEqual({ animal: 'fox' })
    expect(done[1]).toBe(rows[1])
  })

  test('goes on from the focus and around the end', () => {
    const found = {
      count: 2,
      cells: [
        { row: 1, col: 0 },
        { row: 4, col: 2 },
      ],
    }
    expect(nextFound(found, { row: 1, col: 0 }, 1)).toEqual({ row: 4, col: 2 })
    expect(nextFound(found, { row: 4, col: 2 }, 1)).toEqual({ row: 1, col: 0 })
    expect(nextFound(found, { row: 1, col: 0 }, -1)).toEqual({ row: 4, col: 2 })
  })
})

describe('sorting keeps every row and the places', () => {
  test('numbers by value, empty cells last in both directions', () => {
    const rows = [row(1, { takes: '10' }), row(2), row(3, { takes: '9' })]
    const takes = columns[at('takes')]
    if (takes === undefined) throw new TypeError('no column')
    expect(prompts(sorted(rows, takes, 'ascending'))).toEqual(['p3', 'p1', 'p2'])
    expect(prompts(sorted(rows, takes, 'descending'))).toEqual(['p1', 'p3', 'p2'])
    expect(isOrdered(sorted(rows, takes, 'ascending'))).toBe(true)
  })
})

describe('a filter hides rows and never touches them', () => {
  const all = Array.from({ length: 8 }, (_, index) => row(index))
  const filter = {
    words: 'even',
    ids: new Set(all.filter((_, index) => index % 2 === 0).map((r) => r.id)),
  }
  const shown = shownOf(all, filter).rows

  test('the shown rows know their place in the draft', () => {
    expect(shownOf(all, filter).at).toEqual([0, 2, 4, 6])
  })

  test('removing, copying and sorting what is shown leaves the hidden rows where they are', () => {
    expect(prompts(withShown(all, shown, withoutRows(shown, 1, 2)))).toEqual([
      'p0',
      'p1',
      'p3',
      'p5',
      'p6',
      'p7',
    ])
    const copied = withShown(all, shown, withDuplicates(shown, { from: 0, to: 0 }, context.makeId))
    expect(prompts(copied)).toEqual(['p0', 'p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7'])
    expect(isOrdered(copied)).toBe(true)
    const turned = withShown(all, shown, shown.toReversed())
    expect(prompts(turned)).toEqual(['p6', 'p1', 'p4', 'p3', 'p2', 'p5', 'p0', 'p7'])
    expect(isOrdered(turned)).toBe(true)
    expect(withShown(all, shown, shown).every((one, index) => one === all[index])).toBe(true)
  })

  test('no hidden row is ever lost, changed or moved', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }),
        fc.nat(11),
        (kept, many) => {
          const next = [
            ...shown.filter((_, index) => kept[index] ?? true),
            ...Array.from({ length: many }, (_, index) => row(100 + index)),
          ]
          const done = withShown(all, shown, next)
          const hidden = done.filter(({ id }) =>
            all.some((one) => one.id === id && !filter.ids.has(id)),
          )
          expect(prompts(hidden)).toEqual(['p1', 'p3', 'p5', 'p7'])
          expect(done).toHaveLength(4 + next.length)
          expect(isOrdered(done)).toBe(true)
        },
      ),
    )
  })
})

describe('columns are laid out as a person likes', () => {
  const ids = (layout: typeof USUAL_LAYOUT): readonly string[] =>
    arranged(columns, layout).map(({ id }) => id)

  test('seldom used ones are hidden at first, the prompt never is', () => {
    expect(ids(USUAL_LAYOUT)).not.toContain('negativePrompt')
    expect(ids(withHidden(USUAL_LAYOUT, 'tags', false))).toContain('tags')
    expect(ids(withHidden(USUAL_LAYOUT, 'prompt', true))).toContain('prompt')
  })

  test('a column moves past the next one that is shown', () => {
    const moved = withMovedColumn(USUAL_LAYOUT, columns, { id: 'firstFrame', step: 1 })
    expect(ids(moved).slice(0, 3)).toEqual(['prompt', 'models', 'firstFrame'])
    const back = withMovedColumn(moved, columns, { id: 'firstFrame', step: -1 })
    expect(ids(back)).toEqual(ids(USUAL_LAYOUT))
  })

  test('a column is drawn before any other, or behind them all', () => {
    const first = withColumnBefore(USUAL_LAYOUT, columns, { id: 'seed', before: 'prompt' })
    expect(ids(first).slice(0, 2)).toEqual(['seed', 'prompt'])
    const last = withColumnBefore(first, columns, { id: 'seed', before: null })
    expect(ids(last).at(-1)).toBe('seed')
    expect(withColumnBefore(last, columns, { id: 'seed', before: null })).toBe(last)
  })

  test('widths have bounds and can be given back', () => {
    const wide = withWidth(USUAL_LAYOUT, 'seed', 5000)
    expect(wide.widths).toEqual({ seed: 1200 })
    expect(rowStyle(arranged(columns, wide), wide).gridTemplateColumns).toContain('1200px')
    expect(withWidth(wide, 'seed', null).widths).toEqual({})
  })
})

test('columns that stay in view stand where those before them end', () => {
  const shown = arranged(columns, USUAL_LAYOUT)
  const wide = withWidth(withFrozen(USUAL_LAYOUT, 2), 'prompt', 300)
  expect([USUAL_LAYOUT, wide, withFrozen(wide, 2)].map(frozenIn)).toEqual([1, 2, 0])
  expect(frozenLefts(shown, wide, 2)).toEqual([
    'calc(var(--col-index))',
    'calc(var(--col-index) + 300px)',
  ])
})

test('problems by kind, most frequent first; a kind that is mended gives way to all', () => {
  const problem = (code: string): DraftProblem => ({
    rowId: null,
    column: null,
    code,
    message: '',
    mend: '',
  })
  const problems = ['badSize', 'unknownVariable', 'unknownVariable'].map(problem)
  expect(kindsOf(problems)).toEqual([
    { code: 'unknownVariable', label: 'Unknown variable', count: 2 },
    { code: 'badSize', label: 'Bad size', count: 1 },
  ])
  expect(ofKind(problems, 'badSize')).toHaveLength(1)
  expect(ofKind(problems, 'emptyPrompt')).toBe(problems)
})

test('a problem says where it is in the words of the grid, also in the defaults', () => {
  expect(placeWords(8, 'models')).toBe('Row 8, model: ')
  expect(placeWords(undefined, 'defaults.duration')).toBe('Defaults, length: ')
  expect(placeWords(undefined, null)).toBe('')
})
