import type { CredentialId, JobId, ProviderId } from '../../shared/domain/ids.ts'
import type { FrameSource, RouteRequest } from '../../shared/domain/generation.ts'
import type { JobError } from '../../shared/domain/errors.ts'
import type { Json, JsonObject } from '../../shared/domain/json.ts'
import type { Money } from '../../shared/domain/money.ts'
import type { Operation } from '../../shared/domain/job.ts'
import type { BillingFact } from '../../shared/domain/providerKey.ts'
import type { Result } from '../../shared/domain/result.ts'
import type { ProviderHttp } from './http/port.ts'

/**
 * A provider is protocol; a model is data. The runner calls in this order:
 * `prepare` (free: uploads frames, freezes the bytes) -> the intent is committed -> `submit` (the one
 * POST) -> `check` until terminal -> download. See docs/adding-a-provider.md.
 */
export interface VideoProvider {
  readonly id: ProviderId
  readonly name: string
  readonly traits: ProviderTraits
  /** What would be sent, for `plan` and the side panel: no network, no secret, files by digest. Null where nothing is sent. */
  describe(request: RouteRequest, target: ProviderTarget): WireDescription | null
  /** Freezes the create call. May upload frames (free); never creates anything that is charged. */
  prepare(request: RouteRequest, call: PrepareCall): Promise<Result<WireRequest, JobError>>
  /** Sends the frozen bytes, exactly once (money rules 1 to 3). Takes no abort signal on purpose. */
  submit(wire: WireRequest, call: SubmitCall): Promise<SubmitOutcome>
  /** Asks once. Never changes anything at the provider. */
  check(operation: Operation, call: CallContext): Promise<CheckOutcome>
  /** Asked for once; the job ends only when `check` says so. */
  cancel?(operation: Operation, call: CallContext): Promise<CancelOutcome>
  /** One full pass over the provider's list, all pages, for settling unknowns (money rule 5). */
  findSubmitted?(
    query: FindQuery,
    call: CallContext,
  ): Promise<Result<readonly FoundOperation[], JobError>>
  /** The handle for an id that a person entered or a journal kept, where that is all that is known. */
  operationFromId?(operationId: string, request: RouteRequest): Operation
  /** Every output lies at its final name: what is kept here for the operation may go. Best effort. */
  forget?(operation: Operation): Promise<void>
  /** A price asked of the provider: free, and never sent again where it may be taken for an order. */
  estimate?(request: RouteRequest, call: EstimateCall): Promise<Result<Money, JobError>>
  /** Endpoints (as in `RouteRequest`) that the provider offers now, where it lists them. */
  availableEndpoints?(call: CallContext): Promise<Result<readonly string[], JobError>>
  /** Headers for outputs with `withKey`; sent to the provider's own origins only. */
  keyHeaders?(apiKey: string): Readonly<Record<string, string>>
  /** Costs nothing. */
  verifyKey(call: CallContext): Promise<KeyStatus>
}

export interface ProviderTraits {
  /** `key`: the same create may be sent again under the same idempotency key. */
  readonly idempotency: 'key' | 'none'
  /** False for rehearsal: no key, no charge. */
  readonly paid: boolean
  /** Currency of its bills. */
  readonly currency: string
  readonly lane: LaneLimits
  /** Looks cost nothing (a render of our own): always this often. Null lets the poll plan decide. */
  readonly pollEveryMs?: number | null
  /** Never polled more often than this. */
  readonly pollFloorMs: number
  /** What a failed and a cancelled render cost, as documented; `unknown` counts as the whole reservation. */
  readonly charges: { readonly failed: ChargeRule; readonly cancelled: ChargeRule }
  /** What it states of failed, refused and cancelled renders, for people to read; nothing guessed. */
  readonly billingFacts?: readonly BillingFact[]
  /** Whether `estimate` may be asked at any time, or only where the person allowed it; absent: it has none. */
  readonly priceQuestions?: 'free' | 'byOptIn'
  /** How the person gives a key: environment variable and what it is called there. Null where none is needed. */
  readonly keyVariable: string | null
  /** At a base URL of one's own, a server of this kind may need no key. */
  readonly keyOptional?: boolean
  /** Base URLs by name, with their environment variables and defaults. */
  readonly baseUrls: readonly BaseUrl[]
}
export type ChargeRule = 'nothing' | 'full' | 'unknown'
export interface LaneLimits {
  readonly concurrency: number
  /** Creates per minute; null where none is known. */
  readonly createsPerMinute: number | null
}
export interface BaseUrl {
  readonly name: string
  readonly variable: string
  readonly default: string
}

/** Where calls go and how; no secret in it. */
export interface ProviderTarget {
  readonly baseUrls: Readonly<Record<string, string>>
  /** The provider's own settings (e.g. multipart or JSON, presets of self-hosted servers). */
  readonly settings: JsonObject
}

