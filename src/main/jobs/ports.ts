import type { BatchId, JobId, ProviderId, RouteId, TakeId } from '../../shared/domain/ids.ts'
import type { BatchPlan, Cap, StatusCounts } from '../../shared/domain/batch.ts'
import type { RouteRequest } from '../../shared/domain/generation.ts'
import type { JobError } from '../../shared/domain/errors.ts'
import type { JobRequest, JobStep, Operation } from '../../shared/domain/job.ts'
import type { MediaFacts, TakeView } from '../../shared/domain/take.ts'
import type { Money } from '../../shared/domain/money.ts'
import type { FailureTarget, ProjectPatch } from '../engine.ts'
import type { CapState, PeriodScope } from './budget.ts'
import type { Outstanding } from './halts.ts'
import type { IntentOutcome } from './recovery.ts'
import type { IntentId, JobPatch, JobRow, PlaceInBatch } from './jobRow.ts'
import type { CopyTx } from './copyPort.ts'
import type { IntentTx, NewIntent } from './intentPort.ts'
import type { LaneTx } from './lanePort.ts'
import type { Periods } from './periods.ts'
import type { RenderTimes } from './pollPlan.ts'

/** Everything the queue knows lies behind this. Each `write` is one durable transaction. */
export interface JobStore {
  /** Runs `fn` in a transaction; resolves when it is on disk. Rejects with a `StoreError` and changes nothing when that fails. */
  write<T>(fn: (tx: JobTx) => T): Promise<T>
  /** Reads the latest state. */
  read<T>(fn: (tx: JobTx) => T): T
}

/** A night or a month, and the money that its cap is in. */
export interface CapPeriod {
  readonly scope: PeriodScope
  readonly period: string
  readonly currency: string
}

/** Reads and writes inside one transaction. Small on purpose: decisions are made by the pure functions beside it. */
export interface JobTx extends LaneTx, CopyTx, IntentTx {
  job(id: JobId): JobRow | null
  /** Those that are there, in the order of `ids`. */
  jobs(ids: readonly JobId[]): readonly JobRow[]
  /** A row that was read before, as it is now; read anew only if it changed. */
  current(job: JobRow): JobRow
  updateJob(id: JobId, patch: JobPatch): JobRow
  /** As `updateJob`, of a row that was read in this transaction: it is not read again. */
  patchJob(job: JobRow, patch: JobPatch): JobRow
  request(id: JobId): RouteRequest
  /** What cannot be read stops no claim: its own step puts the job aside. */
  requestIfReadable(id: JobId): RouteRequest | null
  /** Before anything was sent for it: its frames as they will be sent. */
  setRequest(id: JobId, request: RouteRequest): void
  tags(id: JobId): readonly string[]
  /** What its prompt was made from; null where the row says the prompt itself. */
  template(id: JobId): string | null
  addAttempt(job: JobRow, error: JobError, at: number): void

  /** Running jobs that are due and touched by nobody, earliest first. */
  due(query: {
    readonly now: number
    readonly step: JobStep
    readonly limit: number
  }): readonly JobRow[]
  /** Gives their leases to a run. No screen shows a lease: they keep their revisions. */
  lease(jobs: readonly JobRow[], run: number): void
  /** Batches that hold queued or waiting jobs of a provider, in the order of their turn. */
  claimableBatches(provider: ProviderId): readonly ClaimableBatch[]
  /** The next jobs of a batch on a provider that are due, not paused, on no held route. */
  nextInBatch(query: {
    readonly batchId: BatchId
    readonly provider: ProviderId
    readonly now: number
    readonly limit: number
  }): readonly JobRow[]
  /** When the first such job of a batch on a provider is due; null when all are paused or held. */
  nextDueInBatch(query: { readonly batchId: BatchId; readonly provider: ProviderId }): number | null
  markTurn(batchId: BatchId): void
  /** Earliest `runAt` after which a look is worth making; null when nothing is due by the clock. */
  nextDueAt(query: {
    readonly now: number
    /** Lost answers are to be looked for, too. */
    readonly withIntents: boolean
  }): number | null
  orphans(run: number): readonly OrphanRow[]
  /** A running job that no engine run holds waits for a person where its row cannot be read. */
  askIfUnreadable(id: JobId): void
  /** Jobs that were put before the person since the last call, because their rows cannot be read. */
  askedAbout(): readonly JobRow[]
  /** Whatever is due later than `latest` becomes due now: jobs under way, looks for lost answers, lanes. */
  bringForward(times: { readonly now: number; readonly latest: number }): void
  /** Running jobs that cannot be looked at until a person acts: their key is refused or gone, their base URL another. */
  strandedCount(query: {
    readonly batchId: BatchId | null
    /** Of which no key is here now: what a last look said of that may be over. */
    readonly keyless: readonly ProviderId[]
    /** Whose file arrives, whatever the try before came to. */
    readonly arriving: readonly JobId[]
  }): number
  /** Jobs under way whose last look or download failed for what settings mend: a key, a base URL. */
  mendable(): readonly JobRow[]

