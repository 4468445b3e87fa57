import type {
  CredentialId,
  JobId,
  BatchId,
  ModelId,
  ProviderId,
  RouteId,
} from '../../shared/domain/ids.ts'
import type { JobError } from '../../shared/domain/errors.ts'
import type {
  JobStatus,
  JobStep,
  NeedsYouAction,
  Operation,
  RouteMove,
} from '../../shared/domain/job.ts'
import type { Mode } from '../../shared/domain/model.ts'
import type { Money } from '../../shared/domain/money.ts'
import type { OutputSource } from '../providers/spec.ts'

/** Far enough to mean "not by the clock": something else moves the job on. */
export const NEVER = 8_640_000_000_000_000

/** A job as the queue works on it. The request stays on disk until the step that needs it. */
export interface JobRow {
  readonly seq: number
  readonly id: JobId
  readonly batchId: BatchId
  readonly row: number
  readonly take: number
  readonly prompt: string
  readonly provider: ProviderId
  readonly credential: CredentialId | null
  readonly model: ModelId
  readonly modelName: string
  readonly route: RouteId
  readonly mode: Mode
  readonly estimate: Money | null
  readonly status: JobStatus
  readonly step: JobStep
  /** Number of the engine run that touches it now. */
  readonly lease: number | null
  /** Epoch ms; `NEVER` when the clock does not decide. */
  readonly runAt: number
  /** Creates that came to nothing; what makes a job fail in the end. */
  readonly attempt: number
  /** Failures of this step since it began: looks without an answer, links that expired. */
  readonly tries: number
  readonly checks: number
  /** Links that had died and were asked for anew. */
  readonly renewals: number
  readonly misses: number
  /** Creates begun so far. */
  readonly intentNo: number
  /** The create that its operation and money belong to; an extra take has another job's. */
  readonly intentId: IntentId | null
  readonly operation: Operation | null
  readonly outputs: readonly OutputSource[] | null
  readonly progress: number | null
  readonly providerState: ProviderState | null
  readonly error: JobError | null
  readonly needsYou: NeedsYouNote | null
  readonly cancelRequested: boolean
  readonly cancelSent: boolean
  readonly cancelNote: string | null
  readonly paused: boolean
  readonly priority: number
  readonly position: number
  /** The batch stops before it and asks. */
  readonly breakPoint: boolean
  /** Other ways to its model that it was given, oldest first. */
  readonly moves: readonly RouteMove[]
  /** Cleared away by the person; its money and its takes stay. */
  readonly hidden: boolean
  readonly firstFrameSha256: string | null
  readonly createdAt: number
  readonly submittedAt: number | null
  /** When a look first said that the render succeeded. */
  readonly renderedAt: number | null
  readonly startedAt: number | null
  readonly finishedAt: number | null
  readonly revision: number
}

export interface ProviderState {
  readonly kind: 'queued' | 'running'
  readonly position?: number | undefined
}

export interface NeedsYouNote {
  readonly code: string
  readonly message: string
  readonly evidence: readonly string[]
  readonly actions: readonly NeedsYouAction[]
  /** Nothing of it can have been charged; absent: it may have been. */
  readonly isUnpaid?: boolean | undefined
}

/** What a transition changes. */
export type JobPatch = Partial<
  Omit<
    JobRow,
    | 'seq'
    | 'id'
    | 'batchId'
    | 'row'
    | 'take'
    | 'prompt'
    | 'revision'
    | 'createdAt'
    | 'firstFrameSha256'
  >
>

/** `jobId:intentNo`: names the create call and is its idempotency key. */
export type IntentId = `${JobId}:${number}`
export const intentIdOf = (jobId: JobId, intentNo: number): IntentId => `${jobId}:${intentNo}`

/** The create that a claimed job stands on. @throws TypeError for a job that was never claimed (a bug) */
export function intentOf(job: JobRow): IntentId {
  if (job.intentId === null) throw new TypeError(`${job.id} was never claimed`)
  return job.intentId
}

export type PlaceInBatch = Pick<JobRow, 'priority' | 'position' | 'seq'>

/** The order of claims within a batch. */
export const inOrder = (a: PlaceInBatch, b: PlaceInBatch): number =>
  b.priority - a.priority || a.position - b.position || a.seq - b.seq
