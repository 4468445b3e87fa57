import { MICROS_PER_UNIT, type Money } from './money.ts'

const formats = new Map<string, Intl.NumberFormat>()

/** `$0.18`. Each is made once: making one costs more than using it a thousand times. */
export function currencyFormat(
  currency: string,
  { least, most }: { readonly least: number; readonly most: number } = { least: 2, most: 2 },
): Intl.NumberFormat {
  const key = `${currency} ${least} ${most}`
  const known = formats.get(key)
  if (known !== undefined) return known
  const made = new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    minimumFractionDigits: least,
    maximumFractionDigits: most,
  })
  formats.set(key, made)
  return made
}

/** `$3.20`, `about $3.20`. */
export function moneyText({ micros, currency, estimated }: Money): string {
  const amount = currencyFormat(currency).format(micros / MICROS_PER_UNIT)
  return estimated ? `about ${amount}` : amount
}