  addCharge(charge: NewCharge): void
  settleCharge(
    intentId: IntentId,
    change: {
      readonly state: 'confirmed' | 'released' | 'indeterminate' | 'reserved'
      readonly amount: Money | null
      readonly at: number
    },
  ): Charge | null
  charge(intentId: IntentId): Charge | null
  /** Of a create of the job, or of the one that its operation came of, not all is surely given back. */
  mayBeCharged(job: JobRow): boolean
  /** The money of an intent follows it to the job that owns its operation now. */
  moveCharge(intentId: IntentId, to: JobId): void
  caps(batchId: BatchId, periods: Periods): readonly CapState[]
  periodCap(scope: PeriodScope): Cap | null
  /** In the zone of the caps that stand, else in this machine's of now. */
  setPeriodCap(scope: PeriodScope, cap: Cap | null): void
  hasPeriodCaps(): boolean
  /** Micros allowed above the cap for one period. */
  capExtra(of: CapPeriod): number
  addCapExtra(extra: CapPeriod & { readonly micros: number }): void
  overrun(route: RouteId): number
  setOverrun(route: RouteId, ratio: number): void
  timeZone(): string
  /** A clock that never goes back, over restarts too: the latest time ever stored, moved on to `now`. */
  advanceClock(now: number): number
  /** The latest time ever stored; null in a new folder. */
  storedClock(): number | null

  /** False when the name is another job's. A name that this output had before is given up. */
  reserveOutput(entry: {
    readonly jobId: JobId
    readonly takeNo: number
    readonly path: string
  }): boolean
  /** Before the file gets its name: what lies there later is ours only with this digest. */
  noteOutput(entry: {
    readonly jobId: JobId
    readonly takeNo: number
    readonly sha256: string
  }): void
  output(jobId: JobId, takeNo: number): OutputName | null
  insertTake(take: NewTake): TakeId
  takesOf(jobId: JobId): readonly TakeRow[]
  /** As it is shown then; null when it was cleared away meanwhile. */
  finishTake(id: TakeId, facts: FinishedTake): TakeView | null
  addRenderTime(entry: {
    readonly route: RouteId
    readonly at: number
    readonly renderMs: number
    readonly outputSeconds: number
    readonly bytes: number
  }): void
  /** Of the route's last renders; null when none was measured. */
  renderTimes(route: RouteId): RenderTimes | null

  project(name: string): { readonly outDir: string | null; readonly cap: Cap | null } | null
  /** Makes it where there is none. */
  setProject(name: string, patch: ProjectPatch, at: number): void
  batch(id: BatchId): BatchRow | null
  insertBatch(batch: NewBatch): void
  unfinishedBatch(digest: string): BatchId | null
  insertJobs(jobs: NewJobs): void
  /** A create of it may have left and come to something. */
  mayHaveLeft(id: JobId): boolean
  setBatch(
    id: BatchId,
    patch: {
      readonly paused?: boolean
      readonly cap?: Cap | null
      readonly priority?: number
    },
  ): void
  jobsOf(target: BatchId | 'all', filter: JobsFilter): readonly JobRow[]
  /** Also of rows that cannot be read, which the lists of rows leave out; cleared ones do not count. */
  idsOf(target: BatchId | 'all' | readonly JobId[], filter: JobsFilter): readonly JobId[]
  /** The job at a place among those that wait, in the order of claims; `last` stands at the end. */
  waitingAt(query: {
    readonly batchId: BatchId
    readonly place: number | 'last'
    readonly without: readonly JobId[]
  }): JobRow | null
  /** Position of the job next to `of`, of its batch and priority, whatever its status; null at the end. Cleared ones do not count. */
  positionBeside(query: {
    readonly of: JobRow
    readonly side: 'before' | 'after'
    readonly without: readonly JobId[]
  }): number | null
  /** Positions of a batch become whole numbers again, in the same order. */
  renumber(batchId: BatchId): void
  /** Where a batch stops and asks, also before a row that cannot be read; null: nowhere. */
  breakOf(batchId: BatchId): (PlaceInBatch & Pick<JobRow, 'row'>) | null
  /** What a queued job asks for; its batch, row and take stay. */
  replaceRequest(id: JobId, as: JobRequest): JobRow
  /** Of a job that waits: prices have changed. */
  reprice(id: JobId, estimate: Money | null): JobRow
  jobRequest(id: JobId): JobRequest
  /** The job that took this one's place, when it was retried. */
  retriedBy(id: JobId): JobId | null
  counts(batchId: BatchId | null): StatusCounts
  /** Folders that open jobs deliver to, and the room that what is under way needs there. */
  outstanding(): readonly Outstanding[]
  flag(name: EngineFlag): string | null
  setFlag(name: EngineFlag, value: string | null): void
}

