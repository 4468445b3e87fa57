import { expect, test } from 'vitest'
import { tagCounts } from '../../../../src/renderer/features/frames/tags.ts'

test('the tags of several frames come with how many have each, most first', () => {
  const frames = [{ tags: ['b', 'wet'] }, { tags: ['wet'] }, { tags: ['a'] }]
  expect(tagCounts(frames)).toEqual([
    { tag: 'wet', frames: 2 },
    { tag: 'a', frames: 1 },
    { tag: 'b', frames: 1 },
  ])
})
