import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { columnsFor } from '../../../../src/renderer/store/draft/columns.ts'
import { pasteBlock } from '../../../../src/renderer/store/draft/pasteBlock.ts'
import { formatTsv, parseTsv } from '../../../../src/renderer/store/draft/clipboard.ts'

describe('cells travel to and from spreadsheets whole', () => {
  test('as spreadsheets write them: tabs, newlines, quotes, and a newline at the end', () => {
    expect(parseTsv('a\tb\r\n"two\nlines"\t"a ""quote"""\r\n')).toEqual([
      ['a', 'b'],
      ['two\nlines', 'a "quote"'],
    ])
  })

  test('a list of lines is a column', () => {
    expect(parseTsv('one\ntwo\n\nfour')).toEqual([['one'], ['two'], [''], ['four']])
  })

  test('a quote that is only a quote stays one', () => {
    expect(parseTsv('"Hello," she said\tb')).toEqual([['"Hello," she said', 'b']])
    expect(parseTsv('"never closed\tb')).toEqual([['"never closed', 'b']])
    expect(parseTsv('5" lens')).toEqual([['5" lens']])
  })

  test('an empty clipboard is one empty cell', () => {
    expect(parseTsv('')).toEqual([['']])
  })

  test('whatever is copied is pasted again as it was', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ' ', '\t', '\n', '"', 'é', '{') })
    const matrix = fc
      .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
      .chain(([rows, cols]) =>
        fc.array(fc.array(cell, { minLength: cols, maxLength: cols }), {
          minLength: rows,
          maxLength: rows,
        }),
      )
      // A last row of one empty cell cannot be told from the newline that ends a copy.
      .filter((rows) => rows.length === 1 || rows.at(-1)?.join() !== '')
    fc.assert(
      fc.property(matrix, (rows) => {
        expect(parseTsv(formatTsv(rows))).toEqual(rows)
      }),
    )
  })
})

describe('a pasted block finds its columns', () => {
  const all = columnsFor(['city'])
  const shown = all.filter(({ id }) => ['prompt', 'duration', 'variables.city'].includes(id))
  const idsOf = ({ columns }: ReturnType<typeof pasteBlock>): readonly string[] =>
    columns.map(({ id }) => id)

  test('what is wider than the grid becomes variables of new names', () => {
    const block = pasteBlock([['a', '5', 'Ulm', 'x', 'y']], {
      shown,
      all: columnsFor(['city', 'Extra 1']),
      left: 0,
      isEmpty: false,
    })
    expect(block.added).toEqual(['extra 2', 'extra 3'])
    expect(idsOf(block).slice(-2)).toEqual(['variables.extra 2', 'variables.extra 3'])
    const empty = pasteBlock([['a', ...Array.from({ length: 2000 }, () => '')]], {
      shown,
      all,
      left: 0,
      isEmpty: false,
    })
    expect(empty.added).toEqual([])
    const inside = pasteBlock([['5', 'Ulm']], { shown, all, left: 1, isEmpty: false })
    expect(inside).toMatchObject({ added: [], hasHeader: false })
    expect(idsOf(inside)).toEqual(['duration', 'variables.city'])
  })

  test('in an empty draft a header names the columns, hidden ones too', () => {
    const matrix = [
      ['Negative prompt', 'PROMPT', 'aspect_ratio', 'City', 'mood'],
      ['rain', 'A fox', '16:9', 'Ulm', 'calm'],
    ]
    const block = pasteBlock(matrix, { shown, all, left: 0, isEmpty: true })
    expect(block).toMatchObject({ hasHeader: true, added: ['mood'], matrix: [matrix[1]] })
    expect(idsOf(block)).toEqual([
      'negativePrompt',
      'prompt',
      'size',
      'variables.city',
      'variables.mood',
    ])
    expect(pasteBlock(matrix, { shown, all, left: 0, isEmpty: false }).hasHeader).toBe(false)
  })

  test.each([
    ['one row alone', [['prompt', 'city']]],
    ['no prompts', [['city'], ['Ulm']]],
    [
      'a name twice',
      [
        ['prompt', 'a', 'a'],
        ['A fox', '1', '2'],
      ],
    ],
    [
      'a column without a name',
      [
        ['prompt', ''],
        ['A fox', '1'],
      ],
    ],
  ])('%s is no header', (_, matrix) => {
    expect(pasteBlock(matrix, { shown, all, left: 0, isEmpty: true }).hasHeader).toBe(false)
  })
})
