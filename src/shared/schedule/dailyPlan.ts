import { WHOLE_DAY } from '../domain/nightHours.ts'
import type { NightPlan } from '../domain/nightPlan.ts'
import { err, ok, type Result } from '../domain/result.ts'

const DAY_MINUTES = 1440

/** The same window on every day, over midnight when it ends earlier than it starts. Minutes of the day. */
export function dailyPlan(startAt: number, stopAt: number): NightPlan {
  const length = (stopAt - startAt + DAY_MINUTES) % DAY_MINUTES
  const lastMinute = startAt + length - 1
  const hours = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) =>
    [hour, hour + 24].some(
      (cell) => cell >= Math.floor(startAt / 60) && cell <= Math.floor(lastMinute / 60),
    ),
  )
  const bits = length === 0 ? WHOLE_DAY : hours.reduce((sum, hour) => sum | (1 << hour), 0)
  return {
    isOn: true,
    days: Array.from({ length: 7 }, () => bits),
    startAt: startAt % 60 === 0 ? null : startAt,
    stopAt: stopAt % 60 === 0 ? null : stopAt,
    atEnd: 'finish',
  }
}

/** Reads `23:00-07:00`; the error is a sentence. */
export function readDailyPlan(text: string): Result<NightPlan, string> {
  const [start, stop, ...rest] = text.split(/\s*[-–]\s*/).map(readClock)
  if (
    start === undefined ||
    stop === undefined ||
    start === null ||
    stop === null ||
    rest.length > 0
  )
    return err('Write a window as two times of the day, such as 23:00-07:00.')
  return ok(dailyPlan(start, stop))
}

/** Minute of the day of `23:00` or `7:30`; null for anything else. */
export function readClock(text: string): number | null {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text.trim())
  return match === null ? null : Number(match[1]) * 60 + Number(match[2])
}
