import type { ModelId, ProviderId, RouteId } from './ids.ts'
import type { Lifecycle } from './model.ts'

/** The catalogue with its sources, as the settings show it. */
export interface CatalogueView {
  /** The person's own files lie here; for people to read. */
  readonly folder: string
  /** Files that are not used, and why. */
  readonly problems: readonly CatalogueProblem[]
  /** By name. */
  readonly models: readonly ModelDetails[]
}

export interface CatalogueProblem {
  readonly file: string
  readonly place: string
  readonly message: string
  readonly mend: string
}

export interface ModelDetails {
  readonly id: ModelId
  readonly name: string
  readonly creator: string
  readonly lifecycle: Lifecycle
  /** It comes from, or was changed by, a file of the person's own. */
  readonly isOwn: boolean
  readonly source: string
  /** ISO day. */
  readonly checkedOn: string
  readonly routes: readonly RouteDetails[]
}

export interface RouteDetails {
  readonly id: RouteId
  readonly provider: ProviderId
  readonly providerName: string
  /** Used only where it is asked for by name. */
  readonly byNameOnly: boolean
  /** Empty: no price is known. */
  readonly prices: readonly PriceLine[]
  /** E.g. `not offered by Lumenfall on 2026-11-22`; null: it is, or nobody asked. */
  readonly notOffered: string | null
}

/** What came of asking one provider for its list. */
export interface ProviderAsked {
  readonly provider: ProviderId
  readonly name: string
  /** How many endpoints it lists; null: it did not say. */
  readonly listed: number | null
  /** Why it did not say; null when it did. */
  readonly trouble: string | null
}

export interface PriceLine {
  /** E.g. `$0.18 a second`. */
  readonly text: string
  /** E.g. `at 1080p, with sound`; empty: always. */
  readonly when: string
  readonly checkedOn: string
  readonly source: string
}
