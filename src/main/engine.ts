import type {
  BatchId,
  CredentialId,
  JobId,
  ProviderId,
  RouteId,
  TakeId,
} from '../shared/domain/ids.ts'
import type { Asks } from '../shared/domain/asks.ts'
import type { BatchPlan, BatchView, Cap, StatusCounts } from '../shared/domain/batch.ts'
import type { JobRequest, JobView, NeedsYou, Operation, PlannedJob } from '../shared/domain/job.ts'
import type { JobError } from '../shared/domain/errors.ts'
import type {
  FailureGroup,
  JobDetail,
  JobFilter,
  CapView,
  DeletedTakes,
  HoldView,
  PriceAccuracy,
  LaneView,
  MoveView,
  Page,
  Rest,
  ProjectView,
  QueueFacets,
  TakeCounts,
  TakeFacets,
  TakeFilter,
  TakeOrder,
  TakePatch,
  TonightView,
  TrashSize,
  Waits,
} from '../shared/domain/views.ts'
import type { Money } from '../shared/domain/money.ts'
import type {
  Admitted,
  CancelReport,
  ChangeReport,
  RetryReport,
  UndoId,
  UndoReport,
} from '../shared/ipc/reports.ts'
import type { Result } from '../shared/domain/result.ts'
import type { NightWindow } from '../shared/schedule/nightWindow.ts'
import type { TakeView } from '../shared/domain/take.ts'
import type { WireRequest } from './providers/spec.ts'

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
  /** Something changed outside: the night plan, the power, the clock. Looks at once. */
  look(): void
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
  /** More of its file is here; nothing else of it changed. */
  | { readonly type: 'arriving'; readonly job: JobView }
  | { readonly type: 'take'; readonly take: TakeView }
  | { readonly type: 'needsYou'; readonly needs: NeedsYou }
  | { readonly type: 'batch'; readonly batchId: BatchId }
  | { readonly type: 'lanes' }
  /** Claims stopped or go on: disk, journal, window. */
  | { readonly type: 'halted'; readonly code: string; readonly message: string }
  | { readonly type: 'resumed' }
  /** A night window opened or closed. */
  | { readonly type: 'window'; readonly kind: NightWindow['kind'] }
  /** What is left changed: work, the next window, a person, or nothing. */
  | { readonly type: 'rest'; readonly rest: Rest }

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
  /** Of all jobs that a filter shows, in queue order; at most `MOST_CHOSEN`. */
  jobIds(filter: JobFilter): readonly JobId[]
  /** What the filters of the queue offer, with live counts. */
  facets(filter: JobFilter): QueueFacets
  projects(): readonly ProjectView[]
  /** Of the failed jobs that a filter shows. */
  failures(filter: JobFilter): readonly FailureGroup[]
  /** Why jobs wait, the commonest reason first. */
  waits(scope: {
    readonly batchId?: BatchId | undefined
    readonly project?: string | undefined
  }): readonly Waits[]
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
  takeFacets(filter: TakeFilter): TakeFacets
  /** Of these takes; null: of the whole trash. */
  trashSize(ids: readonly TakeId[] | null): TrashSize
  lanes(): readonly LaneView[]
  /** What holds jobs back until a person acts or a time comes: lanes and models in trouble. */
  holds(): readonly HoldView[]
  /** Jobs that went another way to their model than planned. */
  moves(batchId?: BatchId): readonly MoveView[]
  /** Bills against estimates, where the provider tells its own figure. */
  priceAccuracy(): readonly PriceAccuracy[]
  /** The caps that stand now, what they hold already, and how many jobs wait for them. */
  caps(): readonly CapView[]
  /** Oldest first; all without a limit. */
  needsYou(limit?: number): readonly NeedsYou[]
  /** What else waits for a person: holds, caps, keys, failures by cause. */
  asks(): Asks
  spend(
    by: 'day' | 'provider' | 'model' | 'batch' | 'project',
    /** Of its batches alone. */
    project?: string,
  ): readonly { readonly key: string; readonly jobs: number; readonly spent: Money }[]
  /** Providers that have or had anything to do; the others are left out. */
  providerUse(): readonly ProviderUse[]
}

export interface ProviderUse {
  readonly provider: ProviderId
  /** Jobs that are, or may be, at the provider, by the key that sent them. */
  readonly openByKey: Readonly<Record<CredentialId, number>>
  /** Confirmed since midnight and since the first of the month here, one amount a currency. */
  readonly spentToday: readonly Money[]
  readonly spentThisMonth: readonly Money[]
  /** The newest failure of the last day. */
  readonly lastError: { readonly at: number; readonly error: JobError } | null
}

