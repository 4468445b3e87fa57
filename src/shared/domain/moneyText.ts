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

const CENT_MICROS = 10_000

/** `$14.20`; amounts under a cent keep what they have, because they add up over a night. */
export function formatMoney({ micros, currency }: Pick<Money, 'micros' | 'currency'>): string {
  const isSmall = micros !== 0 && Math.abs(micros) < CENT_MICROS
  const digits = isSmall ? { least: 4, most: 6 } : { least: 2, most: 2 }
  return currencyFormat(currency, digits).format(micros / MICROS_PER_UNIT)
}

/** `$0.1849`: every digit there is, where two amounts stand against each other. */
export const exactMoney = ({ micros, currency }: Pick<Money, 'micros' | 'currency'>): string =>
  currencyFormat(currency, { least: 2, most: 6 }).format(micros / MICROS_PER_UNIT)

/** `$3.20`, or `about $3.20` where no bill stands behind it. */
export function moneyText(money: Money): string {
  return money.estimated && money.micros !== 0 ? `about ${formatMoney(money)}` : formatMoney(money)
}

/** `~$0.90` where no bill stands behind it: for narrow columns. */
export const moneyShort = (money: Money): string =>
  money.estimated && money.micros !== 0 ? `~${formatMoney(money)}` : formatMoney(money)