export interface CallContext extends ProviderTarget {
  readonly credential: CredentialId
  readonly apiKey: string | null
  readonly http: ProviderHttp
  readonly signal: AbortSignal
  readonly now: () => number
}

export interface PrepareCall extends CallContext {
  readonly jobId: JobId
  /** `jobId:intentNo`. Goes into the frozen bytes where the provider takes one. */
  readonly idempotencyKey: string
  /** Bytes of a frame of kind `file`. */
  readonly readFrame: (frame: FrameSource & { kind: 'file' }) => Promise<Uint8Array>
  /** For people to read on a rehearsal: row, take, model and such. */
  readonly label: RenderLabel
}
export interface RenderLabel {
  readonly row: number
  readonly take: number
  readonly modelName: string
  readonly providerName: string
}

export interface SubmitCall extends Omit<CallContext, 'signal'> {
  /** Asked right before the first byte leaves: true when the intent is too old to be sent (money rule 2). */
  readonly isLate?: (() => boolean) | undefined
}

export interface EstimateCall extends CallContext {
  readonly questions: PriceQuestions
}
/** Where a price question is written down first that a server could take for an order (money rule 21). */
export interface PriceQuestions {
  /** Durable before it resolves. An error keeps the question from being sent. */
  begin(question: PriceQuestion): Result<void, JobError>
  /** What came of it. `sold`: an answer that carries an id is a purchase. */
  end(key: string, came: { readonly sold: Operation | null }): void
}
export interface PriceQuestion {
  /** The idempotency key: the same question twice has the same. */
  readonly key: string
  readonly wire: WireRequest
  /** What would be bought by it. */
  readonly request: RouteRequest
}

/** The frozen create call: what is stored in the intent and sent, byte for byte. */
export interface WireRequest {
  readonly version: 1
  readonly method: 'POST'
  readonly url: string
  /** Without authorisation; that is added at the send and never stored. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** Digest of provider, account, endpoint and what was asked, without the idempotency key: twins share it. */
  readonly fingerprint: string
}

/** As printed by `plan --json`. */
export interface WireDescription {
  readonly method: 'POST'
  readonly url: string
  readonly body: Json
}

/** The three outcomes of a create, plus success. Only `notSent` and `refused` may be followed by a new intent. */
export type SubmitOutcome =
  | { readonly kind: 'accepted'; readonly operation: Operation }
  | { readonly kind: 'notSent'; readonly error: JobError }
  | {
      readonly kind: 'refused'
      readonly error: JobError
      readonly retryAfterMs?: number | undefined
      readonly stopsLane?: boolean | undefined
    }
  | { readonly kind: 'unknown'; readonly error: JobError }

/** What one look at an operation says. An unknown status of the provider means `running`. */
export type CheckOutcome =
  | {
      readonly kind: 'queued'
      readonly position?: number | undefined
      readonly cost?: Money | undefined
    }
  | {
      readonly kind: 'running'
      readonly progress?: number | undefined
      readonly cost?: Money | undefined
    }
  | {
      readonly kind: 'succeeded'
      readonly outputs: readonly OutputSource[]
      readonly cost?: Money | undefined
      readonly seed?: number | undefined
      readonly expiresAtMs?: number | undefined
    }
  | { readonly kind: 'failed'; readonly error: JobError; readonly cost?: Money | undefined }
  | { readonly kind: 'cancelled'; readonly cost?: Money | undefined }
  /** 404 and its like: counts only late and repeated (money rule 9). */
  | { readonly kind: 'missing'; readonly error: JobError }
  /** The look failed; says nothing about the render. */
  | {
      readonly kind: 'unreachable'
      readonly error: JobError
      readonly retryAfterMs?: number | undefined
    }

/** Where the bytes of a finished render are. */
export type OutputSource =
  | {
      readonly kind: 'url'
      readonly url: string
      readonly bytes?: number | undefined
      /** Authorisation header needed, and only at this origin. */
      readonly withKey: boolean
    }
  | { readonly kind: 'file'; readonly path: string }

export type CancelOutcome =
  /** `note`: a word on what may still be billed. */
  | { readonly kind: 'requested'; readonly note: string }
  | { readonly kind: 'tooLate' }
  | { readonly kind: 'unsupported' }
  | { readonly kind: 'unreachable'; readonly error: JobError }

export interface FindQuery {
  readonly endpoint: string
  /** Epoch ms: `submitStartedAt` less 10 minutes less the measured skew. */
  readonly sinceMs: number
  readonly wire: WireRequest
}
export interface FoundOperation {
  readonly operation: Operation
  readonly createdAtMs: number
  /** `same` input, `different`, or `unknown` where the list no longer shows the input. */
  readonly match: 'same' | 'different' | 'unknown'
}

export type KeyStatus =
  | { readonly kind: 'valid'; readonly detail: string; readonly balance?: Money | undefined }
  | { readonly kind: 'refused'; readonly error: JobError }
  | { readonly kind: 'unreachable'; readonly error: JobError }
  | { readonly kind: 'notNeeded' }
