/** The night and month that a charge counts towards, fixed at the claim (money rule 19). */
export interface Periods {
  /** ISO day on whose evening the night began: it runs from noon to noon. */
  readonly night: string
  /** `YYYY-MM`. */
  readonly month: string
}

const HALF_DAY_MS = 12 * 3_600_000

/** @param timeZone IANA name that the caps were set in, not the machine's of today */
export function periodsAt(now: number, timeZone: string): Periods {
  return { night: dayIn(now - HALF_DAY_MS, timeZone), month: dayIn(now, timeZone).slice(0, 7) }
}

const MINUTE_MS = 60_000
const LONGEST_MS = { night: 26 * 3_600_000, month: 32 * 24 * 3_600_000 } as const

interface PeriodQuestion {
  readonly now: number
  readonly period: string
  /** See `periodsAt`. */
  readonly timeZone: string
}

// Asked at each look by each batch that waits for its cap.
const ends = new Map<string, number>()

/** When a period that `now` lies in ends, to the minute; null where it lies in another. */
export function periodEnd(scope: keyof Periods, question: PeriodQuestion): number | null {
  const { now, period, timeZone } = question
  const key = `${scope} ${period} ${timeZone}`
  const known = ends.get(key) ?? findEnd(scope, question)
  if (known !== null) ends.set(key, known)
  return known === null || known <= now ? null : known
}

function findEnd(scope: keyof Periods, { now, period, timeZone }: PeriodQuestion): number | null {
  const isOver = (at: number): boolean => periodsAt(at, timeZone)[scope] !== period
  if (isOver(now)) return null
  let [last, end] = [Math.floor(now / MINUTE_MS), Math.ceil((now + LONGEST_MS[scope]) / MINUTE_MS)]
  while (end - last > 1) {
    const middle = Math.floor((last + end) / 2)
    if (isOver(middle * MINUTE_MS)) end = middle
    else last = middle
  }
  return end * MINUTE_MS
}

// Making a formatter costs 100 times its use.
const formatters = new Map<string, Intl.DateTimeFormat>()

function dayIn(ms: number, timeZone: string): string {
  let formatter = formatters.get(timeZone)
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    })
    formatters.set(timeZone, formatter)
  }
  return formatter.format(ms)
}
