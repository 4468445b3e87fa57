/** What a request is for; faults are aimed at these. */
export type RequestKind =
  | 'create'
  | 'look'
  | 'result'
  | 'list'
  | 'cancel'
  | 'upload'
  | 'file'
  | 'other'

/** A POST that a real provider would charge for, accepted or not. */
export interface BillLine {
  /** Epoch ms by the server's clock. */
  readonly at: number
  readonly path: string
  /** Hex sha256 of the body; null when the connection went before it was read. */
  readonly bodySha256: string | null
  readonly idempotencyKey: string | null
  /** True when a render was begun for it: this is what is charged. A replay under the same key is not. */
  readonly accepted: boolean
  readonly renderId: string | null
  readonly costMicros: number
}

export type RenderStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'aborted'

export interface RenderView {
  readonly id: string
  readonly status: RenderStatus
  readonly input: unknown
  /** Digests of the files that it delivers, in order. */
  readonly sha256: readonly string[]
  /** Put there by a test: another client's request in the same account. */
  readonly isForeign: boolean
  readonly costMicros: number
}

export interface LoggedRequest {
  readonly at: number
  readonly method: string
  readonly path: string
  readonly kind: RequestKind
  /** Null when no answer was given. */
  readonly status: number | null
  readonly headers: Readonly<Record<string, string>>
  /** Base64, of creates and uploads; empty for the rest. */
  readonly body: string
}

/** How a render ends. */
export type RenderOutcome =
  | { readonly kind: 'succeed' }
  | {
      readonly kind: 'fail'
      readonly code?: string
      readonly message?: string
      /** fal: status of the result call. */ readonly status?: number
    }

export interface ServerSettings {
  /** `hand`: only `finish` ends a render. `clock`: between the two lengths, fixed by the request's body. */
  readonly renders:
    | { readonly mode: 'instant' }
    | { readonly mode: 'hand' }
    | { readonly mode: 'clock'; readonly minMs: number; readonly maxMs: number }
  /** First entry whose text is in the request's body decides; else renders succeed. */
  readonly outcomes: readonly { readonly includes: string; readonly outcome: RenderOutcome }[]
  readonly list: {
    /** A render is listed only this long after its create. */
    readonly lagMs: number
    /** This many list calls show nothing new. */
    readonly lagCalls: number
    readonly pageSize: number
    readonly hidesInputs: boolean
    readonly hidesRunning: boolean
  }
  /** `forget`: a key is as good as none. `refuse`: a second use is a 409. */
  readonly idempotency: 'replay' | 'forget' | 'refuse'
  /** Keys that are refused. */
  readonly badKeys: readonly string[]
  /** Links die this long after they were handed out; null keeps them alive. */
  readonly linkLifeMs: number | null
  /** Files are filled up to this size; 0 leaves them small. */
  readonly fileBytes: number
  /** Videos per render. */
  readonly files: number
  readonly costMicros: number
  /** fal: the key has admin scope and may read what each request cost. */
  readonly showsBills: boolean
  /** Lumenfall's `?dryRun=true` is not understood and sells a video. */
  readonly ignoresDryRun: boolean
  /** Cancel requests are answered and have no effect. */
  readonly ignoresCancel: boolean
  /** The server's clock is off by this. */
  readonly clockOffsetMs: number
}

export type FaultHow =
  /** The connection is destroyed before the body is read, or after it (with `accept`: taken, and no answer). */
  | { readonly kind: 'destroy'; readonly when: 'beforeBody' | 'afterBody' }
  /** Half of the true answer, then the connection is destroyed. */
  | { readonly kind: 'half' }
  | {
      readonly kind: 'status'
      readonly status: number
      readonly retryAfter?: string
      readonly body?: 'envelope' | 'html' | 'empty' | 'cut'
      readonly location?: string
      readonly headers?: Readonly<Record<string, string>>
    }
  /** HTTP 200 with a web page, with JSON that is cut, or with JSON that names no id. */
  | { readonly kind: 'html' }
  | { readonly kind: 'cut' }
  | { readonly kind: 'noId' }
  /** The true answer with a status that nobody documented, or with every text a number and every number a text. */
  | { readonly kind: 'unknownStatus' }
  | { readonly kind: 'wrongTypes' }
  /** The true answer, late. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** No answer while the server lives. */
  | { readonly kind: 'hang' }
  /** Downloads. */
  | { readonly kind: 'truncate'; readonly chunked?: boolean }
  | { readonly kind: 'wrongLength' }
  | { readonly kind: 'newEtag' }
  | { readonly kind: 'weakEtag' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'redirect'; readonly to: string }
  | { readonly kind: 'throttle'; readonly bytesPerSecond: number }
  | { readonly kind: 'stall' }

export interface Fault {
  readonly on: RequestKind | 'any'
  readonly how: FaultHow
  /** Creates: the provider took the request all the same. Default false; true for half, cut, noId, wrongTypes and slow. */
  readonly accept?: boolean
  /** Only requests whose path or body holds this. */
  readonly includes?: string
  /** Matching requests that pass first; default 0. */
  readonly skip?: number
  /** Default 1. */
  readonly times?: number
}

/** What a test can do with a server, in its own process or in another. */
export interface ServerControl {
  readonly url: string
  /** Environment variables that lead the app here. */
  readonly env: Readonly<Record<string, string>>
  bill(): Promise<readonly BillLine[]>
  renders(): Promise<readonly RenderView[]>
  requests(): Promise<readonly LoggedRequest[]>
  fault(fault: Fault): Promise<void>
  clearFaults(): Promise<void>
  set(settings: Partial<ServerSettings>): Promise<void>
  /** Ends one render, or all that run. */
  finish(id?: string, outcome?: RenderOutcome): Promise<void>
  /** Another client of the same account orders this. Not on the bill. */
  addForeign(request: {
    readonly path: string
    readonly body: unknown
    readonly at?: number
  }): Promise<string>
  close(): Promise<void>
}
