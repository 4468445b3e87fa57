import { describe, expect, it } from 'vitest'
import type { KillPoint } from '../../helpers/engineProcess.ts'
import { moneyLab, resumed } from '../../helpers/moneyLab.ts'

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
})
