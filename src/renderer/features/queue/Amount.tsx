import type { Money } from '../../../shared/domain/money.ts'
import { formatMoney, moneyShort } from '../../../shared/domain/moneyText.ts'

interface AmountProps {
  readonly amount: Money | null
  /** What stands there when there is no price. */
  readonly none?: string | undefined
}

/** Money in a narrow column: `~$0.90` where it is estimated, read out as "about". */
export function Amount({ amount, none = '–' }: AmountProps) {
  if (amount === null) return <span className="text-3">{none}</span>
  if (amount.micros === 0 && amount.estimated) return <span className="text-3">free</span>
  if (!amount.estimated) return <span>{formatMoney(amount)}</span>
  return (
    <>
      <span aria-hidden="true">{moneyShort(amount)}</span>
      <span className="visually-hidden">about {formatMoney(amount)}</span>
    </>
  )
}
