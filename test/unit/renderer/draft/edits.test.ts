import { describe, expect, test } from 'vitest'
import { columnsFor } from '../../../../src/renderer/store/draft/columns.ts'
import {
  copied,
  pasted,
  pasteSize,
  withDuplicates,
  withEmptyRows,
  withMoved,
  withoutRows,
  withText,
  type EditContext,
} from '../../../../src/renderer/store/draft/edits.ts'
import { filled } from '../../../../src/renderer/store/draft/fill.ts'
import { emptyRow, type DraftRow, type DraftRowId } from '../../../../src/shared/domain/draft.ts'

const row = (number: number, more: Partial<DraftRow> = {}): DraftRow => ({
  ...emptyRow(`row_${number}`, number),
  prompt: `p${number}`,
  ...more,
})
const rows = [row(1), row(2), row(3)]
let made = 0
const makeId = (): DraftRowId => `row_new${(made += 1)}`
const context: EditContext = { columns: columnsFor(['animal']), models: [], makeId }
const column = (id: string): number => context.columns.findIndex((one) => one.id === id)
const cells = (top: number, left: number, to: { bottom?: number; right?: number } = {}) => ({
  top,
  left,
  bottom: to.bottom ?? top,
  right: to.right ?? left,
})
const prompts = (all: readonly DraftRow[]): readonly string[] => all.map(({ prompt }) => prompt)
const isOrdered = (all: readonly DraftRow[]): boolean =>
  all.every(({ position }, index) => index === 0 || position > (all[index - 1]?.position ?? 0))

describe('rows keep their order through every edit', () => {
  test('a new row stands where it was put, and no other row is touched', () => {
    const grown = withEmptyRows(rows, 1, ['row_x'])
    expect(grown.map(({ id }) => id)).toEqual(['row_1', 'row_x', 'row_2', 'row_3'])
    expect(isOrdered(grown)).toBe(true)
    expect(grown[0]).toBe(rows[0])
    expect(grown[3]).toBe(rows[2])
  })

  test('rows between two that leave no room are numbered anew', () => {
    const tight = [row(1, { position: 1 }), row(2, { position: 1 + Number.EPSILON })]
    expect(isOrdered(withEmptyRows(tight, 1, ['row_a', 'row_b']))).toBe(true)
  })

  test('duplicates stand below what they copy, under new ids', () => {
    const grown = withDuplicates(rows, { from: 0, to: 1 }, makeId)
    expect(prompts(grown)).toEqual(['p1', 'p2', 'p1', 'p2', 'p3'])
    expect(new Set(grown.map(({ id }) => id)).size).toBe(5)
    expect(isOrdered(grown)).toBe(true)
  })

  test('moved rows stand before the row that was named', () => {
    expect(prompts(withMoved(rows, { from: 0, to: 0 }, 3))).toEqual(['p2', 'p3', 'p1'])
    expect(prompts(withMoved(rows, { from: 1, to: 2 }, 0))).toEqual(['p2', 'p3', 'p1'])
    expect(isOrdered(withMoved(rows, { from: 1, to: 2 }, 0))).toBe(true)
    expect(withMoved(rows, { from: 0, to: 1 }, 1)).toBe(rows)
  })

  test('removing takes out a range and nothing else', () => {
    expect(prompts(withoutRows(rows, 0, 1))).toEqual(['p3'])
  })
})

