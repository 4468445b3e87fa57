import type { Operation } from '../../shared/domain/job.ts'
import type { FoundOperation } from '../providers/spec.ts'
import type { IntentId } from './jobRow.ts'

/** An intent whose create may or may not have arrived. */
export interface UnknownIntent {
  readonly id: IntentId
  readonly fingerprint: string
  readonly submitStartedAt: number
  /** Full list passes that found nothing for it, before this one. */
  readonly passes: number
}

export interface ReconcileInput {
  /** Unknown intents of one endpoint and account that share one fingerprint, oldest first. */
  readonly unknowns: readonly UnknownIntent[]
  /** What the list showed for them and no job owns. */
  readonly candidates: readonly FoundOperation[]
  /** Another create with this fingerprint and account is under way now. */
  readonly twinInFlight: boolean
}

export type ReconcileDecision =
  | { readonly kind: 'adopt'; readonly intentId: IntentId; readonly operation: Operation }
  /** Look again: nothing found yet, or a twin is under way. */
  | { readonly kind: 'lookAgain'; readonly intentId: IntentId; readonly countsAsPass: boolean }
  /** A person decides; `candidates` are the evidence. The watch goes on. */
  | {
      readonly kind: 'ask'
      readonly intentId: IntentId
      readonly candidates: readonly FoundOperation[]
    }

/** How long a late match of a lost create is watched for (money rule 5). Unscaled. */
export const WATCH_MS = 30 * 3_600_000

/** Full passes without a match after which a person is asked (money rule 8). */
export const PASSES_BEFORE_ASKING = 2

/**
 * Settles what one list pass says about a group of twins (money rules 5 and 6). Pure.
 * Entries whose input is hidden are possible matches: never adopted by themselves, shown as evidence.
 */
export function reconcile({
  unknowns,
  candidates,
  twinInFlight,
}: ReconcileInput): ReconcileDecision[] {
  if (twinInFlight)
    return unknowns.map(({ id }) => ({ kind: 'lookAgain', intentId: id, countsAsPass: false }))
  // A list that grows between its pages shows what stood at their edge twice.
  const listed = [...new Map(candidates.map((found) => [found.operation.id, found])).values()]
  const matches = listed
    .filter((c) => c.match === 'same')
    .toSorted((a, b) => a.createdAtMs - b.createdAtMs)
  const possible = listed.filter((c) => c.match === 'unknown')
  if (matches.length > unknowns.length)
    return unknowns.map(({ id }) => ({ kind: 'ask', intentId: id, candidates: matches }))
  return unknowns.map((intent, index) => {
    const match = matches[index]
    if (match !== undefined)
      return { kind: 'adopt', intentId: intent.id, operation: match.operation }
    return intent.passes + 1 >= PASSES_BEFORE_ASKING
      ? { kind: 'ask', intentId: intent.id, candidates: possible }
      : { kind: 'lookAgain', intentId: intent.id, countsAsPass: true }
  })
}
