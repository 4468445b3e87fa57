import { afterEach, expect, test, vi } from 'vitest'
import { useStore } from '../../../../src/renderer/store/store.ts'
import { sampleTake } from '../../../helpers/sampleTake.ts'

afterEach(() => vi.unstubAllGlobals())

// Promise: undo takes back what was said, and nothing beside it.
test('taking a rating back leaves the tags of a take that is out of view as they are', async () => {
  const patches: unknown[] = []
  vi.stubGlobal('window', {
    dailies: {
      request: async (route: string, { patch }: { patch?: unknown }) => {
        if (route === 'takes.update') patches.push(patch)
        return { ok: true, data: undefined }
      },
    },
  })
  const take = sampleTake({ rating: 2, tags: ['night'] })
  await useStore.getState().judge([take], { rating: 5 })
  await useStore.getState().undoVerdict()
  expect(patches).toEqual([
    { rating: 5, seen: true },
    { rating: 2, seen: true },
  ])
})