/** What a person (or a script) may ask. Every call is durable when it returns. */
export interface Commands {
  /** All or nothing. */
  admit(plan: BatchPlan, options: { readonly again: boolean }): Promise<Result<Admitted, Refusal>>
  /** `unsentOnly`: what runs or is in doubt goes on. */
  cancel(target: JobTarget, options?: { readonly unsentOnly: boolean }): Promise<CancelReport>
  /** New jobs with `retryOfJobId` for failed and cancelled ones; those with unsettled money are skipped and listed. */
  retry(
    target: RetryTarget,
    /** `despiteDoubt`: also what may have been charged; the person was told that it may pay twice. */
    options?: { readonly despiteDoubt: boolean },
  ): Promise<RetryReport>
  /** Nothing new starts; what runs is finished. With `hold` looks and downloads rest too (all only). */
  pause(target: PauseTarget, options?: { readonly hold: boolean }): Promise<ChangeReport>
  resume(target: PauseTarget): Promise<ChangeReport>
  /** Jobs that wait change places within their batches; those under way or done are skipped. */
  move(jobs: readonly JobId[], to: MoveTo): Promise<ChangeReport>
  /** -1, 0 or 1; the higher goes first, over all batches. */
  setPriority(target: JobTarget, priority: number): Promise<ChangeReport>
  /** The batch stops before these jobs and asks; off: it goes on. */
  setBreakPoint(jobs: readonly JobId[], isOn: boolean): Promise<ChangeReport>
  /** Another request for a job that waits. Refused once a create of it may have left. */
  edit(jobId: JobId, request: JobRequest): Promise<Result<ChangeReport, Refusal>>
  /** What a job asks for now, to edit it from; refused as `edit` is. */
  requestOf(jobId: JobId): Result<JobRequest, Refusal>
  /** Once more, right after each; the same request. */
  duplicate(jobs: readonly JobId[]): Promise<ChangeReport>
  /** Clears ended jobs from the queue; their takes and their money stay. */
  prune(target: JobTarget): Promise<ChangeReport>
  /** Takes a change back, as far as nothing moved on since. */
  undo(id: UndoId): Promise<UndoReport>
  /** Further takes of jobs that ran, in their own batches and under their caps. */
  runAgain(wishes: readonly RunAgainWish[]): Promise<RunAgainReport>
  /** For every night or every month; null: none. */
  setPeriodCap(scope: PeriodScope, cap: Cap | null): Promise<void>
  /** Ways on for jobs that a cap holds back. */
  answerCap(answer: CapAnswer): Promise<Result<void, Refusal>>
  setProject(name: string, patch: ProjectPatch): Promise<void>
  setBatchCap(batchId: BatchId, cap: Cap | null): Promise<void>
  resolve(jobId: JobId, how: Resolution): Promise<Result<void, Refusal>>
  /** The person has seen that journal and database differed (money rule 13). */
  acceptMerge(): Promise<void>
  updateTakes(ids: readonly TakeId[], patch: TakePatch): Promise<void>
  /**
   * Deletes the files of these takes, as far as they are in the trash, for good; null: of the whole trash.
   * What they cost and what was said of them stays.
   */
  deleteTakes(ids: readonly TakeId[] | null): Promise<DeletedTakes>
  /** A key or a limit changed: what waited for it may go on. */
  lookAgain(): Promise<void>
  /** What a price question bought becomes a job under way, charged and delivered (money rule 21). */
  recordPurchase(purchase: Purchase): Promise<void>
}

/** A price question that a server took for an order. */
export interface Purchase extends Pick<
  PlannedJob,
  'prompt' | 'provider' | 'model' | 'modelName' | 'route' | 'request' | 'estimate'
> {
  readonly credential: CredentialId
  readonly wire: WireRequest
  readonly askedAt: number
  readonly operation: Operation
}

export type JobTarget =
  | { readonly jobs: readonly JobId[] }
  | { readonly batches: readonly BatchId[] }
  | { readonly all: true }
/** Jobs that failed for one reason, among those that a filter shows. */
export interface FailureTarget {
  readonly failure: FailureCause
  readonly filter: JobFilter
}
export interface FailureCause {
  readonly kind: string
  readonly code: string
  /** Null: the provider did not say; undefined: whichever. */
  readonly refusedPart?: string | null | undefined
  /** Epoch ms: those that ended later. */
  readonly since?: number | undefined
}
export type RetryTarget = JobTarget | FailureTarget
export type MoveTo =
  | { readonly place: 'top' | 'bottom' }
  /** From 1, among those of its batch that wait. */
  | { readonly place: number }
  | { readonly before: JobId }
  | { readonly after: JobId }
/** What is absent stays. */
export interface ProjectPatch {
  /** Where takes of its next batches go; null: where all go. */
  readonly outDir?: string | null
  readonly cap?: Cap | null
}
export interface Refusal {
  readonly code: string
  readonly message: string
}
export type PeriodScope = 'night' | 'month'
export interface CapAnswer {
  /** `once`: for the running night or month alone. */
  readonly how: 'raise' | 'once'
  readonly scope: PeriodScope
  /** All that the running period may cost then; what allows so much already stays. */
  readonly upTo: Cap
}
export type PauseTarget =
  | JobTarget
  | { readonly lane: { readonly provider: ProviderId } }
  /** Every job of one way to a model; resuming it also releases it when it failed too often. */
  | { readonly route: RouteId }
export type Resolution =
  | { readonly kind: 'adopt'; readonly operationId: string }
  | { readonly kind: 'sendAgain' }
  | { readonly kind: 'giveUp' }
  | { readonly kind: 'retryDownload' }
export interface RunAgainWish {
  readonly jobId: JobId
  /** Null: the very same request. Else with a fresh seed, under this name where the route takes one. */
  readonly newSeed: { readonly field: string | null } | null
}
export interface RunAgainReport {
  readonly jobIds: readonly JobId[]
  readonly skipped: readonly { readonly jobId: JobId; readonly why: string }[]
}
