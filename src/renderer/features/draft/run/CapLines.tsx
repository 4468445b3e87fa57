import type { DraftCheck } from '../../../../shared/domain/draftCheck.ts'
import type { Money } from '../../../../shared/domain/money.ts'
import { useStore } from '../../../store/store.ts'
import { formatMoney } from '../../../ui/format.ts'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import type { HowToRun } from './useRun.ts'

interface CapLinesProps {
  readonly check: DraftCheck
  /** Null: nobody asked to run it yet. */
  readonly how: HowToRun | null
}

interface CapLine {
  readonly words: string
  readonly isOver: boolean
}

/** What the draft comes to against what may be spent. A cap that is reached holds jobs back, it drops none. */
export function CapLines({ check, how }: CapLinesProps) {
  const cap = useStore((store) => store.open?.doc.options.cap ?? null)
  const night = useStore((store) => store.tonight)
  const lines: CapLine[] = []
  if (cap !== null) {
    lines.push(
      line('The batch may spend', { ...cap, estimated: false }, costIn(check, cap.currency)),
    )
  }
  const nightCap = night?.cap ?? null
  if (nightCap !== null && how !== 'rehearse') {
    const { currency } = nightCap
    const spent = (night?.committed ?? night?.spent)?.micros ?? 0
    const sum = spent + costIn(check, currency)
    const already = spent > 0 ? `, ${moneyOf(spent, currency)} of it is taken` : ''
    const told = line('The night may spend', nightCap, sum)
    lines.push({ ...told, words: `${told.words}${already}` })
  }
  if (lines.length === 0) return null
  return (
    <ul className="cap-lines">
      {lines.map(({ words, isOver }) => (
        <li key={words} className="run-warning">
          <StatusMark tone={isOver ? 'ask' : 'done'} />
          <span>
            {words}. {isOver && 'What goes beyond waits and asks you.'}
          </span>
        </li>
      ))}
    </ul>
  )
}

const moneyOf = (micros: number, currency: string): string =>
  formatMoney({ micros, currency, estimated: false })

const costIn = ({ estimate }: DraftCheck, currency: string): number =>
  estimate.find((sum) => sum.currency === currency)?.micros ?? 0

const line = (what: string, cap: Money, micros: number): CapLine => ({
  words: `${what} ${formatMoney({ ...cap, estimated: false })}`,
  isOver: micros > cap.micros,
})
