import { groupBy } from '../../../shared/domain/groupBy.ts'
import type { TakeId } from '../../../shared/domain/ids.ts'

/** A take that may be shown. */
export interface Candidate {
  readonly id: TakeId
  /** What takes must share to be compared, e.g. prompt and first frame. */
  readonly alike: string
  readonly maker: string
}

export interface PlannedPair {
  readonly a: TakeId
  readonly b: TakeId
}

interface PlanWish {
  readonly candidates: readonly Candidate[]
  /** Pairs that were voted on, as `pairKey` names them: they come last. */
  readonly voted: ReadonlySet<string>
  readonly most: number
  /** 0 up to 1. */
  readonly random: () => number
}

/** The same for both orders. */
export const pairKey = (a: TakeId, b: TakeId): string => [a, b].toSorted().join(' ')

/**
 * Pairs of takes that are alike but for their makers. Each prompt gives its first pair before any gives
 * its second; which takes, which order and which side is left to chance.
 */
export function planPairs({ candidates, voted, most, random }: PlanWish): readonly PlannedPair[] {
  const prompts = [...groupBy(candidates, ({ alike }) => alike).values()]
  const byPrompt = shuffled(prompts, random).map((takes) => {
    const pairs = shuffled(allPairs(shuffled(takes, random).slice(0, MOST_ALIKE)), random)
    return pairs.toSorted((one, other) => isVoted(one) - isVoted(other))
  })
  let planned: readonly PlannedPair[] = []
  for (let round = 0; planned.length < most; round += 1) {
    const turn = byPrompt.flatMap((pairs) => pairs[round] ?? [])
    if (turn.length === 0) break
    planned = [...planned, ...turn.toSorted((one, other) => isVoted(one) - isVoted(other))]
  }
  return shuffled(planned.slice(0, most), random)

  function isVoted({ a, b }: PlannedPair): number {
    return voted.has(pairKey(a, b)) ? 1 : 0
  }
}

/** Of takes that are alike; chance chooses from more, since pairs grow with their square. */
const MOST_ALIKE = 100

/** Every two takes of different makers. */
function allPairs(takes: readonly Candidate[]): readonly PlannedPair[] {
  return takes.flatMap((one, at) =>
    takes
      .slice(at + 1)
      .flatMap((other) => (one.maker === other.maker ? [] : [{ a: one.id, b: other.id }])),
  )
}

/** Fisher and Yates: every order is as likely. */
function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  const mixed = [...items]
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1))
    const kept = mixed[at] as T
    mixed[at] = mixed[other] as T
    mixed[other] = kept
  }
  return mixed
}
