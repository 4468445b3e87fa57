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
