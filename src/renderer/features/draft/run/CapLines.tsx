import type { DraftCheck } from '../../../../shared/domain/draftCheck.ts'
import type { ProviderOption } from '../../../../shared/domain/modelOption.ts'
import type { Money } from '../../../../shared/domain/money.ts'
import { useStore } from '../../../store/store.ts'
import { formatBytes, plural } from '../../../ui/format.ts'
import { formatMoney } from '../../../../shared/domain/moneyText.ts'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import type { HowToRun } from './useRun.ts'

interface CapLinesProps {
  readonly check: DraftCheck
  /** Null: nobody asked to run it yet. */
  readonly how: HowToRun | null
}

interface Line {
  readonly words: string
  readonly tone: 'ask' | 'done'
}

/**
 * What the draft comes to against what may be spent, providers that have no key, and too little room.
 * None loses a job: what cannot be sent yet waits.
 */
export function CapLines({ check, how }: CapLinesProps) {
  const cap = useStore((store) => store.open?.doc.options.cap ?? null)
  const night = useStore((store) => store.tonight)
  const providers = useStore((store) => store.providers)
  const lines = [...keyLines(check, providers), ...(how === null ? [] : roomLines(check))]
  if (cap !== null) {
    lines.push(capLine('The batch may spend', { ...cap, estimated: false }, { check, taken: 0 }))
  }
  const nightCap = night?.cap ?? null
  if (nightCap !== null && how !== 'rehearse') {
    const taken = (night?.committed ?? night?.spent)?.micros ?? 0
    const most = { ...nightCap, micros: nightCap.micros + (night?.capExtraMicros ?? 0) }
    lines.push(capLine('The night may spend', most, { check, taken }))
  }
  if (lines.length === 0) return null
  return (
    <ul className="cap-lines">
      {lines.map(({ words, tone }) => (
        <li key={words} className="run-warning">
          <StatusMark tone={tone} />
          <span>{words}</span>
        </li>
      ))}
    </ul>
  )
}

function keyLines({ totals }: DraftCheck, providers: readonly ProviderOption[]): readonly Line[] {
  return providers.flatMap(({ id, name, key }): Line[] => {
    if (key.state !== 'missing') return []
    const own = totals.filter(({ provider }) => provider === id)
    const jobs = own.reduce((sum, total) => sum + total.jobs, 0)
    if (jobs === 0) return []
    const waits = jobs === 1 ? 'waits' : 'wait'
    const words = `${name} has no key yet: ${plural(jobs, 'job')} ${waits} until one is added.`
    return [{ words, tone: 'ask' }]
  })
}

/** The side panel says it beside the figures. */
function roomLines({ disk: { neededBytes, freeBytes } }: DraftCheck): readonly Line[] {
  if (neededBytes === null || freeBytes === null || neededBytes <= freeBytes) return []
  const words = `About ${formatBytes(neededBytes)} are needed on disk and ${formatBytes(freeBytes)} are free. What does not fit waits until there is room.`
  return [{ words, tone: 'ask' }]
}

interface Spending {
  readonly check: DraftCheck
  /** Millionths that others have taken of the same cap. */
  readonly taken: number
}

function capLine(what: string, cap: Money, { check, taken }: Spending): Line {
  const { currency } = cap
  const own = check.estimate.find((sum) => sum.currency === currency)?.micros ?? 0
  const money = (micros: number): string => formatMoney({ micros, currency })
  const already = taken > 0 ? `; ${money(taken)} of it is taken` : ''
  const isOver = taken + own > cap.micros
  const rest = isOver ? ' What goes beyond waits and asks you.' : ''
  return { words: `${what} ${money(cap.micros)}${already}.${rest}`, tone: isOver ? 'ask' : 'done' }
}
