import type { Envelope } from './ipcError.ts'
import type { EventName } from './events.ts'
import type { InputOf, RouteName } from './routes.ts'

/** A file that was dropped on the window. Main keeps its path; the page has the id, for this run only. */
export interface DroppedFile {
  readonly dropId: string
  readonly name: string
  readonly kind: 'image' | 'batchFile' | 'folder' | 'other'
}

/** A route that takes nothing is called without a second argument. */
export type RequestArguments<R extends RouteName> =
  undefined extends InputOf<R> ? [route: R] : [route: R, input: InputOf<R>]

/** What main needs to know of a DOM `File`; the preload alone asks it for its path. */
export interface PageFile {
  readonly name: string
  readonly size: number
}

/**
 * The page's only way to main: `window.dailies`. Lists come as JSON: objects are copied into the page
 * field by field, which for a page of jobs takes longer than a frame.
 */
export interface IpcApi {
  /** Never rejects. Resolves to the route's `Envelope` as JSON. */
  request<R extends RouteName>(...call: RequestArguments<R>): Promise<string>
  /** `json` is the event's `EventEnvelope`. Returns its unsubscribe. */
  on(event: EventName, listener: (json: string) => void): () => void
  /** Hands real files of a drop event to main. Files the page made itself have no path and are left out. */
  drop(files: readonly PageFile[]): Promise<Envelope<readonly DroppedFile[]>>
}

export const CHANNELS = Object.freeze({
  request: 'dailies:request',
  event: 'dailies:event',
  drop: 'dailies:drop',
})
