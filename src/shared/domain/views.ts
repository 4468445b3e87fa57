import type { Cap, StatusCounts } from './batch.ts'
import type { BatchId, CredentialId, JobId, ModelId, ProviderId, RouteId, TakeId } from './ids.ts'
import type { RouteRequest } from './generation.ts'
import type { Warning } from './model.ts'
import type { JobError } from './errors.ts'
import type { JobStatus, JobView, RouteMove } from './job.ts'
import type { TakeFlag, TakeView } from './take.ts'
import type { Money } from './money.ts'
import type { NightWindow } from '../schedule/nightWindow.ts'

/** What is left: work that goes on, work for the next window, work that a person holds up, nothing. */
export type Rest = 'working' | 'window' | 'person' | 'nothing'

/** The strip at the top of every screen. */
export interface TonightView {
  readonly counts: StatusCounts
  /** Confirmed, reserved and indeterminate of the running night; null when nothing costs. */
  readonly committed: Money | null
  readonly spent: Money | null
  readonly cap: Money | null
  /** Allowed above it for this night alone. */
  readonly capExtraMicros: number
  /** `always` when no windows are set. */
  readonly window: NightWindow
  /** What is left to do; null when no engine of this process works. */
  readonly rest: Rest | null
  /** Epoch ms; null when nothing runs or it cannot be told. */
  readonly expectedFinishAt: number | null
  readonly paused: boolean
  /** Set when the engine claims nothing and why: journal ahead of the database, disk full ... */
  readonly halted: { readonly code: string; readonly message: string } | null
}

export interface LaneView {
  readonly provider: ProviderId
  readonly providerName: string
  readonly credential: CredentialId
  readonly slots: number
  readonly used: number
  readonly queued: number
  /** How many may be sent in a minute; null: as many as slots allow. */
  readonly createsPerMinute: number | null
  readonly createsLastMinute: number
  readonly finishedLastHour: number
  readonly errorsLastHour: number
  readonly paused: boolean
  readonly heldUntil: number | null
  readonly needsPerson: boolean
  readonly heldReason: JobError | null
}

/** How the provider's bills compare with what was expected. */
export interface PriceAccuracy {
  readonly provider: ProviderId
  readonly model: ModelId
  readonly bills: number
  /** All bills over all their estimates: 1.1 is a tenth more than expected. */
  readonly ratio: number
}

/** A cap that stands. */
export interface CapView {
  readonly scope: 'batch' | 'night' | 'month'
  /** Of a batch's own cap. */
  readonly batchId: BatchId | null
  readonly name: string | null
  /** The night's day or `YYYY-MM`, and the zone that it is counted in; null for a batch. */
  readonly period: string | null
  readonly timeZone: string | null
  readonly cap: Cap
  /** Allowed above it for this period alone. */
  readonly extraMicros: number
  /** Reserved, confirmed and in doubt. */
  readonly heldMicros: number
  /** Jobs of batches that the last claim held back for it; 0 where no engine of this process looked. */
  readonly holdsJobs: number
}

/** Jobs that wait for one reason. */
export interface Waits {
  readonly reason: string
  /** When the first of them goes on, epoch ms; null: not by the clock. */
  readonly until: number | null
  readonly jobs: number
}

/** Why jobs are held back, and what may be released. */
export interface HoldView {
  /** `model`: one route, after like failures in a row or by the person. */
  readonly kind: 'lane' | 'model'
  readonly provider: ProviderId
  readonly providerName: string
  /** Of a held model. */
  readonly route: RouteId | null
  readonly modelName: string | null
  /** True: nothing goes on before the person releases it. */
  readonly needsPerson: boolean
  /** Epoch ms of the next try by itself. */
  readonly until: number | null
  readonly reason: JobError
  /** A whole sentence without its full stop. */
  readonly words: string
  /** Jobs that wait for it. */
  readonly jobs: number
  /** Jobs that went another way instead. */
  readonly movedAway: number
}

/** Jobs that went another way to their model, from one to another. */
export interface MoveView {
  readonly from: RouteId
  readonly to: RouteId
  /** Of the newest one. */
  readonly words: string
  /** Epoch ms of the newest one. */
  readonly at: number
  readonly jobs: number
}

/** A page by keyset: hand `next` back to go on; null at the end. */
export interface Page<T> {
  readonly rows: readonly T[]
  readonly next: string | null
}

