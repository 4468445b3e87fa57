/** Node's code of a failed file call, e.g. `ENOENT`; `UNKNOWN` where it has none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN'
}
