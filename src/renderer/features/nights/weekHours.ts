import { isOpenHour, WHOLE_DAY } from '../../../shared/domain/nightHours.ts'
import type { NightPlan } from '../../../shared/domain/nightPlan.ts'

export const DAYS = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const
export const HOURS = 24

/** One number for each day, Monday first; bit h is the hour that begins at h. */
export type WeekHours = NightPlan['days']

export interface Hour {
  readonly day: number
  readonly hour: number
}

export const isOpen = (days: WeekHours, { day, hour }: Hour): boolean =>
  isOpenHour({ days }, day, hour)

/** The hours of a rectangle between two corners, all set alike. */
export function painted(
  days: WeekHours,
  { from, to, value }: { readonly from: Hour; readonly to: Hour; readonly value: boolean },
): WeekHours {
  const [firstHour, lastHour] = [Math.min(from.hour, to.hour), Math.max(from.hour, to.hour)]
  const [firstDay, lastDay] = [Math.min(from.day, to.day), Math.max(from.day, to.day)]
  const mask = (WHOLE_DAY >> (HOURS - 1 - lastHour)) & ~((1 << firstHour) - 1)
  return days.map((bits, day) => {
    if (day < firstDay || day > lastDay) return bits
    return value ? bits | mask : bits & ~mask
  })
}

/** A whole day or one hour of all days: open unless all of it is. */
export function toggled(
  days: WeekHours,
  part: { readonly from: Hour; readonly to: Hour },
): WeekHours {
  const isAllOpen = painted(days, { ...part, value: true }).every((bits, day) => bits === days[day])
  return painted(days, { ...part, value: !isAllOpen })
}

export const openHours = (days: WeekHours): number =>
  days.reduce((sum, bits) => sum + bits.toString(2).replaceAll('0', '').length, 0)

const everyDay = (bits: number): WeekHours => DAYS.map(() => bits)

/** Hours 23 to 7. */
const NIGHT = 0x80_00_7f

/** Weeks that many people want. */
export const PRESETS: readonly { readonly label: string; readonly days: WeekHours }[] = [
  { label: 'Nights', days: everyDay(NIGHT) },
  {
    label: 'Nights and weekends',
    days: DAYS.map((_, day) => (day >= 5 ? WHOLE_DAY : NIGHT)),
  },
  { label: 'All hours', days: everyDay(WHOLE_DAY) },
  { label: 'None', days: everyDay(0) },
]
