import type { ModelId, ProviderId, RouteId } from './ids.ts'
import type { Money } from './money.ts'

/** What a provider says that one kind of job of a plan costs, beside what the catalogue says. */
export interface PriceAsked {
  readonly provider: ProviderId
  readonly name: string
  readonly model: ModelId
  readonly modelName: string
  readonly route: RouteId
  readonly durationSeconds: number
  /** Jobs of this kind. */
  readonly jobs: number
  /** Of one job; null: no known price. */
  readonly catalogue: Money | null
  /** Of one job; null: it did not say. */
  readonly said: Money | null
  /** Why it did not say; null when it did. */
  readonly trouble: string | null
  /** The question was taken for an order. */
  readonly isBought: boolean
}

export interface AskedPrices {
  /** Epoch ms. */
  readonly askedAt: number
  readonly prices: readonly PriceAsked[]
  /** Kinds of job beyond the bound, which were not asked for. */
  readonly unasked: number
}
