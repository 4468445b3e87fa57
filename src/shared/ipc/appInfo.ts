/** How the window stands to the engine. */
export type EngineState =
  /** It is being opened; a moment. */
  | { readonly kind: 'opening' }
  | { readonly kind: 'running' }
  /** Another engine holds the data folder: `message` says who. Everything can be read, nothing changed. */
  | { readonly kind: 'readOnly'; readonly message: string }
  /** It did not open: `message` says why and what to do. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }

/** Something a person should know once, until they dismiss it. */
export interface Notice {
  readonly id: string
  readonly message: string
}

export interface AppInfo {
  readonly version: string
  readonly electron: string
  readonly platform: string
  /** For people to read; no route takes a path back. */
  readonly dataDir: string
  readonly outDir: string
  readonly exportDir: string
  readonly logsDir: string
  readonly engine: EngineState
  readonly notices: readonly Notice[]
}

/** What an update feed answered. */
export interface UpdateAnswer {
  /** The newest that it has, such as `1.2.0`. */
  readonly version: string
  readonly isNewer: boolean
}

/** Of one part of the app. */
export interface Licence {
  /** With version and kind where known: `ajv - 8.20.0 (MIT)`. */
  readonly name: string
  readonly text: string
}
