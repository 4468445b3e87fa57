import fc from 'fast-check'
import { expect, it } from 'vitest'
import { localTime } from '../../../../src/shared/schedule/localTime.ts'
import { dailyPlan, readClock, readDailyPlan } from '../../../../src/shared/schedule/dailyPlan.ts'
import { nightWindow } from '../../../../src/shared/schedule/nightWindow.ts'
import { clockWords } from '../../../../src/shared/schedule/windowWords.ts'

it('is open from the one time of the day to the other, and then only', () => {
  const minute = fc.nat(1439)
  const moment = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) })
  fc.assert(
    fc.property(minute, minute, moment, (startAt, stopAt, now) => {
      // A stretch of a whole day that begins within an hour has no hour in which it is closed.
      const length = (stopAt - startAt + 1440) % 1440
      fc.pre(length > 0 && length < 1320)
      const { kind } = nightWindow({ plan: dailyPlan(startAt, stopAt), now, timeZone: 'UTC' })
      const since = (localTime(now, 'UTC').minute - startAt + 1440) % 1440
      expect(kind === 'open').toBe(since < length)
    }),
    { numRuns: 500 },
  )
})

it('is always open when both times are the same', () => {
  const plan = dailyPlan(600, 600)
  expect(nightWindow({ plan, now: 0, timeZone: 'UTC' })).toMatchObject({ until: null })
})

it('is read from two times', () => {
  const plan = readDailyPlan('23:15 - 7:00')
  expect(plan).toMatchObject({ ok: true, value: { startAt: 1395, stopAt: null } })
  for (const text of ['', '23', '23:00', '24:00-07:00', '23:00-07:60', '1:00-2:00-3:00'])
    expect({ text, ...readDailyPlan(text) }).toMatchObject({ text, ok: false })
})

it('reads what it writes', () => {
  fc.assert(fc.property(fc.nat(1439), (minute) => readClock(clockWords(minute)) === minute))
})
