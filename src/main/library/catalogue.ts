import type { ModelId, ProviderId, RouteId } from '../../shared/domain/ids.ts'
import type { Mode } from '../../shared/domain/model.ts'
import type { Money } from '../../shared/domain/money.ts'
import type { Result } from '../../shared/domain/result.ts'
import type { Model, Route } from '../../shared/domain/route.ts'
import type { RoutePreference } from '../../shared/domain/routePreference.ts'
import type { RequestProblem } from '../../shared/normalise/types.ts'

/** Every model that is known, from the app's own files and the person's. */
export interface Catalogue {
  /** Another one: files, keys or base URLs changed, and what was worked out from them may be wrong. */
  readonly revision: string
  /** By id. */
  readonly models: readonly Model[]
  model(id: ModelId): Model | undefined
  /** Also finds routes that are used only by name, such as `lumenfall/fal.sora-2-pro`. */
  route(id: RouteId): Route | undefined
  /** In order of preference, without those used only by name. Empty for an unknown model. */
  routesOf(id: ModelId): readonly Route[]
  /** What a provider uses when no model is named; a retired one where such run. */
  defaultModel(
    provider: ProviderId,
    options?: { readonly includeRetired: boolean },
  ): Model | undefined
  /**
   * In words, that the provider's own list lacked the route when it was last asked; null: it has it, or
   * nobody knows. Lists lag, so it keeps nothing from being sent.
   */
  notOffered(route: Route, endpoint?: string): string | null
  /** False for a retired model where its maker's own service is asked. */
  runsOn(model: Model, provider: ProviderId): boolean
  /** The id that was probably meant, for "Did you mean kling-v3?". */
  suggestion(id: string): ModelId | undefined
  /** The models that a retired or deprecated one names in its place, those still alive. */
  alternatives(id: ModelId): readonly Model[]
  /**
   * One way to make a request: of the routes that have the mode the first, in the person's order of
   * preference where no provider is named; routes whose key is there come before the others. `model`
   * may also be a route id, or on a gateway the name that pins an upstream (`fal/sora-2-pro` on lumenfall).
   * Problems: `noModel`, `unknownModel`, `unknownProvider`, `modelRetired`, `noRoute`, `modeNotOffered`.
   */
  choose(wish: RouteWish): Result<RouteChoice, RequestProblem>
}

export interface RouteWish {
  readonly mode: Mode
  readonly model?: string | undefined
  readonly provider?: ProviderId | undefined
  /** The person insists. */
  readonly allowRetired?: boolean | undefined
  /** In place of what was set in the app. */
  readonly prefer?: RoutePreference | undefined
  /** What the request costs on a route, asked where the price decides; null: not known. */
  readonly costOn?: ((choice: Pick<RouteChoice, 'model' | 'route'>) => Money | null) | undefined
}

/** What of this machine decides which routes can be taken; asked anew at each choice. */
export interface RouteRules {
  /** Retired models run there: a base URL of one's own. */
  readonly allowsRetired: (provider: ProviderId) => boolean
  /** A key is there, or none is needed: such routes come first. */
  readonly isReady: (provider: ProviderId) => boolean
  /** Nothing is sent that way for now, and the person wants another then; such ways come last of those with a key. */
  readonly isHeld?: ((route: Route) => boolean) | undefined
  readonly prefer: () => RoutePreference
  /** Middle of the times that renders took here; null: none yet. */
  readonly renderMs: (route: RouteId) => number | null
  /** What the provider said that it offers; null where it was not asked. Decides nothing, only warns. */
  readonly offers?: ((provider: ProviderId) => Offers | null) | undefined
}

/** What a provider offered on a day. */
export interface Offers {
  readonly providerName: string
  /** Epoch ms. */
  readonly askedAt: number
  readonly endpoints: ReadonlySet<string>
}
export interface RouteChoice {
  readonly model: Model
  readonly route: Route
  /** Every way that could be taken, in the person's order; this one first. */
  readonly ways: readonly Route[]
  /** Why this one of several, in words; null where there was nothing to choose. */
  readonly why: string | null
}

export const isRetired = (model: Model): boolean => model.lifecycle.status === 'retired'
