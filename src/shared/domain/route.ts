import type { Capabilities, FieldMap, OptionType, PriceRule } from './catalogue.ts'
import type { ModelId, ProviderId, RouteId } from './ids.ts'
import type { JsonObject } from './json.ts'
import type { Lifecycle, Mode } from './model.ts'

/** One route in one mode, with everything inherited already merged in: model, then route, then mode. */
export interface RouteMode {
  readonly endpoint: string
  readonly fields: FieldMap
  readonly constants: JsonObject
  readonly options: Readonly<Record<string, OptionType>>
  readonly capabilities: Capabilities
}

/** One provider's way to one model, ready to normalise against. */
export interface Route {
  readonly id: RouteId
  readonly provider: ProviderId
  readonly model: ModelId
  readonly modes: Readonly<Partial<Record<Mode, RouteMode>>>
  readonly prices: readonly PriceRule[]
  /** The provider's choice when no model is named. */
  readonly isDefault: boolean
  /** Pins a gateway to one upstream: used only when asked for by name. */
  readonly byNameOnly: boolean
  readonly typicalRenderSeconds?: number | undefined
  readonly bytesPerSecond?: number | undefined
  readonly source: string
  readonly checkedOn: string
}

/** A model of the catalogue with its routes in order of preference. */
export interface Model {
  readonly id: ModelId
  readonly name: string
  readonly creator: string
  readonly lifecycle: Lifecycle
  /** Every mode that some route has. */
  readonly modes: readonly Mode[]
  readonly routes: readonly Route[]
  readonly source: string
  readonly checkedOn: string
  /** True when it comes from, or was changed by, a file of the person's own. */
  readonly isOwn: boolean
}
