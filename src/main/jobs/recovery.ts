import { assertNever } from '../../shared/domain/result.ts'
import type { JobStep } from '../../shared/domain/job.ts'

/** How far the create of a leased job had come when its engine died. */
export type IntentOutcome = 'open' | 'accepted' | 'notSent' | 'refused' | 'unknown' | 'dropped'

/** A job whose lease names an engine run that is gone. */
export interface Orphan {
  readonly step: JobStep
  readonly hasOperation: boolean
  /** Of the current intent number; null when no byte can have left. */
  readonly intent: IntentOutcome | null
}

export type RecoveryDecision =
  /** Nothing of it exists at the provider: reservation released, not an attempt. */
  | 'putBack'
  /** The create may have left: settle it with the provider. */
  | 'settle'
  /** Take the lease off; the step starts again where it was. */
  | 'goOn'

/** What to do with a job after a crash. Pure. */
export function recover(orphan: Orphan): RecoveryDecision {
  if (orphan.step !== 'submit') return 'goOn'
  if (orphan.hasOperation) return 'goOn'
  switch (orphan.intent) {
    case null:
    case 'notSent':
    case 'refused':
    case 'dropped':
      return 'putBack'
    case 'open':
    case 'unknown':
    case 'accepted':
      return 'settle'
    default:
      return assertNever(orphan.intent)
  }
}
