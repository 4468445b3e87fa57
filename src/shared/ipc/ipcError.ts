/** Codes of the boundary itself; the engine's own refusals keep theirs, in camelCase. */
export const IPC_ERROR_CODES = [
  'UNKNOWN_ROUTE',
  'UNTRUSTED_SENDER',
  'BAD_INPUT',
  'NOT_FOUND',
  'ENGINE_HELD', // another engine works on the data folder: reading is all there is
  'ENGINE_CLOSED', // the engine is still opening, or did not open
  'DRAFT_HAS_PROBLEMS',
  'DRAFT_CHANGED', // what would be sent is no longer what the person confirmed
  'UNREADABLE_FILE',
  'FEED_FAILED', // the update feed could not be asked, or is none
  'SYSTEM_REFUSED', // the operating system would not do it
  'INTERNAL', // a bug; the log has more
] as const
export type IpcErrorCode = (typeof IPC_ERROR_CODES)[number]

/** Why a request was not fulfilled. `message` may be shown to a person as it is. */
export interface IpcError {
  /** An `IpcErrorCode`, or the engine's own camelCase code. Stable. */
  readonly code: string
  readonly message: string
  readonly details?: unknown
}

/** What every request resolves to; it never rejects. */
export type Envelope<T> =
  | { readonly ok: true; readonly data: T }
  | { readonly ok: false; readonly error: IpcError }

/** An `IpcError` of the boundary's own codes. */
export function ipcError(code: IpcErrorCode, message: string, details?: unknown): IpcError {
  return details === undefined ? { code, message } : { code, message, details }
}
