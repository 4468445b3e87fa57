import type { Render } from './renders.ts'
import type { RequestKind, ServerSettings } from './types.ts'

/** A whole answer, before any fault. */
export interface Reply {
  readonly status: number
  readonly json?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** A whole request. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** A create that is in order. */
export interface Order {
  readonly input: unknown
  readonly idempotencyKey: string | null
}

/** The documented behaviour of one provider: what it takes, refuses and answers. Knows nothing of faults. */
export interface Protocol {
  readonly name: string
  /** Environment variable to path below the server's URL. */
  readonly bases: Readonly<Record<string, string>>
  kindOf(asked: Pick<Asked, 'method' | 'path' | 'query'>, settings: ServerSettings): RequestKind
  /** The refusal of a request without a good key; null when it is good. */
  refuseKey(asked: Asked, settings: ServerSettings): Reply | null
  /** What was ordered, or the documented refusal of a body that is not in order. */
  order(asked: Asked, room: Room): Order | Reply
  /** The id of the render whose bytes a path of the API itself delivers, with the key. */
  contentOf?(path: string): string | null
  /** The answer to an order that was taken now, or before under the same key. */
  taken(render: Render, room: Room, isReplay: boolean): Reply
  /** Everything but creates. */
  handle(asked: Asked, room: Room): Reply
  /** An error in the provider's own envelope, for faults. */
  envelope(status: number): Reply
}

/** What a protocol may see of the server's state. */
export interface Room {
  readonly origin: string
  readonly settings: ServerSettings
  readonly now: number
  find(id: string): Render | undefined
  /** What the list shows now, newest first. Counts as one look at the list. */
  list(): readonly Render[]
  /** Links to the files of a render, new at each call. */
  fileUrls(render: Render): readonly string[]
  fileBytes(render: Render): number
  cancel(render: Render): void
  /** Cancels it, and it is never found again. */
  remove(render: Render): void
  /** A place for a free upload, empty unless its bytes are there already. */
  newUpload(bytes?: Uint8Array): string
  /** True for the link of an upload that arrived, and for links elsewhere. */
  canFetch(url: string): boolean
}

export const isReply = (value: Order | Reply): value is Reply => 'status' in value