/** Jobs that one change can name. */
export const MOST_CHOSEN = 20_000

export interface JobFilter {
  readonly batchId?: BatchId | undefined
  readonly statuses?: readonly JobStatus[] | undefined
  readonly provider?: ProviderId | undefined
  readonly model?: ModelId | undefined
  readonly project?: string | undefined
  /** Matches anywhere in the prompt, case-insensitive. */
  readonly text?: string | undefined
}

/** How many jobs each choice of a filter would show, under all other filters. Most jobs first. */
export interface QueueFacets {
  readonly statuses: StatusCounts
  /** Under every filter: the groups that the list shows. */
  readonly batches: readonly { readonly batchId: BatchId; readonly jobs: number }[]
  readonly batchChoices: readonly FacetChoice[]
  readonly projects: readonly FacetChoice[]
  readonly providers: readonly FacetChoice[]
  readonly models: readonly FacetChoice[]
}
export interface FacetChoice {
  readonly key: string
  readonly jobs: number
}

/** Batches that share a folder and a cap. */
export interface ProjectView {
  readonly name: string
  /** Where takes of its next batches go; null: where all go. */
  readonly outDir: string | null
  readonly cap: Cap | null
  /** Reserved, confirmed and in doubt over all its batches, in the cap's currency; null without a cap. */
  readonly heldMicros: number | null
  readonly batches: number
}

/** Jobs that failed for one reason and were not retried. */
export interface FailureGroup {
  readonly kind: string
  readonly code: string
  /** Of one of them. */
  readonly message: string
  readonly jobs: number
  readonly providers: readonly ProviderId[]
  /** Names for people. */
  readonly models: readonly string[]
}

/** `row`: batches by admission, rows in order, takes side by side. `newest`: latest delivered first. */
export type TakeOrder = 'row' | 'newest'
export interface TakeFilter {
  readonly batchId?: BatchId | undefined
  readonly project?: string | undefined
  readonly model?: string | undefined
  readonly flags?: readonly TakeFlag[] | undefined
  readonly minRating?: number | undefined
  readonly unseen?: boolean | undefined
  readonly tag?: string | undefined
  readonly text?: string | undefined
  readonly trashed?: boolean | undefined
}
export interface TakeCounts {
  readonly all: number
  readonly unseen: number
  readonly picked: number
  readonly rejected: number
  readonly rated4up: number
  readonly trashed: number
}

/** How much lies in the trash. */
export interface TrashSize {
  readonly takes: number
  readonly bytes: number
}
/** What came of deleting takes for good. */
export interface DeletedTakes {
  readonly deleted: number
  /** Room that their files had taken. */
  readonly bytes: number
  /** What stays in the trash, and why. */
  readonly kept: readonly { readonly takeId: TakeId; readonly message: string }[]
}

/** One value of a filter, and how many takes it would show. */
export interface Facet {
  readonly key: string
  readonly name: string
  readonly count: number
}
export interface TakeFacets {
  /** By name; takes without a project are in none. */
  readonly projects: readonly Facet[]
  /** By name. */
  readonly models: readonly Facet[]
  /** Most used first. */
  readonly tags: readonly Facet[]
}

/** Everything about one job, for its side panel. */
export interface JobDetail {
  readonly job: JobView
  readonly route: RouteId
  /** What its prompt was made from; null where the row said the prompt itself, or nobody knows any more. */
  readonly template: string | null
  readonly request: RouteRequest
  readonly warnings: readonly Warning[]
  /** Epoch ms; null where it was not sent, or came back from a lost database. */
  readonly submittedAt: number | null
  readonly renderedAt: number | null
  readonly attempts: readonly {
    readonly step: string
    readonly attempt: number
    readonly at: number
    readonly error: JobError
  }[]
  /**
   * It ended while its last request may have been charged and is still looked for: what is known of
   * that, line by line. Null: it may be tried again without a doubt.
   */
  readonly doubt: readonly string[] | null
  /** Other ways to its model that it was given, oldest first. */
  readonly moves: readonly RouteMove[]
  readonly takes: readonly TakeId[]
  readonly retryOfJobId: JobId | null
  readonly cancelNote: string | null
}

export type TakePatch = Partial<
  Pick<TakeView, 'rating' | 'flag' | 'tags' | 'note' | 'seenAt' | 'trashedAt'>
>
