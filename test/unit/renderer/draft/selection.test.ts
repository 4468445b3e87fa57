import { describe, expect, test } from 'vitest'
import {
  atCell,
  clampedCell,
  isSingle,
  moved,
  rangeOf,
  spanInRow,
  tabbed,
} from '../../../../src/renderer/store/draft/selection.ts'

const size = { rows: 10, cols: 4 }
const at = (row: number, col: number) => atCell({ row, col })

describe('the choice of cells moves as in a spreadsheet', () => {
  test('one step, never over the edge', () => {
    expect(moved(at(0, 0), { direction: 'up', size })).toEqual(at(0, 0))
    expect(moved(at(9, 3), { direction: 'right', size })).toEqual(at(9, 3))
    expect(moved(at(3, 2), { direction: 'down', size })).toEqual(at(4, 2))
  })

  test('to the edge with Ctrl, by a page with Page Down', () => {
    expect(moved(at(3, 2), { direction: 'left', size, by: Infinity })).toEqual(at(3, 0))
    expect(moved(at(3, 2), { direction: 'down', size, by: 4 })).toEqual(at(7, 2))
  })

  test('Shift keeps the anchor and grows or shrinks the range', () => {
    const grown = moved(at(3, 1), { direction: 'down', size, by: 2, isExtending: true })
    expect(rangeOf(grown)).toEqual({ top: 3, bottom: 5, left: 1, right: 1 })
    const over = moved(grown, { direction: 'up', size, by: 4, isExtending: true })
    expect(rangeOf(over)).toEqual({ top: 1, bottom: 3, left: 1, right: 1 })
    expect(isSingle(over)).toBe(false)
  })

  test('Tab goes on in the next row and stops at the last cell', () => {
    expect(tabbed(at(2, 3), size, false)).toEqual(at(3, 0))
    expect(tabbed(at(2, 0), size, true)).toEqual(at(1, 3))
    expect(tabbed(at(9, 3), size, false)).toEqual(at(9, 3))
  })

  test('a row knows which of its cells are chosen', () => {
    const range = { top: 1, bottom: 3, left: 2, right: 3 }
    expect(spanInRow(range, 2)).toEqual([2, 3])
    expect(spanInRow(range, 4)).toBeNull()
    expect(clampedCell({ row: 40, col: -1 }, size)).toEqual({ row: 9, col: 0 })
  })
})
