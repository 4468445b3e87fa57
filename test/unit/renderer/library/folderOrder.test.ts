import { expect, test } from 'vitest'
import { byFolder } from '../../../../src/renderer/features/library/folderOrder.ts'

test('folders go by their numbers, each with what is in it', () => {
  const ordered = ['shots', 'shots/2', 'shots/10', 'shots 1', 'shots 2', 'shots 10', 'shots-1/a']
  expect(ordered.toReversed().toSorted(byFolder)).toEqual(ordered)
})
