import { afterEach, beforeEach, expect, test } from 'vitest'
import { createClipStore } from '../../../src/main/review/clipStore.ts'
import { libraryOptions } from '../library/libraryDatabase.ts'

let options: ReturnType<typeof libraryOptions>
beforeEach(() => void (options = libraryOptions()))
afterEach(() => options.close())

const points = { takeId: 'take_01A0' as const, name: 'wave', inFrame: 24, outFrame: 72 }

test('a clip is kept as data, moved, removed and brought back', async () => {
  const clips = createClipStore(options)
  const made = await clips.save(null, points)
  expect(made).toMatchObject(points)
  const id = made?.id ?? 'clip_none'
  await clips.save(id, { ...points, inFrame: 0 })
  expect(clips.ofTakes(['take_01A0'])).toMatchObject([{ id, inFrame: 0, revision: 2 }])
  expect(clips.ofTakes(['take_01A1'])).toEqual([])

  await clips.setRemoved([id], true)
  expect(clips.get([id])).toEqual([])
  expect(await clips.save(id, points)).toBeNull()
  await clips.setRemoved([id], false)
  expect(clips.get([id])).toHaveLength(1)
})

test('a clip stays with its take, and removed ones go for good at the next start', async () => {
  const clips = createClipStore(options)
  const made = await clips.save(null, points)
  const id = made?.id ?? 'clip_none'
  expect(await clips.save(id, { ...points, takeId: 'take_01B0' })).toBeNull()
  expect(clips.get([id])).toMatchObject([{ takeId: 'take_01A0', inFrame: 24 }])
  await clips.setRemoved([id], true)
  await clips.purge()
  await clips.setRemoved([id], false)
  expect(clips.get([id])).toEqual([])
})