/** `paused`: nothing new starts. `held`: looks and downloads rest too. */
export type EngineFlag = 'paused' | 'held' | 'mergePending'

export interface JobsFilter {
  readonly open?: boolean
  readonly running?: boolean
  readonly retryable?: boolean
  readonly ended?: boolean
  /** Failed for this reason, among those that a filter shows. */
  readonly failure?: FailureTarget | undefined
}
export interface ClaimableBatch {
  readonly id: BatchId
  readonly paused: boolean
  readonly tonight: boolean
  readonly allowUnpriced: boolean
  readonly concurrency: number | null
  readonly running: number
  /** Its own and that of its first job on the provider together: higher ones come first. */
  readonly priority: number
  /** Of the batch alone. */
  readonly ownPriority: number
  /** Somewhere in it stands a break point. */
  readonly stops: boolean
  /** What its next jobs are decides whether it goes on: a break point, a cap or a held model stands. */
  readonly isGuarded: boolean
}
export interface OrphanRow {
  readonly job: JobRow
  readonly intent: IntentOutcome | null
}

export interface NewCharge {
  readonly intentId: IntentId
  readonly job: JobRow
  readonly amount: Money
  readonly periods: Periods
  readonly at: number
}
export interface Charge {
  readonly intentId: IntentId
  readonly state: 'reserved' | 'confirmed' | 'released' | 'indeterminate'
  readonly money: Money
  readonly reservedMicros: number
}

export interface NewTake {
  readonly job: JobRow
  readonly takeNo: number
  readonly path: string
  readonly bytes: number
  readonly sha256: string
  readonly at: number
}
export interface TakeRow {
  readonly id: TakeId
  readonly takeNo: number
  readonly path: string
  readonly bytes: number
  readonly sha256: string
  readonly seed: number | null
}
export interface OutputName {
  readonly path: string
  /** Null until the file was whole. */
  readonly sha256: string | null
}
export interface FinishedTake {
  readonly facts: MediaFacts | null
  readonly posterPath: string | null
  readonly filmstripPath: string | null
  readonly sidecarPath: string | null
  readonly cost: Money | null
  readonly renderMs: number | null
}

export interface NewBatch {
  readonly id: BatchId
  readonly plan: BatchPlan
  readonly outDir: string
  readonly at: number
}
/** One id for each job of the plan. */
export interface NewJobs {
  readonly batchId: BatchId
  readonly plan: BatchPlan
  readonly ids: readonly JobId[]
  readonly at: number
}
export interface BatchRow {
  readonly id: BatchId
  readonly name: string
  readonly project: string | null
  readonly digest: string
  readonly outDir: string
  readonly cap: Cap | null
  readonly allowUnpriced: boolean
  readonly paused: boolean
  readonly tonight: boolean
  readonly priority: number
  readonly createdAt: number
}

/** The second memory (money rule 13): each call resolves when the lines are on disk. */
export interface SubmitJournal {
  intent(line: { readonly intent: NewIntent; readonly reservation: Money }): Promise<void>
  outcome(line: {
    readonly intentId: IntentId
    readonly outcome: IntentOutcome
    readonly operation: Operation | null
    readonly at: number
  }): Promise<void>
  ledger(line: {
    readonly intentId: IntentId
    readonly state: Charge['state']
    readonly money: Money
    readonly at: number
  }): Promise<void>
}

/** Time, chance and names come by argument. */
export interface Clock {
  /** Epoch ms; never goes back (see `systemClock.ts`). */
  now(): number
  /** Monotonic ms, for gaps that a changed wall clock must not hide. */
  monotonic(): number
  /** Calls `fn` once after `ms`; returns its cancel. */
  after(ms: number, fn: () => void): () => void
}
export interface Chance {
  /** 0 <= x < 1. */
  random(): number
  newId<K extends 'batch' | 'job' | 'take'>(kind: K): `${K}_${string}`
}
