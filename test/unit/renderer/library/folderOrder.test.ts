import { expect, test } from 'vitest'
import { byFolder } from '../../../../src/renderer/features/library/folderOrder.ts'

test('folders go by their numbers, each with what is in it', () => {
  const ordered = ['shots', 'shots/2', 'shots/10', 'shots 1', 'shots 2', 'shots 10', 'shots-1/a']
  expect(ordered.toReversed().toSorted(byFolder)).toEqual(ordered)
})

test('folders of the same number keep what is in them together', () => {
  const ordered = ['01', '01/b', '1', '1/a', '1/c']
  for (const folder of ordered)
    for (const other of ordered)
      expect(Math.sign(byFolder(folder, other))).toBe(
        Math.sign(ordered.indexOf(folder) - ordered.indexOf(other)),
      )
})
