import type { JobError } from '../../../shared/domain/errors.ts'
import type { PaceFloor } from './paceFloor.ts'

/** Fetches one output to a partial file. The caller checks the video and gives the file its final name. */
export type Download = (request: DownloadRequest) => Promise<DownloadOutcome>

export interface DownloadRequest {
  readonly url: string
  /** Ends in `.part`. What an earlier try left there is continued where that is safe. */
  readonly path: string
  /** Bytes that the provider said the file has; what arrives must match. */
  readonly statedBytes?: number | undefined
  /** Base URLs of the provider as configured: these origins alone may be local and get `keyHeaders`. */
  readonly baseUrls: Readonly<Record<string, string>>
  readonly keyHeaders?: Readonly<Record<string, string>> | undefined
  /** Default 4 GiB. */
  readonly maxBytes?: number | undefined
  /** Longest silence of the server in ms; default 60 s. */
  readonly stallMs?: number | undefined
  /** The slowest that is waited for, where a next try can go on; default 64 KiB in two minutes. */
  readonly floor?: PaceFloor | undefined
  readonly signal: AbortSignal
  /** Called often; `total` is null where the server does not say. */
  readonly onProgress?:
    | ((progress: { readonly bytes: number; readonly total: number | null }) => void)
    | undefined
}

export type DownloadOutcome =
  /** The file ends where the server (and the provider) said it would, and is fsynced. */
  | {
      readonly kind: 'whole'
      readonly bytes: number
      readonly sha256: string
    }
  /** 400, 401, 403, 404, 410: the provider must be asked for a new link. */
  | { readonly kind: 'expired'; readonly error: JobError }
  /** The network or the server; what arrived is kept for the next try. */
  | { readonly kind: 'retry'; readonly error: JobError; readonly retryAfterMs?: number | undefined }
  /** What the server delivers is no whole video: HTML, nothing, another length, too large, a forbidden link. */
  | { readonly kind: 'notPlayable'; readonly error: JobError }
  | { readonly kind: 'disk'; readonly error: JobError }
  | { readonly kind: 'aborted' }
