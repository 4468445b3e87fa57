import type { ErrorKind } from '../../shared/domain/errors.ts'
import type { StatusCounts } from '../../shared/domain/batch.ts'
import type { Money } from '../../shared/domain/money.ts'

/** What a night came to: written as JSON, and drawn as a page. Times are epoch ms. */
export interface NightReport {
  readonly version: 1
  /** ISO day on whose evening the night began. */
  readonly night: string
  readonly from: number
  readonly to: number
  readonly timeZone: string
  readonly writtenAt: number
  /** Ended in this night, and what is left now. */
  readonly counts: StatusCounts
  /** The night plan in words. */
  readonly window: string
  readonly budget: NightBudget
  readonly batches: readonly {
    readonly name: string
    readonly succeeded: number
    readonly failed: number
  }[]
  readonly spend: readonly SpendLine[]
  readonly failures: readonly FailureLine[]
  readonly slowest: readonly SlowTake[]
  readonly needsYou: readonly NeedLine[]
  /** Caps, keys, lanes and models that hold work back until a person acts. */
  readonly held: readonly HeldLine[]
  /** Some of the takes, for the page. */
  readonly takes: readonly ReportTake[]
  readonly takeCount: number
}

export interface NeedLine {
  readonly row: number
  readonly batch: string
  readonly message: string
}
export interface HeldLine {
  /** A sentence without its full stop. */
  readonly words: string
  /** Of a cap or a missing key; null: over all batches. */
  readonly batch: string | null
  readonly jobs: number
}
export interface NightBudget {
  /** Null: no cap is set for a night. */
  readonly cap: Money | null
  /** Allowed above it for this night alone. */
  readonly extraMicros: number
  /** Confirmed, per currency. */
  readonly spent: readonly Money[]
  /** Reserved for what still runs, or in doubt. */
  readonly held: readonly Money[]
}
export interface SpendLine {
  readonly provider: string
  readonly providerName: string
  readonly model: string
  readonly takes: number
  readonly spent: Money | null
  /** Delivered without a price or a bill: what they cost nobody here knows. */
  readonly unpriced: number
}
export interface FailureLine {
  readonly kind: ErrorKind
  readonly code: string
  readonly provider: string
  readonly providerName: string
  readonly jobs: number
  /** Of the latest one. */
  readonly message: string
}
export interface SlowTake {
  readonly prompt: string
  readonly model: string
  readonly provider: string
  readonly providerName: string
  readonly renderMs: number
}
export interface ReportTake {
  readonly row: number
  readonly take: number
  readonly prompt: string
  readonly model: string
  readonly path: string
  readonly posterPath: string | null
}
