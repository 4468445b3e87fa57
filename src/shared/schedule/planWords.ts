import type { NightPlan } from '../domain/nightPlan.ts'
import { WHOLE_DAY } from '../domain/nightHours.ts'
import { hasDailyTimes, isEveryHour } from './nightWindow.ts'
import { clockWords } from './windowWords.ts'

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const

/** A plan for people: `every day 00:00-07:00 and 23:00-24:00, nothing new from 06:30`. */
export function planWords(plan: NightPlan): string {
  const { isOn, days } = plan
  if (!isOn) return 'no windows are set'
  const groups = new Map<number, string[]>()
  days.forEach((bits, day) => groups.set(bits, [...(groups.get(bits) ?? []), DAYS[day] ?? '']))
  const parts = [...groups].map(([bits, names]) => {
    const who = names.length === DAYS.length ? 'every day' : names.join(', ')
    return `${who} ${hoursWords(bits)}`
  })
  const isCut = !isEveryHour(plan, true) || hasDailyTimes(plan)
  const { startAt, stopAt } = isCut ? plan : { startAt: null, stopAt: null }
  const start = startAt === null ? '' : `, from ${clockWords(startAt)} on`
  const stop = stopAt === null ? '' : `, nothing new from ${clockWords(stopAt)}`
  return `${parts.join('; ')}${start}${stop}`
}

function hoursWords(bits: number): string {
  if (bits === 0) return 'no hour'
  if (bits === WHOLE_DAY) return 'all day'
  const isOpen = (hour: number): boolean => hour >= 0 && ((bits >> hour) & 1) === 1
  const hours = Array.from({ length: 24 }, (_, hour) => hour)
  const starts = hours.filter((hour) => isOpen(hour) && !isOpen(hour - 1))
  const two = (hour: number): string => `${String(hour).padStart(2, '0')}:00`
  return starts
    .map((start) => {
      const end = hours.find((hour) => hour > start && !isOpen(hour)) ?? 24
      return `${two(start)}-${two(end)}`
    })
    .join(' and ')
}
