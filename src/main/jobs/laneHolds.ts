import type { JobError } from '../../shared/domain/errors.ts'
import type { CredentialId, ProviderId } from '../../shared/domain/ids.ts'
import type { LaneTx } from './lanePort.ts'
import type { LaneState } from './lanes.ts'

/** A bill that was not foreseen: every order stops until the person has seen it (money rule 20). */
export const CHARGED_MORE = 'CHARGED_MORE'

/** Of a job: null when it has no key yet, and no lane. */
interface Lane {
  readonly provider: ProviderId
  readonly credential: CredentialId | null
}

/**
 * Holds a lane. What only the person can answer stays its reason whatever comes after, except a bill:
 * else a wait that ends, or a refusal that is taken back, would let it go.
 */
export function holdLane(
  tx: LaneTx,
  { provider, credential }: Lane,
  hold: Partial<LaneState> & { readonly heldReason: JobError },
): void {
  if (credential === null) return
  const { needsPerson, heldReason } = tx.lane(provider, credential)
  // A refused key may be answered again: what needs the person more surely takes its place.
  const givesWay =
    hold.heldReason.code === CHARGED_MORE ||
    (hold.needsPerson === true && heldReason?.kind === 'auth')
  const stands = needsPerson && heldReason !== null && !givesWay
  tx.setLane(provider, credential, stands ? { ...hold, heldReason } : hold)
}

/** Lets a lane go that this refused key holds, and nothing else. Gives whether it did. */
export function endRefusal(
  tx: LaneTx,
  { provider, credential }: { readonly provider: ProviderId; readonly credential: CredentialId },
  { kind, code, message }: JobError,
): boolean {
  const { needsPerson, heldReason } = tx.lane(provider, credential)
  const isSame = heldReason?.code === code && heldReason.message === message
  if (kind !== 'auth' || !needsPerson || !isSame) return false
  tx.setLane(provider, credential, { needsPerson: false, heldReason: null })
  return true
}
