/** The clock on the wall of a time zone. */
export interface LocalTime {
  /** Monday is 0. */
  readonly day: number
  /** Since midnight by the clock, 0 to 1439. */
  readonly minute: number
}

/** A stretch of time in which the clock on the wall stays within one hour and is not changed. */
export interface HourPiece extends LocalTime {
  /** Epoch ms. */
  readonly from: number
  readonly to: number
}

const MINUTE_MS = 60_000
const QUARTER_MS = 15 * MINUTE_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** The machine's own IANA zone. */
export const systemZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** @param timeZone IANA name; an unknown one throws a RangeError */
export function localTime(at: number, timeZone: string): LocalTime {
  return clockFace(at + offsetAt(at, timeZone))
}

/**
 * Time from `from` on, cut where the local hour ends and where the clocks are changed. Endless. No hour
 * is assumed to exist once a day: spring leaves one out, autumn has one twice.
 */
export function* hourPieces(from: number, timeZone: string): Generator<HourPiece, never> {
  let at = from
  for (;;) {
    const offset = offsetAt(at, timeZone)
    const local = at + offset
    const hourEnd = at + HOUR_MS - modulo(local, HOUR_MS)
    const to = offsetAt(hourEnd - 1, timeZone) === offset ? hourEnd : changeAfter(at, timeZone)
    yield { from: at, to, ...clockFace(local) }
    at = to
  }
}

/** @param day midnight of the day in universal time; gives its first moment in the zone */
export function startOfDay(day: number, timeZone: string): number {
  const guess = day - offsetAt(day, timeZone)
  const start = day - offsetAt(guess, timeZone)
  // Where the clocks jump over midnight, the day begins at the jump.
  return offsetAt(start, timeZone) === offsetAt(guess, timeZone) ? start : Math.max(start, guess)
}

/** Clocks are changed at a quarter of an hour of universal time, in every zone of today. */
function changeAfter(at: number, timeZone: string): number {
  const offset = offsetAt(at, timeZone)
  let next = at - modulo(at, QUARTER_MS) + QUARTER_MS
  while (offsetAt(next, timeZone) === offset) next += QUARTER_MS
  return next
}

/** 1970 began on a Thursday. */
function clockFace(localMs: number): LocalTime {
  const days = Math.floor(localMs / DAY_MS)
  return {
    day: modulo(days + 3, 7),
    minute: Math.floor(modulo(localMs, DAY_MS) / MINUTE_MS),
  }
}

const modulo = (value: number, by: number): number => ((value % by) + by) % by

/** What the zone adds to universal time, in ms. */
function offsetAt(at: number, timeZone: string): number {
  const second = Math.floor(at / 1000) * 1000
  const parts = new Map(
    formatterOf(timeZone)
      .formatToParts(second)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return local - second
}

// Making a formatter costs a hundred times its use; a program meets one zone or two.
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formatters.set(timeZone, made)
  return made
}
