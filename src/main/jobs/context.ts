import type { CredentialId, ProviderId, RouteId } from '../../shared/domain/ids.ts'
import type { EngineEvent } from '../engine.ts'
import type { FrameSource, RouteRequest } from '../../shared/domain/generation.ts'
import type { JobError } from '../../shared/domain/errors.ts'
import type { JobRequest } from '../../shared/domain/job.ts'
import type { Money } from '../../shared/domain/money.ts'
import type { MediaService } from '../media/port.ts'
import type { CallContext, OutputSource, VideoProvider } from '../providers/spec.ts'
import type { Result } from '../../shared/domain/result.ts'
import type { MediaFacts } from '../../shared/domain/take.ts'
import type { Arrival, Arrivals } from './arrivals.ts'
import type { Chance, Clock, JobStore, SubmitJournal, TakeRow } from './ports.ts'
import type { JobRow } from './jobRow.ts'

/** All that the queue works with; `compose.ts` fills it in. */
export interface QueueContext {
  readonly run: number
  readonly store: JobStore
  readonly journal: SubmitJournal
  readonly clock: Clock
  readonly chance: Chance
  readonly providers: ReadonlyMap<ProviderId, VideoProvider>
  readonly credentials: Credentials
  readonly media: MediaService
  /** Makes of a frame what its `fit` says and keeps it by content; a frame without one comes back as it is. */
  readonly fitFrame: (
    frame: FrameSource & { kind: 'file' },
    signal: AbortSignal,
  ) => Promise<Result<FrameSource, JobError>>
  readonly delivery: Delivery
  readonly otherWays: OtherWays
  /**
   * By the prices of now, which may have changed since the plan; null where none is known.
   * @param requestOf asked only where the route has prices; null: it cannot be read
   */
  readonly priceNow: (
    job: Pick<JobRow, 'provider' | 'route'>,
    requestOf: () => RouteRequest | null,
  ) => Money | null
  readonly serverTime: ServerTime
  readonly sidecars: Sidecars
  readonly log: QueueLog
  /** A wait of ours in ms, after `DAILIES_TIME_SCALE`. */
  readonly scaled: (ms: number) => number
  /** The other way: how long a measured length would have been at scale 1. */
  readonly unscaled: (ms: number) => number
  /** Lowest poll interval when the environment sets one (tests); else null. */
  readonly pollMs: number | null
  readonly emit: (event: EngineEvent) => void
  readonly arrivals: Arrivals
  /** Stops claiming until a look finds the cause gone; see `halts.ts`. */
  readonly halt: (reason: Halt) => void
  /** Aborted when the engine stops. Creates never see it (money rule 1). */
  readonly signal: AbortSignal
}

/** Other ways to a model, for a job whose own is held. */
export interface OtherWays {
  /** The person wants jobs to go another way where theirs is held. */
  isOn(): boolean
  /**
   * In the person's order, without the way that it has; each with what would be sent that way.
   * @param seedIfNone for a way that takes a seed where the job has none yet
   */
  of(job: JobRequest, seedIfNone: number): readonly OtherWay[]
}
export interface OtherWay {
  readonly provider: ProviderId
  readonly route: RouteId
  /** Or in words, why it cannot make the same clip. */
  readonly request: Result<JobRequest, string>
}

/** What the providers' own clocks show, so that caps go by no wrong one (money rule 19). */
export interface ServerTime {
  /** By how much ours is ahead, in ms; 0 when it is not; null when no answer has shown it yet. */
  aheadMs(provider: ProviderId): number | null
  /** Asks by a call that costs nothing; `aheadMs` knows it soon. */
  ask(provider: ProviderId): void
}

export interface Halt {
  readonly code:
    | 'diskFull'
    | 'folderUnusable'
    | 'databaseUnavailable'
    | 'mergePending'
    | 'onBattery'
  readonly message: string
}

export interface QueueLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** Keys by provider, in the order in which they are used. */
export interface Credentials {
  /** Empty when a needed key is missing. */
  of(provider: ProviderId): readonly CredentialId[]
  call(
    provider: ProviderId,
    credential: CredentialId,
    signal: AbortSignal,
  ): Result<CallContext, JobError>
  readFrame(frame: FrameSource & { kind: 'file' }): Promise<Uint8Array>
}

/** Brings outputs to their final names (money rule 11). */
export interface Delivery {
  /** When a batch is admitted; a folder that is gone later is never made anew. */
  makeFolder(outDir: string): Promise<Result<void, JobError>>
  /** Where output `takeNo` of a job shall lie; never a name that is another's, nor in a folder that is gone. */
  place(job: JobRow, takeNo: number): Promise<Result<string, JobError>>
  /** Fetches, verifies, fsyncs and publishes without replacing. A file that already lies there whole is taken as it is. */
  deliver(request: DeliverRequest): Promise<DeliverOutcome>
  /** Where media go; null when it cannot be told. An error when the folder is unusable. */
  roomAt(outDir: string): Promise<Result<Room | null, JobError>>
}
export interface Room {
  readonly freeBytes: number
  /** The same for folders that share it. */
  readonly disk: number
}
export interface DeliverRequest {
  readonly job: JobRow
  readonly takeNo: number
  readonly source: OutputSource
  /** From `place`. */
  readonly path: string
  /** Or why the provider cannot be asked. */
  readonly call: Result<CallContext, JobError>
  readonly signal: AbortSignal
  /** Told as the file arrives. */
  readonly onProgress?: ((arrival: Arrival) => void) | undefined
}
export type DeliverOutcome =
  | { readonly kind: 'delivered'; readonly bytes: number; readonly sha256: string }
  /** 403, 404, 410: the provider must be asked for a new link. */
  | { readonly kind: 'expired'; readonly error: JobError }
  | { readonly kind: 'retry'; readonly error: JobError; readonly retryAfterMs?: number | undefined }
  /** What arrived is not a whole video. */
  | { readonly kind: 'notPlayable'; readonly error: JobError }
  | { readonly kind: 'disk'; readonly error: JobError }
  | { readonly kind: 'aborted' }

export interface Sidecars {
  write(entry: SidecarEntry): Promise<Result<string, JobError>>
}
export interface SidecarEntry {
  readonly job: JobRow
  readonly take: TakeRow
  readonly facts: MediaFacts | null
  readonly cost: Money | null
  readonly renderMs: number | null
}
