import type { CredentialId, ProviderId } from '../shared/domain/ids.ts'
import type { Route } from '../shared/domain/route.ts'
import { heldWays, NOTHING_HELD, type HeldWays } from './storage/queries/heldWays.ts'

export interface HoldSources {
  readonly database: string
  /** The person wants other ways to be taken. */
  readonly isOn: () => boolean
  readonly keysOf: (provider: ProviderId) => readonly CredentialId[]
  /** Monotonic ms. */
  readonly now: () => number
}

/** Which ways to a model are held now, for plans of rows that name no provider. */
export interface Holds {
  isHeld(route: Route): boolean
  /** Another one when what is held changed. */
  stamp(): string
}

/** Rows are planned by the thousand; what is held changes by the minute. */
const READ_EVERY_MS = 2_000

export function createHolds({ database, isOn, keysOf, now }: HoldSources): Holds {
  let known = NOTHING_HELD
  let readAt = Number.NEGATIVE_INFINITY
  const held = (): HeldWays => {
    if (!isOn()) return NOTHING_HELD
    if (now() - readAt >= READ_EVERY_MS) {
      known = heldWays(database)
      readAt = now()
    }
    return known
  }
  return {
    isHeld: ({ id, provider }) => {
      const { lanes, routes } = held()
      if (lanes.length + routes.length === 0) return false
      const keys = keysOf(provider)
      const isLaneHeld = (key: CredentialId): boolean =>
        lanes.some((lane) => lane.provider === provider && lane.credential === key)
      return routes.includes(id) || (keys.length > 0 && keys.every(isLaneHeld))
    },
    stamp: () => JSON.stringify(held()),
  }
}
