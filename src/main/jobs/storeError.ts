/** Errors of the database itself carry one of these codes; anything else is a bug. */
const STORE_CODES = ['diskFull', 'locked', 'readOnly', 'ioError', 'broken', 'cannotOpen'] as const
type StoreErrorCode = (typeof STORE_CODES)[number]

/** Of the database itself: it says nothing of the job. */
export function isStoreError(error: unknown): error is Error & { code: StoreErrorCode } {
  return (
    error instanceof Error && 'code' in error && STORE_CODES.some((code) => code === error.code)
  )
}
