import { describe, expect, test } from 'vitest'
import {
  atCell,
  clampedCell,
  entered,
  fromTo,
  isSingle,
  jumped,
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

  test('typing goes where the range began, and a plain arrow starts from there', () => {
    const range = moved(at(3, 1), { direction: 'down', size, by: 2, isExtending: true })
    expect(range.focus).toEqual({ row: 3, col: 1 })
    expect(moved(range, { direction: 'right', size })).toEqual(at(3, 2))
  })

  test('Tab goes on in the next row and stops at the last cell', () => {
    expect(tabbed(at(2, 3), size, false)).toMatchObject(at(3, 0))
    expect(tabbed(at(2, 0), size, true)).toMatchObject(at(1, 3))
    expect(tabbed(at(9, 3), size, false)).toMatchObject(at(9, 3))
  })

  test('Enter after Tab goes on below the cell where Tab began', () => {
    const typed = tabbed(tabbed(at(2, 1), size, false), size, false)
    const below = entered(typed, size, false)
    expect(below.focus).toEqual({ row: 3, col: 1 })
    expect(entered(tabbed(below, size, false), size, false).focus).toEqual({ row: 4, col: 1 })
    const elsewhere = moved(typed, { direction: 'right', size })
    expect(entered(elsewhere, size, false).focus).toEqual({ row: 3, col: 3 })
  })

  test('Tab and Enter go round within a range, which stays', () => {
    const range = fromTo({ row: 1, col: 1 }, { row: 2, col: 2 })
    const through = (step: typeof tabbed, isBack: boolean): readonly string[] => {
      let here = range
      return Array.from({ length: 5 }, () => {
        here = step(here, size, isBack)
        expect(rangeOf(here)).toEqual(rangeOf(range))
        return `${here.focus.row}.${here.focus.col}`
      })
    }
    expect(through(tabbed, false)).toEqual(['1.2', '2.1', '2.2', '1.1', '1.2'])
    expect(through(entered, false)).toEqual(['2.1', '1.2', '2.2', '1.1', '2.1'])
    expect(through(tabbed, true)).toEqual(['2.2', '2.1', '1.2', '1.1', '2.2'])
  })

  test('Ctrl and an arrow stop at the ends of what is filled, then at the last row, then below it', () => {
    const filled = new Set([0, 1, 2, 5])
    const isFilled = ({ row }: { row: number }): boolean => filled.has(row)
    const down = (row: number): number =>
      jumped({ row, col: 0 }, { direction: 'down', size, isFilled }).row
    const up = (row: number): number =>
      jumped({ row, col: 0 }, { direction: 'up', size, isFilled }).row
    expect([0, 2, 5, 8].map(down)).toEqual([2, 5, 8, 9])
    expect([9, 8, 5, 2, 0].map(up)).toEqual([5, 5, 2, 0, 0])
  })

  test('a row knows which of its cells are chosen', () => {
    const range = { top: 1, bottom: 3, left: 2, right: 3 }
    expect(spanInRow(range, 2)).toEqual([2, 3])
    expect(spanInRow(range, 4)).toBeNull()
    expect(clampedCell({ row: 40, col: -1 }, size)).toEqual({ row: 9, col: 0 })
  })
})
