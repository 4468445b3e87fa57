import type { BatchId, JobId, ProviderId, TakeId } from '../shared/domain/ids.ts'
import type { BatchPlan, BatchView, Cap, StatusCounts } from '../shared/domain/batch.ts'
import type { JobView, NeedsYou } from '../shared/domain/job.ts'
import type {
  JobDetail,
  JobFilter,
  LaneView,
  Page,
  TakeCounts,
  TakeFilter,
  TakeOrder,
  TakePatch,
  TonightView,
} from '../shared/domain/views.ts'
import type { Money } from '../shared/domain/money.ts'
import type { Result } from '../shared/domain/result.ts'
import type { TakeView } from '../shared/domain/take.ts'

/**
 * The engine as its two faces (app and command line) see it; `compose.ts` builds it. One engine per
 * data folder: `start` takes the lock. `Queries` alone need no lock (`openReader`).
 */
export interface Engine {
  readonly queries: Queries
  readonly commands: Commands
  /** Every subscription returns its unsubscribe. Listeners must not throw. */
  subscribe(listener: (event: EngineEvent) => void): () => void
  /** Begins to claim and work. Recovery happened when the engine was opened. */
  start(options: StartOptions): void
  /** Resolves when no job in scope can go on by itself: each is terminal or waits for a person or a cap. */
  settled(scope: { readonly batchId?: BatchId | undefined }): Promise<void>
  /** Stops claiming, lets creates that left get their answer, saves, frees the lock. Remote work goes on. */
  stop(): Promise<void>
}

export interface StartOptions {
  /** True: work that was admitted for the night waits for its window. False: everything starts at once. */
  readonly obeyWindows: boolean
}

/** Why an engine did not open. */
export type OpenError =
  | { readonly code: 'heldByOther'; readonly message: string }
  | { readonly code: 'newerSchema' | 'databaseBroken' | 'folderUnusable'; readonly message: string }

export type EngineEvent =
  | { readonly type: 'job'; readonly job: JobView }
  | { readonly type: 'take'; readonly take: TakeView }
  | { readonly type: 'needsYou'; readonly needs: NeedsYou }
  | { readonly type: 'batch'; readonly batchId: BatchId }
  | { readonly type: 'lanes' }
  /** Claims stopped or go on: disk, journal, window. */
  | { readonly type: 'halted'; readonly code: string; readonly message: string }
  | { readonly type: 'resumed' }

/** Reads only; safe beside a running engine of another process. Everything is paged or aggregated. */
export interface Queries {
  tonight(): TonightView
  counts(batchId?: BatchId): StatusCounts
  batches(filter: { readonly unfinishedOnly?: boolean | undefined }): readonly BatchView[]
  batch(id: BatchId): BatchView | null
  unfinishedBatchByDigest(digest: string): BatchId | null
  /** In queue order: batch priority and admission, then position. `limit` at most 500. */
  jobs(query: {
    readonly filter: JobFilter
    readonly after: string | null
    readonly limit: number
  }): Page<JobView>
  job(id: JobId): JobDetail | null
  /** Jobs changed after a revision, oldest first, for patches. */
  jobsSince(revision: number, limit: number): readonly JobView[]
  takes(query: {
    readonly filter: TakeFilter
    readonly order: TakeOrder
    readonly after: string | null
    readonly limit: number
  }): Page<TakeView>
  take(id: TakeId): TakeView | null
  takeCounts(filter: TakeFilter): TakeCounts
  lanes(): readonly LaneView[]
  needsYou(): readonly NeedsYou[]
  spend(
    by: 'day' | 'provider' | 'model' | 'batch',
  ): readonly { readonly key: string; readonly jobs: number; readonly spent: Money }[]
}

/** What a person (or a script) may ask. Every call is durable when it returns. */
export interface Commands {
  /** All or nothing. */
  admit(
    plan: BatchPlan,
    options: { readonly again: boolean },
  ): Promise<Result<Admitted, { readonly code: string; readonly message: string }>>
  cancel(target: JobTarget): Promise<CancelReport>
  /** New jobs with `retryOfJobId` for failed and cancelled ones; those with unsettled money are skipped and listed. */
  retry(target: JobTarget): Promise<RetryReport>
  pause(target: PauseTarget): Promise<void>
  resume(target: PauseTarget): Promise<void>
  setBatchCap(batchId: BatchId, cap: Cap | null): Promise<void>
  resolve(
    jobId: JobId,
    how: Resolution,
  ): Promise<Result<void, { readonly code: string; readonly message: string }>>
  /** The person has seen that journal and database differed (money rule 13). */
  acceptMerge(): Promise<void>
  updateTakes(ids: readonly TakeId[], patch: TakePatch): Promise<void>
}

export interface Admitted {
  readonly batchId: BatchId
  readonly jobs: number
  readonly estimate: Money | null
}
export type JobTarget =
  | { readonly jobs: readonly JobId[] }
  | { readonly batches: readonly BatchId[] }
  | { readonly all: true }
export type PauseTarget = JobTarget | { readonly lane: { readonly provider: ProviderId } }
export interface CancelReport {
  readonly cancelled: number
  /** Rendering already: the flag is set, the end comes with the provider's answer. */
  readonly requested: number
  readonly alreadyDone: number
  /** A word on what may still be billed, one per provider. */
  readonly notes: readonly string[]
}
export interface RetryReport {
  readonly jobIds: readonly JobId[]
  readonly skipped: readonly { readonly jobId: JobId; readonly why: string }[]
}
export type Resolution =
  | { readonly kind: 'adopt'; readonly operationId: string }
  | { readonly kind: 'sendAgain' }
  | { readonly kind: 'giveUp' }
  | { readonly kind: 'retryDownload' }
