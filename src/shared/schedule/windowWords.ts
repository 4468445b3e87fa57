import { localTime } from './localTime.ts'

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const
const DAY_MS = 86_400_000

/** `23:00`, of a minute of the day. */
export function clockWords(minute: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

interface Moment {
  /** Epoch ms. */
  readonly at: number
  readonly now: number
  readonly timeZone: string
}

/** `23:00`; `Mon 23:00` when that is more than a day away. */
export function momentWords({ at, now, timeZone }: Moment): string {
  const { day, minute } = localTime(at, timeZone)
  const clock = clockWords(minute)
  return at - now < DAY_MS ? clock : `${DAYS[day] ?? ''} ${clock}`
}

/** Why work for the night waits: `window opens 23:00`. */
export function waitWords({
  opensAt,
  now,
  timeZone,
}: {
  opensAt: number | null
  now: number
  timeZone: string
}): string {
  return opensAt === null
    ? 'no hour of the night plan is open'
    : `window opens ${momentWords({ at: opensAt, now, timeZone })}`
}
