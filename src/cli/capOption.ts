import type { Cap } from '../shared/domain/batch.ts'
import { readAmount } from '../shared/domain/cell.ts'
import { err, ok, type Result } from '../shared/domain/result.ts'
import type { Refusal } from './refusals.ts'

interface CapOption {
  /** As typed: an amount, or `none`. */
  readonly text: string | undefined
  readonly currency: string
  /** The option's name, such as `--night`. */
  readonly column: string
}

/** `none`, in any case: takes a cap or a folder away. */
export const isNone = (text: string): boolean => text.trim().toLowerCase() === 'none'

/** The cap of an option; null takes it away, undefined leaves it as it is. */
export function readCap({
  text,
  currency,
  column,
}: CapOption): Result<Cap | null | undefined, Refusal> {
  if (!/^[A-Z]{3}$/.test(currency))
    return err({
      code: 'badCurrency',
      message: `"${currency}" is not a currency.`,
      mend: 'Write its three letters, such as USD.',
      column: '--currency',
    })
  if (text === undefined) return ok(undefined)
  if (isNone(text)) return ok(null)
  const amount = readAmount(text.trim())
  return amount.ok ? ok({ micros: amount.value, currency }) : err({ ...amount.error, column })
}
