import type { FrameRole, Lifecycle, Mode } from './model.ts'
import type { ModelId, ProviderId, RouteId } from './ids.ts'

/** Values a field may take; null where the model does not take the field at all. */
export interface ModelCapabilities {
  /** Seconds it can make, ascending; for a range its ends. */
  readonly durations: {
    readonly kind: 'list' | 'range'
    readonly seconds: readonly number[]
  } | null
  /** `WxH`. */
  readonly sizes: readonly string[]
  readonly aspectRatios: readonly string[]
  readonly resolutions: readonly string[]
  readonly frameRoles: readonly FrameRole[]
  readonly audio: 'always' | 'optional' | 'never' | null
  readonly seed: boolean
  readonly negativePrompt: boolean
}

/** One provider's way to a model, as a picker shows it. */
export interface RouteOption {
  readonly id: RouteId
  /** What a row names as its model to take this route: the model, or the tier by its own name. */
  readonly choice: string
  /** E.g. `standard`, where its provider has the model in several tiers; null: the one that a row gets unasked. */
  readonly tier: string | null
  readonly provider: ProviderId
  readonly providerName: string
  /** E.g. `$0.18 a second`; null: no known price. */
  readonly priceText: string | null
  /** Why it cannot be used now, with what to do; null when it can. */
  readonly unusable: string | null
  /** What speaks against it, though it can be chosen, e.g. `not offered by Lumenfall on 2026-11-22`. */
  readonly warning: string | null
}

/** A model as the picker shows it. */
export interface ModelOption {
  readonly id: ModelId
  readonly name: string
  readonly creator: string
  readonly modes: readonly Mode[]
  readonly lifecycle: Lifecycle
  readonly capabilities: ModelCapabilities
  readonly routes: readonly RouteOption[]
  /** The way that is taken where no provider is named, for a plain request; null: none can be. */
  readonly preferred: RouteId | null
  /** Why it cannot be used now; null when one of its routes can. */
  readonly unusable: string | null
}

export interface ProviderOption {
  readonly id: ProviderId
  readonly name: string
  /** False: nothing is ever charged. */
  readonly paid: boolean
  readonly key:
    | { readonly state: 'notNeeded' }
    | { readonly state: 'missing'; readonly variable: string }
    | {
        readonly state: 'present'
        readonly variable: string
        /** Kept by Dailies, or brought by the environment. */
        readonly from: 'kept' | 'environment'
        readonly count: number
      }
  /** Can be asked what jobs cost, once its key is here. */
  readonly saysPrices: boolean
  /** Jobs at once. */
  readonly concurrency: number
}
