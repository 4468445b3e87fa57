import { describe, expect, test } from 'vitest'
import {
  across,
  fit,
  lineHeight,
  lineOf,
  promptLines,
  wallLines,
} from '../../../../src/renderer/features/review/reviewLines.ts'
import {
  baseFilter,
  fullFilter,
  NO_FILTER,
} from '../../../../src/renderer/store/review/takeFilter.ts'

describe('takes stand in lines', () => {
  const groups = ['a', 'a', 'a', 'b', 'c', 'c']

  test('one prompt below another, further lines where they do not fit', () => {
    const { lines } = promptLines(groups, 6, 2)
    expect(lines).toEqual([
      { group: 'a', groupTakes: 3, first: 0, count: 2 },
      { group: null, groupTakes: 0, first: 2, count: 1 },
      { group: 'b', groupTakes: 1, first: 3, count: 1 },
      { group: 'c', groupTakes: 2, first: 4, count: 2 },
    ])
  })

  test('what is not read yet has its room', () => {
    const { lines } = promptLines(groups, 11, 4)
    expect(lines.slice(3)).toEqual([
      { group: null, groupTakes: 0, first: 6, count: 4 },
      { group: null, groupTakes: 0, first: 10, count: 1 },
    ])
    expect(wallLines(10, 4).lines).toHaveLength(3)
  })

  test('up and down keep the column, or take the last of a shorter line', () => {
    const grid = promptLines(groups, 6, 3)
    expect(lineOf(grid, 5)).toBe(2)
    expect(across(grid, 2, 1)).toBe(3)
    expect(across(grid, 5, -1)).toBe(3)
    expect(across(grid, 4, 1)).toBe(4)
  })

  test('as many tiles as fit at the wished width, then as wide as there is room', () => {
    expect(fit({ width: 1364, tileWidth: 240, hasPrompts: true })).toEqual({
      columns: 4,
      tile: 259,
      promptWidth: 250,
    })
    expect(fit({ width: 948, tileWidth: 240, hasPrompts: true })).toMatchObject({
      columns: 2,
      promptWidth: 180,
    })
    expect(fit({ width: 200, tileWidth: 560, hasPrompts: true }).columns).toBe(1)
  })

  test('a line is as high as its tile and what parts it from the next', () => {
    const grid = promptLines(groups, 6, 2)
    expect([0, 1, 2].map((at) => lineHeight(grid, at, 100))).toEqual([124, 115, 129])
    expect(lineHeight(wallLines(4, 2), 0, 100)).toBe(110)
  })
})

describe('the filter bar asks for what it says', () => {
  test('nothing chosen asks for everything', () => {
    expect(fullFilter(NO_FILTER)).toEqual({})
  })

  test('counts are taken of everything but the kind that is shown', () => {
    const filter = { ...NO_FILTER, shown: 'picked', text: ' fox ', model: 'wan-2.6' } as const
    expect(baseFilter(filter)).toEqual({ text: 'fox', model: 'wan-2.6' })
    expect(fullFilter(filter)).toEqual({ text: 'fox', model: 'wan-2.6', flags: ['pick'] })
  })
})
