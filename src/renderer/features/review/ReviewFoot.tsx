import type { TakeView } from '../../../shared/domain/take.ts'
import { useStore } from '../../store/store.ts'
import { formatDuration } from '../../ui/format.ts'
import { formatMoney } from '../../../shared/domain/moneyText.ts'
import { KeyHint } from '../../ui/KeyHint.tsx'

interface Hint {
  readonly keys: readonly string[]
  readonly word: string
}

interface ReviewFootProps {
  readonly hints: readonly Hint[]
  readonly take: TakeView | null
  /** Said at the right, where there is no one take to speak of. */
  readonly children?: string
}

export const WALL_HINTS: readonly Hint[] = [
  { keys: ['1–5'], word: 'rate' },
  { keys: ['P'], word: 'pick' },
  { keys: ['X'], word: 'reject' },
  { keys: ['Space'], word: 'play' },
  { keys: ['Enter'], word: 'open' },
  { keys: ['C'], word: 'compare' },
  { keys: ['B'], word: 'blind' },
  { keys: ['D'], word: 'filter' },
  { keys: ['Del'], word: 'trash' },
]

export const TRASH_HINTS: readonly Hint[] = [
  { keys: ['Space'], word: 'play' },
  { keys: ['Enter'], word: 'open' },
  { keys: ['Del'], word: 'bring back' },
  { keys: ['Shift+Del'], word: 'delete for good' },
  { keys: ['D'], word: 'filter' },
]

export const LOUPE_HINTS: readonly Hint[] = [
  { keys: ['J', 'K', 'L'], word: 'shuttle' },
  { keys: [',', '.'], word: 'frame' },
  { keys: ['I', 'O'], word: 'in, out' },
  { keys: ['←', '→'], word: 'takes' },
  { keys: ['P'], word: 'pick' },
  { keys: ['X'], word: 'reject' },
  { keys: ['Esc'], word: 'back' },
]

/** The keys that matter here, and who made the chosen take. */
export function ReviewFoot({ hints, take, children }: ReviewFootProps) {
  const provider = useStore(
    (store) => store.providers.find(({ id }) => id === take?.provider)?.name,
  )
  return (
    <footer className="screen-foot review-foot">
      {hints.map(({ keys, word }) => (
        <span key={word} className="foot-hint">
          {keys.map((key) => (
            <KeyHint key={key} keys={key} />
          ))}{' '}
          {word}
        </span>
      ))}
      <span className="grow" />
      {take !== null && (
        <span className="one-line">{makerWords(take, provider ?? take.provider)}</span>
      )}
      {children !== undefined && <span className="one-line">{children}</span>}
    </footer>
  )
}

function makerWords(take: TakeView, provider: string): string {
  return [
    take.modelName,
    ...(provider === take.modelName ? [] : [provider]),
    ...(take.seed === null ? [] : [`seed ${take.seed}`]),
    ...(take.cost === null || take.cost.micros === 0 ? [] : [formatMoney(take.cost)]),
    ...(take.renderMs === null ? [] : [formatDuration(take.renderMs)]),
  ].join(' · ')
}
