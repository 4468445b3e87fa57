import { startOfDay } from './localTime.ts'

const HALF_DAY_MS = 12 * 3_600_000
const DAY_MS = 24 * 3_600_000

/** From noon to noon: what counts towards the budget of one night. Epoch ms, `to` not included. */
export interface NightRange {
  readonly from: number
  readonly to: number
}

/** @param night ISO day on whose evening it begins, as charges name it */
export function nightRange(night: string, timeZone: string): NightRange {
  const [year = 1970, month = 1, day = 1] = night.split('-').map(Number)
  const start = (days: number): number =>
    startOfDay(Date.UTC(year, month - 1, day) + days * DAY_MS, timeZone) + HALF_DAY_MS
  return { from: start(0), to: start(1) }
}

/** Whether a text names a day, as `2026-11-22`. */
export function isNight(text: string): boolean {
  const at = Date.parse(`${text}T12:00:00Z`)
  return (
    /^\d{4}-\d\d-\d\d$/.test(text) &&
    !Number.isNaN(at) &&
    new Date(at).toISOString().startsWith(text)
  )
}