describe('cells are written together', () => {
  test('one text into every chosen cell', () => {
    const target = cells(0, column('duration'), { bottom: 1 })
    const changed = withText(rows, target, { ...context, text: ' 8 ' })
    expect(changed.map(({ duration }) => duration)).toEqual(['8', '8', ''])
    expect(changed[2]).toBe(rows[2])
  })

  test('fill down copies the first row of the range, models and frames too', () => {
    const source = row(1, {
      models: [{ model: 'kling-v3', provider: 'fal' }],
      firstFrame: 'frame_01abc',
    })
    const target = cells(0, column('firstFrame'), { bottom: 2, right: column('models') })
    const [, second] = filled(
      [source, row(2), row(3)],
      { source: { ...target, bottom: 0 }, target, isSeries: false },
      context,
    )
    expect(second?.models).toEqual(source.models)
    expect(second?.firstFrame).toBe('frame_01abc')
    expect(second?.prompt).toBe('p2')
  })

  test('a frame cell ignores text that names no frame', () => {
    const target = cells(0, column('firstFrame'))
    const kept = withText([row(1, { firstFrame: 'frame_01abc' })], target, {
      ...context,
      text: 'x',
    })
    expect(kept[0]?.firstFrame).toBe('frame_01abc')
    const named = withText(kept, target, { ...context, text: 'shots/fox.png' })
    expect(named[0]?.firstFrame).toBe('lost:imageMissing:shots/fox.png')
    const gone = withText(kept, target, { ...context, text: '' })
    expect(gone[0]?.firstFrame).toBeNull()
  })

  test('a model is found by name or id; an unknown word is kept for the check to name', () => {
    const target = cells(0, column('models'))
    const [first] = withText(rows, target, { ...context, text: 'fal:Kling-V3, Some Model!' })
    expect(first?.models).toEqual([
      { model: 'kling-v3', provider: 'fal' },
      { model: 'some-model', provider: null },
    ])
  })

  test('a shape replaces whatever said it before', () => {
    const before = [row(1, { aspectRatio: '16:9' })]
    const [after] = withText(before, cells(0, column('size')), { ...context, text: '9:16' })
    expect(after).toMatchObject({ size: '9:16', aspectRatio: '' })
  })

  test('a variable is written and emptied', () => {
    const target = cells(0, column('variables.animal'))
    const [written] = withText(rows, target, { ...context, text: 'fox, cat' })
    expect(written?.variables).toEqual({ animal: 'fox, cat' })
    const [emptied] = withText([written ?? row(1)], target, { ...context, text: '' })
    expect(emptied?.variables).toEqual({})
  })
})

describe('blocks are pasted', () => {
  const matrix = [
    ['8', '16:9'],
    ['5', '9:16'],
  ]
  const left = column('duration')

  test('from the top left of the range, with rows added below', () => {
    const after = pasted(rows, cells(2, left), { ...context, matrix })
    expect(after).toHaveLength(4)
    expect(after.map(({ duration }) => duration)).toEqual(['', '', '8', '5'])
    expect(after[3]).toMatchObject({ size: '9:16', prompt: '' })
    expect(isOrdered(after)).toBe(true)
  })

  test('again and again where the range is a whole number of blocks', () => {
    const range = cells(0, left, { bottom: 3, right: left + 1 })
    expect(pasteSize(range, matrix)).toEqual({ rows: 4, cols: 2 })
    const after = pasted(rows, range, { ...context, matrix })
    expect(after.map(({ duration }) => duration)).toEqual(['8', '5', '8', '5'])
  })

  test('what a shorter row of the block lacks stays as it is', () => {
    const ragged = [['8', '16:9', '3'], ['5']]
    const after = pasted(rows, cells(0, left), { ...context, matrix: ragged })
    expect(after[1]).toMatchObject({ duration: '5', size: rows[1]?.size, takes: rows[1]?.takes })
  })

  test('columns beyond the last are left out', () => {
    const last = context.columns.length - 1
    const after = pasted(rows, cells(0, last), { ...context, matrix: [['fox', 'lost']] })
    expect(after[0]?.variables).toEqual({ animal: 'fox' })
  })

  test('what was copied comes back the same', () => {
    const rich = row(1, {
      prompt: 'two\nlines\tand a tab',
      models: [{ model: 'wan-2.6', provider: null }],
      firstFrame: 'https://example.org/a.png',
      size: '1:1',
      takes: '3',
      seed: '0',
      variables: { animal: 'owl' },
    })
    const whole = cells(0, 0, { right: context.columns.length - 1 })
    const copy = copied([rich], whole, context.columns)
    const [back] = pasted([row(9)], whole, { ...context, matrix: copy })
    expect(back).toEqual({ ...rich, id: 'row_9', position: 9 })
  })

  test('ten thousand rows are pasted at once', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => [`prompt ${index}`])
    const after = pasted([], cells(0, 0), { ...context, matrix: many })
    expect(after).toHaveLength(10_000)
    expect(isOrdered(after)).toBe(true)
  })
})
