import type { CredentialId, ProviderId, RouteId } from '../../../shared/domain/ids.ts'
import { CHARGED_MORE } from '../../jobs/laneHolds.ts'
import { PAUSED_ROUTE } from '../../jobs/routeHolds.ts'
import { openReader } from '../openReader.ts'
import { text } from '../jobStore/readers.ts'

/** What the queue has found held: a hint for plans, not a rule; the claim looks for itself. */
export interface HeldWays {
  readonly lanes: readonly { readonly provider: ProviderId; readonly credential: CredentialId }[]
  readonly routes: readonly RouteId[]
}
export const NOTHING_HELD: HeldWays = Object.freeze({ lanes: [], routes: [] })

/** Lanes that wait for a person or reach nobody, and models that failed alike; nothing where no database can be read. */
export function heldWays(path: string): HeldWays {
  const db = openReader(path)
  if (!db.ok) return NOTHING_HELD
  try {
    const lanes = db.value.all(
      `SELECT provider, credential FROM lanes WHERE paused = 0 AND ((needsPerson = 0 AND unreachableTries > 1)
         OR (needsPerson = 1 AND json_valid(heldReason) AND heldReason ->> 'code' <> ?))
       ORDER BY provider, credential`,
      [CHARGED_MORE],
    )
    const routes = db.value.all(
      `SELECT route FROM route_failures WHERE heldAt IS NOT NULL AND reason ->> 'code' <> ? ORDER BY route`,
      [PAUSED_ROUTE],
    )
    return {
      lanes: lanes.map((row) => ({
        provider: text(row['provider']),
        credential: text(row['credential']),
      })),
      routes: routes.map((row) => text(row['route'])),
    }
  } finally {
    db.value.close()
  }
}
