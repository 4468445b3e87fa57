import type { BatchId, JobId, ModelId, ProviderId, RouteId } from './ids.ts'
import type { AskedShape, RouteRequest } from './generation.ts'
import type { JobError } from './errors.ts'
import type { Mode, Warning } from './model.ts'
import type { Money } from './money.ts'
import type { Json } from './json.ts'

/** What the person sees. The last three are terminal: such a row never opens again. */
export const JOB_STATUSES = [
  'queued', // admitted, never touched
  'running', // something of it exists at the provider, or may; also between polls
  'waiting', // will be tried again at `runAt`; nothing of it exists at the provider
  'needsYou', // money or outcome is in doubt: a person decides
  'succeeded',
  'failed',
  'cancelled',
] as const
export type JobStatus = (typeof JOB_STATUSES)[number]

/** Where the work resumes. */
export const JOB_STEPS = ['submit', 'poll', 'download', 'finish'] as const
export type JobStep = (typeof JOB_STEPS)[number]

export const TERMINAL_STATUSES = [
  'succeeded',
  'failed',
  'cancelled',
] as const satisfies readonly JobStatus[]
export const isTerminal = (status: JobStatus): boolean =>
  (TERMINAL_STATUSES as readonly JobStatus[]).includes(status)

/** The provider's handle for a running generation. `data` is opaque JSON that the adapter wrote and alone reads. */
export interface Operation {
  /** Unique per provider and account. */
  readonly id: string
  readonly version: number
  readonly data: Json
}

/** A job as every screen and `jobs --json` shows it. The request itself is read on demand. */
export interface JobView {
  readonly id: JobId
  readonly batchId: BatchId
  readonly row: number
  readonly take: number
  readonly prompt: string
  readonly provider: ProviderId
  readonly model: ModelId
  readonly modelName: string
  readonly route: RouteId
  readonly mode: Mode
  readonly status: JobStatus
  readonly step: JobStep
  /** In words, why it is where it is; null when the status says all. */
  readonly reason: string | null
  /** Epoch ms at which it goes on, where it waits for the clock; null otherwise. */
  readonly waitsUntil: number | null
  /** Epoch ms at which its render is likely done, by what its route took lately; null where that is not known. */
  readonly expectedFinishAt: number | null
  /** Counted tries of the current step. */
  readonly attempt: number
  /** 0 to 1 where the provider tells. */
  readonly progress: number | null
  readonly operationId: string | null
  readonly error: JobError | null
  readonly estimate: Money | null
  readonly cost: Money | null
  readonly cancelRequested: boolean
  readonly paused: boolean
  readonly priority: number
  readonly position: number
  /** Its batch stops before it and asks. */
  readonly breakPoint: boolean
  /** Epoch ms of the next try or look; null when nothing is due. */
  readonly runAt: number | null
  readonly createdAt: number
  readonly startedAt: number | null
  readonly finishedAt: number | null
  /** File name in the frame store of the first frame, for thumbnails; null without one. */
  readonly firstFrameSha256: string | null
  readonly posterTakeId: string | null
  /** The way to its model that it took last in place of another; null: it goes as planned. */
  readonly moved: RouteMove | null
  readonly revision: number
}

/** A job that was never sent went another way to its model, which the person allowed. */
export interface RouteMove {
  /** Epoch ms. */
  readonly at: number
  readonly from: RouteId
  readonly to: RouteId
  /** E.g. `moved from fal to Replicate because fal refuses the key`. */
  readonly words: string
}

/** Enough of a planned job to admit it. Pure planning makes it; nothing has been written yet. */
export interface PlannedJob {
  readonly row: number
  /** 1-based. */
  readonly take: number
  readonly name: string | null
  readonly tags: readonly string[]
  readonly prompt: string
  /** What the prompt was made from, as the row says it; null where the row says the prompt itself. */
  readonly template?: string | null | undefined
  readonly provider: ProviderId
  readonly model: ModelId
  readonly modelName: string
  readonly route: RouteId
  /** Its row named the provider: no other way is taken for it. Undefined counts as named. */
  readonly routeNamed?: boolean | undefined
  /** Why this way of several, in words. Told before the job exists and kept nowhere. */
  readonly routeWhy?: string | null | undefined
  readonly request: RouteRequest
  /** What was asked for, before the route's own ways; from it the job can be edited. Null: not known any more. */
  readonly asked?: AskedShape | null | undefined
  readonly warnings: readonly Warning[]
  /** The route's maximum for this request; null when no price is known (unpriced). */
  readonly estimate: Money | null
}

/** All that one job asks for, and what is known of it before it is sent. */
export type JobRequest = Pick<
  PlannedJob,
  | 'prompt'
  | 'provider'
  | 'model'
  | 'modelName'
  | 'route'
  | 'routeNamed'
  | 'request'
  | 'warnings'
  | 'estimate'
  | 'asked'
>

/** Why a job needs a person, with what is known and what can be done. */
export interface NeedsYou {
  readonly jobId: JobId
  readonly batchId: BatchId
  readonly row: number
  readonly code: string
  readonly message: string
  readonly evidence: readonly string[]
  readonly actions: readonly NeedsYouAction[]
  /** Nothing of it can have been charged; absent: it may have been. */
  readonly isUnpaid?: boolean | undefined
}

/** All that need a person, and the first `NEEDS_SHOWN` of them. */
export interface Needs {
  readonly count: number
  readonly rows: readonly NeedsYou[]
}

/** In view at once; the next ones follow as these are settled. */
export const NEEDS_SHOWN = 12

export type NeedsYouAction = 'adopt' | 'sendAgain' | 'giveUp' | 'retryDownload'
