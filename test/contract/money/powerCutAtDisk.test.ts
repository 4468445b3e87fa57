import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { appPaths } from '../../../src/main/storage/appPaths.ts'
import type { KillPoint } from '../../helpers/engineProcess.ts'
import { moneyLab, resumed, type MoneyLab } from '../../helpers/moneyLab.ts'
import { clipOf } from '../../servers/clip.ts'

const JOBS = 2

const around = (call: KillPoint['call'], most: number): readonly KillPoint[] =>
  Array.from({ length: most }, (_, index) => index + 1).flatMap((nth) =>
    (['before', 'after'] as const).map((when) => ({ call, nth, when })),
  )

describe('the power goes at the disk', () => {
  it.each([
    ['the journal is made durable', around('datasync', 5)],
    ['a clip is made durable', around('sync', 3)],
    ['a clip gets its name', around('link', JOBS)],
    ['its part file is removed', around('rm', 2)],
  ])('before and after %s', async (_, points) => {
    let kills = 0
    for (const killAt of points) {
      const lab = await moneyLab('fal', { jobs: JOBS, concurrency: 1 })
      const { signal } = await lab.spawn({ killAt }).ended
      if (signal !== null) kills += 1
      expect({ killAt, ...(await resumed(lab)) }).toEqual({
        killAt,
        problems: [],
        ended: JOBS,
        ordersMore: false,
      })
    }
    expect(kills).toBeGreaterThan(points.length / 2)
  })

  it('before and after a clip gets its name where there are no hard links', async () => {
    for (const killAt of [...around('rename', 2), ...around('copyFile', 1)]) {
      const lab = await moneyLab('fal', { jobs: 1 })
      await lab.spawn({ killAt, hasNoLinks: true }).ended
      // Whatever has the name of a clip is a whole one, at any moment.
      expect({ killAt, halves: halvesIn(lab) }).toEqual({ killAt, halves: [] })
      expect(await resumed(lab)).toEqual({ problems: [], ended: 1, ordersMore: false })
    }
  })
})

function halvesIn(lab: MoneyLab): readonly string[] {
  const { media } = appPaths(lab.dataDir)
  const names = readdirSync(media).filter((name) => /^[^.].*\.mp4$/.test(name))
  return names.filter((name) => {
    const { size } = statSync(join(media, name))
    return size > 0 && size < clipOf('fal-1-00000000/0', 0).byteLength
  })
}
