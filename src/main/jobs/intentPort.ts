import type { CredentialId, JobId, ProviderId } from '../../shared/domain/ids.ts'
import type { JobError } from '../../shared/domain/errors.ts'
import type { Operation } from '../../shared/domain/job.ts'
import type { WireRequest } from '../providers/spec.ts'
import type { IntentId, JobRow } from './jobRow.ts'
import type { IntentOutcome } from './recovery.ts'

/** Creates from before their first byte leaves until their outcome is known, and what they made. */
export interface IntentTx {
  insertIntent(intent: NewIntent): void
  intent(id: IntentId): IntentRow | null
  updateIntent(id: IntentId, patch: IntentPatch): void
  /** Unknown intents whose provider is due to be asked. */
  dueIntents(now: number): readonly IntentRow[]
  /** Begun and never answered: while no engine sends, by one that is gone. */
  openIntents(): readonly { readonly id: IntentId; readonly provider: ProviderId }[]
  /** Under whichever key: two keys may lead to one account, whose list shows it to both. */
  twinInFlight(provider: ProviderId, fingerprint: string): boolean
  /** Every watched intent of that fingerprint whose outcome is unknown, oldest first. */
  unknownTwins(
    provider: ProviderId,
    credential: CredentialId,
    fingerprint: string,
  ): readonly IntentRow[]
  /** False when another job owns it; an earlier create of the same job may, whose clip it then is. */
  addOperation(entry: {
    readonly job: JobRow
    readonly intentId: IntentId | null
    readonly operation: Operation
    readonly at: number
  }): boolean
  /** Under whichever key: two keys may lead to one account. */
  operationOwner(
    provider: ProviderId,
    operationId: string,
  ): { readonly jobId: JobId; readonly intentId: IntentId | null } | null
}

export interface NewIntent {
  readonly id: IntentId
  readonly job: JobRow
  readonly credential: CredentialId
  readonly endpoint: string
  readonly wire: WireRequest
  readonly bodySha256: string
  readonly at: number
}
export interface IntentRow {
  readonly id: IntentId
  readonly jobId: JobId
  readonly intentNo: number
  readonly version: number
  readonly provider: ProviderId
  readonly credential: CredentialId
  readonly endpoint: string
  /** Where it was sent. */
  readonly url: string
  /** Null once settled: the bytes are no longer needed. */
  readonly wire: WireRequest | null
  readonly bodySha256: string
  readonly fingerprint: string
  readonly submitStartedAt: number
  readonly sends: number
  readonly lastSentAt: number
  readonly outcome: IntentOutcome
  readonly passes: number
  readonly nextLookAt: number | null
  readonly watchUntil: number | null
  readonly error: JobError | null
}
export interface IntentPatch {
  readonly outcome?: IntentOutcome
  readonly sends?: number
  readonly lastSentAt?: number
  readonly passes?: number
  readonly nextLookAt?: number | null
  readonly watchUntil?: number | null
  readonly error?: JobError | null
  readonly settledAt?: number
  readonly settledBy?: 'answer' | 'list' | 'sameKey' | 'person' | 'recovery'
}
