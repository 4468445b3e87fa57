import type { ProviderId, RouteId } from '../../shared/domain/ids.ts'
import type { ErrorKind, JobError } from '../../shared/domain/errors.ts'
import type { JobRow } from './jobRow.ts'
import type { JobTx } from './ports.ts'

/** Jobs of one route that failed alike, one after the other, with no clip between them. */
export interface RouteTrouble {
  readonly route: RouteId
  readonly provider: ProviderId
  readonly modelName: string
  readonly failures: number
  /** Of the last one. */
  readonly reason: JobError
  /** Epoch ms; null while it does not hold the route. */
  readonly heldAt: number | null
}

/** So many like failures in a row hold a route until the person releases it: a night is not burned through. */
const LIKE_FAILURES = 3

/** Faults of the request's content are each prompt's own; disk and media are this machine's. */
const COUNTS: readonly ErrorKind[] = [
  'invalidRequest',
  'modelRetired',
  'unavailable',
  'timeout',
  'unknown',
]

/** A job ended as failed at its provider: the third like one in a row holds the route. */
export function noteFailure(
  tx: JobTx,
  { job, error, at }: { job: JobRow; error: JobError; at: number },
): void {
  if (!COUNTS.includes(error.kind)) return
  const before = tx.routeTrouble(job.route)
  const failures = before !== null && isAlike(before.reason, error) ? before.failures + 1 : 1
  const { route, provider, modelName } = job
  const heldAt = before?.heldAt ?? (failures >= LIKE_FAILURES ? at : null)
  tx.setRouteTrouble({ route, provider, modelName, failures, reason: error, heldAt })
}

const isAlike = (one: JobError, other: JobError): boolean =>
  one.kind === other.kind && one.code === other.code

/**
 * Why jobs of a held route wait, in words.
 * @param name of the provider, for people
 */
export const routeHeldWords = (
  { modelName, failures, reason }: RouteTrouble,
  name: string,
): string =>
  reason.code === PAUSED_ROUTE
    ? `${modelName} on ${name} is paused by you`
    : `${modelName} on ${name} failed ${failures} times alike and is held: ${reason.message}`

/** Code of the reason of a route that the person paused. */
export const PAUSED_ROUTE = 'PAUSED_BY_YOU'
