import type { Cap } from '../../shared/domain/batch.ts'
import type { Money } from '../../shared/domain/money.ts'

/** What a scope holds already, in the cap's currency. */
export interface Held {
  readonly reserved: number
  readonly confirmed: number
  readonly indeterminate: number
}

export type CapScope = 'batch' | 'project' | 'night' | 'month'
export type PeriodScope = Exclude<CapScope, 'batch' | 'project'>
export interface CapState {
  readonly scope: CapScope
  /** With what was allowed above it for its period. */
  readonly cap: Cap
  readonly held: Held
}

export interface BudgetQuestion {
  /** The route's maximum for this request; null when no price is known. */
  readonly estimate: Money | null
  /** Worst bill over estimate seen on this route, at least 1. */
  readonly overrun: number
  readonly caps: readonly CapState[]
  readonly allowUnpriced: boolean
}

export type BudgetAnswer =
  | { readonly kind: 'reserve'; readonly amount: Money }
  | {
      readonly kind: 'capReached'
      readonly scope: CapScope
      readonly cap: Cap
      readonly heldMicros: number
      /** Null: no price is known for it. */
      readonly nextMicros: number | null
    }
  /** A cap stands, and this job's price is unknown or in another currency. */
  | { readonly kind: 'unpriced'; readonly scope: CapScope }

export const heldMicros = (held: Held): number =>
  held.reserved + held.confirmed + held.indeterminate

/** Money rule 18: reserved + confirmed + indeterminate + next <= cap, for every cap. Pure. */
export function checkBudget({
  estimate,
  overrun,
  caps,
  allowUnpriced,
}: BudgetQuestion): BudgetAnswer {
  if (estimate === null) {
    const first = caps[0]
    if (first !== undefined && !allowUnpriced) return { kind: 'unpriced', scope: first.scope }
    // What it will cost nobody knows; a cap that is used up stops it all the same.
    const full = caps.find(({ cap, held }) => heldMicros(held) >= cap.micros)
    if (full !== undefined)
      return {
        kind: 'capReached',
        scope: full.scope,
        cap: full.cap,
        heldMicros: heldMicros(full.held),
        nextMicros: null,
      }
    return {
      kind: 'reserve',
      amount: { micros: 0, currency: first?.cap.currency ?? 'USD', estimated: true },
    }
  }
  const next = Math.ceil(estimate.micros * Math.max(1, overrun))
  if (next > 0) {
    for (const { scope, cap, held } of caps) {
      if (cap.currency !== estimate.currency && !allowUnpriced) return { kind: 'unpriced', scope }
      if (cap.currency !== estimate.currency) continue
      const already = heldMicros(held)
      if (already + next > cap.micros)
        return { kind: 'capReached', scope, cap, heldMicros: already, nextMicros: next }
    }
  }
  return { kind: 'reserve', amount: { ...estimate, micros: next } }
}
