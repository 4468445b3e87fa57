import type { BatchView } from '../../../shared/domain/batch.ts'
import { formatMoney, moneyText } from '../../../shared/domain/moneyText.ts'

type BatchMoney = Pick<BatchView, 'committed' | 'spent' | 'estimate' | 'cap'>

/** What a batch has spent and what is set aside for it, of what it may come to. */
export function batchMoney({ committed, spent, estimate, cap }: BatchMoney): string {
  const currency = (committed ?? estimate ?? cap)?.currency ?? 'USD'
  const paid = spent ?? { micros: 0, currency, estimated: false }
  const aside = { micros: (committed?.micros ?? 0) - paid.micros, currency }
  if (estimate?.micros === 0 && paid.micros + aside.micros === 0) return 'free'
  const sofar = [
    ...(paid.micros > 0 || aside.micros === 0 ? [`${moneyText(paid)} spent`] : []),
    ...(aside.micros > 0 ? [`${formatMoney(aside)} set aside`] : []),
  ].join(', ')
  const whole = estimate === null ? ', not all prices known' : ` of about ${formatMoney(estimate)}`
  return `${sofar}${whole}${cap === null ? '' : ` · cap ${formatMoney(cap)}`}`
}
