// oxlint-disable jsx-a11y/prefer-tag-over-role -- lines that are placed by hand are no table rows
import type { Money } from '../../../shared/domain/money.ts'
import type { TakeView } from '../../../shared/domain/take.ts'
import { formatSeconds, plural } from '../../ui/format.ts'
import { formatMoney } from '../../../shared/domain/moneyText.ts'
import type { Takes } from './useTakes.ts'

interface PromptWordsProps {
  /** First take of the prompt; null on a further line, or while it is read. */
  readonly head: TakeView | null
  readonly takes: Takes
  readonly first: number
  readonly count: number
}

export function PromptWords({ head, takes, first, count }: PromptWordsProps) {
  if (head === null) return <div role="presentation" />
  const all = Array.from({ length: count }, (_, at) => takes.take(first + at)?.cost ?? null)
  const spent = sumOf(all)
  const facts = [
    `Row ${head.row}`,
    plural(count, 'take'),
    ...(head.durationSeconds === undefined ? [] : [formatSeconds(head.durationSeconds)]),
    ...(spent === null || spent.micros === 0 ? [] : [formatMoney(spent)]),
  ]
  return (
    <div className="prompt-words" role="rowheader">
      <p className="prompt-text selectable">{head.prompt}</p>
      <p className="prompt-facts text-3">{facts.join(' · ')}</p>
    </div>
  )
}

/** Null when nothing is known, or several currencies were paid in. */
function sumOf(costs: readonly (Money | null)[]): Money | null {
  const known = costs.filter((cost): cost is Money => cost !== null && cost.micros > 0)
  const [first] = known
  if (first === undefined || known.some(({ currency }) => currency !== first.currency)) return null
  return { ...first, micros: known.reduce((sum, { micros }) => sum + micros, 0) }
}
