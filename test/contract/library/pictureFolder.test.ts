import type { FramesComing } from '../../../src/shared/domain/referenceFrame.ts'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { pairByName } from '../../../src/shared/domain/framePairs.ts'
import { ffmpeg } from '../../helpers/clips.ts'
import { folderWith } from '../../helpers/folder.ts'
import { draftHouse, rowOf, type DraftHouse } from './draftHouse.ts'

let house: DraftHouse
beforeEach(() => void (house = draftHouse()))
afterEach(() => house.close())

test('a folder of 50 pictures pairs by name with the 50 rows of a sheet, whatever their order', async () => {
  const folder = folderWith()
  const moving = ['-f', 'lavfi', '-i', 'testsrc=s=64x36:r=50:d=1']
  await ffmpeg([...moving, join(folder, 'Shot_%02d.png')])
  const told: FramesComing[] = []
  const { frames, refused } = await house.frameImport.fromPaths([folder], {
    onStep: (coming) => told.push(coming),
  })
  expect(refused).toEqual([])
  expect(frames.map(({ name }) => name).slice(0, 2)).toEqual(['Shot_01.png', 'Shot_02.png'])
  expect(frames).toHaveLength(50)
  expect(told.length).toBeGreaterThan(5)
  expect([told[0], told.at(-1)]).toEqual([
    { done: 0, total: 50 },
    { done: 50, total: 50 },
  ])

  const rows = Array.from({ length: 50 }, (_, index) =>
    rowOf(index, { name: `shot ${50 - index}` }),
  )
  const pairs = pairByName(rows, frames)
  expect(pairs.left).toEqual([])
  const nameOf = new Map(frames.map(({ id, name }) => [id, name]))
  const found = rows.map((_, index) => nameOf.get(pairs.frames.get(index) ?? 'frame_none'))
  expect(found).toEqual(frames.map(({ name }) => name).toReversed())
})

test('a folder that is stopped keeps what came in till then', async () => {
  const folder = folderWith()
  await ffmpeg(['-f', 'lavfi', '-i', 'testsrc=s=64x36:r=20:d=1', join(folder, '%02d.png')])
  const stop = new AbortController()
  const { frames, refused } = await house.frameImport.fromPaths([folder], {
    signal: stop.signal,
    onStep: ({ done }) => void (done > 0 && stop.abort()),
  })
  expect(refused).toEqual([])
  expect(frames.length).toBeGreaterThan(0)
  expect(frames.length).toBeLessThan(20)
  expect(frames[0]?.name).toBe('01.png')
})

test('a folder without a picture says so, and keeps no other one back', async () => {
  const empty = folderWith({ 'notes.txt': 'no picture' })
  const folder = folderWith()
  await ffmpeg([
    '-f',
    'lavfi',
    '-i',
    'testsrc=s=64x36:d=1',
    '-frames:v',
    '1',
    join(folder, 'a.png'),
  ])
  const { frames, refused } = await house.frameImport.fromPaths([empty, folder])
  expect(refused).toEqual([
    { name: basename(empty), message: 'There is no picture in the folder.' },
  ])
  expect(frames.map(({ name }) => name)).toEqual(['a.png'])
})
