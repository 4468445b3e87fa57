import { expect, test } from 'vitest'
import { renderMedians } from '../../../src/main/storage/queries/renderMedians.ts'
import { dataFolder, openBoth } from '../../helpers/storage/dataFolder.ts'

test('the middle time of each route, read beside a running engine', async () => {
  const paths = dataFolder()
  expect(renderMedians(paths.database)).toEqual(new Map())
  const engine = await openBoth(paths)
  const times = { 'fal/kling-v3': [90, 10, 50], 'replicate/kling-v3': [40, 20, 30, 10] }
  engine.group.writeNow((db) => {
    for (const [route, all] of Object.entries(times))
      for (const ms of all) db.run('INSERT INTO render_times VALUES (?, 0, ?, 5, 1)', [route, ms])
  })
  const medians = renderMedians(paths.database)
  expect(Object.fromEntries(medians)).toEqual({ 'fal/kling-v3': 50, 'replicate/kling-v3': 30 })
  await engine.close()
})
