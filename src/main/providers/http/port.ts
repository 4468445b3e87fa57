/** The network as adapters see it. The real one is beside this file; only this folder touches sockets. */
export interface ProviderHttp {
  /**
   * One POST on a fresh HTTP/1.1 connection: no retry, no redirect, no abort (money rule 1).
   * `notSent` only when no byte of the request can have left.
   */
  create(request: HttpCreate): Promise<CreateReply>
  /** GET, PUT, DELETE and free POSTs: may be repeated by the caller. Redirects are not followed. */
  call(request: HttpCall): Promise<CallReply>
  /** By how much `now` is ahead of the clock of the server at this URL, in ms; 0 when behind, null when not known yet. */
  aheadMs?(url: string, now: number): number | null
}

export interface HttpCreate {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** Asked once, when a connection stands and before the first byte leaves: true sends nothing. */
  readonly isLate?: (() => boolean) | undefined
  /** Default 30 s. */
  readonly timeoutMs?: number | undefined
}
export interface HttpCall {
  readonly method: 'GET' | 'PUT' | 'DELETE' | 'POST'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly body?: Uint8Array | undefined
  /** Default 15 s. */
  readonly timeoutMs?: number | undefined
  /** For a URL out of an answer: refuses names that lead to private addresses (architecture 9.9). */
  readonly publicOnly?: boolean | undefined
  readonly signal: AbortSignal
}

/** A whole answer; bodies are capped at 8 MiB. Header names are lower case. */
export interface HttpAnswer {
  readonly kind: 'answer'
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}
export type CreateReply =
  | HttpAnswer
  | { readonly kind: 'notSent'; readonly cause: string }
  | { readonly kind: 'lost'; readonly cause: string }
export type CallReply =
  | HttpAnswer
  | { readonly kind: 'lost'; readonly cause: string; readonly timedOut: boolean }
