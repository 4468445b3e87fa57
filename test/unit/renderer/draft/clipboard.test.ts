import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
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
