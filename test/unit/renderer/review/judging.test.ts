import { afterEach, expect, test, vi } from 'vitest'
import { useStore } from '../../../../src/renderer/store/store.ts'
import { openPageDoor } from '../../../helpers/pageDoor.ts'
import { sampleTake } from '../../../helpers/sampleTake.ts'

afterEach(() => vi.unstubAllGlobals())

/** What main is asked to write of takes. */
function written(): unknown[] {
  const wishes: unknown[] = []
  openPageDoor((route, wish) => {
    if (route === 'takes.update') wishes.push(wish)
    return { ok: true }
  })
  return wishes
}

// Promise: undo takes back what was said, and nothing beside it.
test('taking a rating back leaves the tags of a take that is out of view as they are', async () => {
  const wishes = written()
  const take = sampleTake({ rating: 2, tags: ['night'] })
  const heard = (): string => useStore.getState().spoken.text
  await useStore.getState().judge([take], { rating: 5 })
  expect(heard()).toBe('rated 5')
  await useStore.getState().undoVerdict()
  expect(heard()).toBe('Undone.')
  expect(wishes).toMatchObject([
    { patch: { rating: 5, seen: true } },
    { patch: { rating: 2, seen: true } },
  ])
  expect(JSON.stringify(wishes)).not.toContain('tags')
})

test('a tag comes off every take that has it, and one undo puts it back on each', async () => {
  const wishes = written()
  const takes = [['night'], ['night', 'street'], [], ['night']].map((tags, at) =>
    sampleTake({ id: `take_${at}`, tags }),
  )
  await useStore.getState().removeTag(takes, 'night')
  const off = [
    { ids: ['take_0', 'take_3'], patch: { tags: [] } },
    { ids: ['take_1'], patch: { tags: ['street'] } },
  ]
  expect(wishes).toMatchObject(off)
  await useStore.getState().undoVerdict()
  expect(wishes.slice(2)).toMatchObject([
    { ids: ['take_0', 'take_3'], patch: { tags: ['night'] } },
    { ids: ['take_1'], patch: { tags: ['night', 'street'] } },
  ])
})
