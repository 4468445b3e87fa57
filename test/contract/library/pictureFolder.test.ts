import { join } from 'node:path'
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
  let told = 0
  const { frames, refused } = await house.frameImport.fromPaths([folder], () => (told += 1))
  expect(refused).toEqual([])
  expect(frames.map(({ name }) => name).slice(0, 2)).toEqual(['Shot_01.png', 'Shot_02.png'])
  expect(frames).toHaveLength(50)
  expect(told).toBeGreaterThan(5)

  const rows = Array.from({ length: 50 }, (_, index) =>
    rowOf(index, { name: `shot ${50 - index}` }),
  )
  const pairs = pairByName(rows, frames)
  expect(pairs.left).toEqual([])
  const nameOf = new Map(frames.map(({ id, name }) => [id, name]))
  const found = rows.map((_, index) => nameOf.get(pairs.frames.get(index) ?? 'frame_none'))
  expect(found).toEqual(frames.map(({ name }) => name).toReversed())
})
