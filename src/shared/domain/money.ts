/** An amount. `micros` is in millionths of `currency`; `estimated` says that no bill stands behind it. */
export interface Money {
  readonly micros: number
  /** ISO 4217, upper case. */
  readonly currency: string
  readonly estimated: boolean
}

export const MICROS_PER_UNIT = 1_000_000

/** Whole units: of more, the sums could not be counted in whole micros. */
export const MOST_UNITS = 1_000_000_000

/** Nothing was or will be charged: rehearsal, and jobs that never left. */
export const FREE: Money = Object.freeze({ micros: 0, currency: 'USD', estimated: false })

/** From a decimal amount (dollars, not cents); rounds up, so that a reservation is never too small. */
export function moneyFrom(amount: number, currency: string, estimated: boolean): Money {
  // The small term keeps 0.1 + 0.2 style noise from costing a whole micro-unit.
  return { micros: Math.ceil(amount * MICROS_PER_UNIT - 1e-6), currency, estimated }
}

/** Adds amounts of one currency. @throws RangeError when currencies are mixed (a bug: sum per currency). */
export function addMoney(a: Money, b: Money): Money {
  if (a.micros === 0) return { ...b, estimated: a.estimated || b.estimated }
  if (b.micros === 0) return { ...a, estimated: a.estimated || b.estimated }
  if (a.currency !== b.currency) throw new RangeError(`cannot add ${a.currency} and ${b.currency}`)
  return {
    micros: a.micros + b.micros,
    currency: a.currency,
    estimated: a.estimated || b.estimated,
  }
}

/** One sum per currency, in order of first appearance. */
export function sumMoneys(amounts: readonly Money[]): readonly Money[] {
  const sums = new Map<string, Money>()
  for (const amount of amounts) {
    const sum = sums.get(amount.currency)
    sums.set(amount.currency, {
      ...amount,
      micros: amount.micros + (sum?.micros ?? 0),
      estimated: amount.estimated || sum?.estimated === true,
    })
  }
  return [...sums.values()]
}
