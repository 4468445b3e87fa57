import type { BatchId, CredentialId, ProviderId, RouteId } from '../../shared/domain/ids.ts'
import type { JobRow } from './jobRow.ts'
import type { Creates, LaneState } from './lanes.ts'
import type { RouteTrouble } from './routeHolds.ts'

/** What a transaction knows of lanes and of routes in trouble. */
export interface LaneTx {
  lane(provider: ProviderId, credential: CredentialId): LaneState
  /** Keys of a provider whose lane was ever held or paused. */
  lanesOf(provider: ProviderId): readonly CredentialId[]
  setLane(provider: ProviderId, credential: CredentialId, patch: Partial<LaneState>): void
  /** What a route failed with lately; null after a success. */
  routeTrouble(route: RouteId): RouteTrouble | null
  setRouteTrouble(trouble: RouteTrouble): void
  clearRouteTrouble(route: RouteId): void
  someJobOf(route: RouteId): JobRow | null
  /** Held routes that jobs of a batch on a provider wait for. */
  heldRoutes(query: {
    readonly batchId: BatchId
    readonly provider: ProviderId
  }): readonly RouteTrouble[]
  /** Jobs that wait and were surely never sent, whose rows named no provider, in the order of claims. */
  movable(query: {
    readonly batchId: BatchId
    readonly provider: ProviderId
    /** Null: on any. */
    readonly routes: readonly RouteId[] | null
    readonly now: number
    readonly limit: number
  }): readonly JobRow[]
  laneUse(provider: ProviderId, credential: CredentialId): LaneUse
  /** What was sent since then, and what is claimed and about to be. */
  createsSince(provider: ProviderId, credential: CredentialId, since: number): Creates
}

export interface LaneUse {
  readonly used: number
  /** In submit, and touched by this engine right now. */
  readonly sending: number
  readonly unsettled: number
  /** When one of them is looked for next before the person is asked, epoch ms; null: none is. */
  readonly settlingAt: number | null
}
