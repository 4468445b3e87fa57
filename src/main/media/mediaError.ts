import type { JobError } from '../../shared/domain/errors.ts'

/** An error about a file's content or about ffmpeg itself. */
export const mediaError = (code: string, message: string): JobError => ({
  kind: 'media',
  code,
  message,
})

/** An error about the place where a file was to be written. */
export const diskError = (code: string, message: string): JobError => ({
  kind: 'disk',
  code,
  message,
})

const DISK_CODES: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full. Free some space, then try again.',
  EDQUOT: 'Your disk quota is used up. Free some space, then try again.',
  EROFS: 'The folder is read-only. Choose another folder or make it writable.',
  EACCES: 'The folder may not be written to. Choose another folder or change its permissions.',
  EPERM: 'The folder may not be written to. Choose another folder or change its permissions.',
  ENOENT: 'The folder or file is gone. Put it back or choose another folder.',
  EIO: 'The disk reported a read or write error. Check the disk.',
}

/** What a failed file operation means to a person; `doing` completes "Could not ...". */
export function fileError(cause: unknown, doing: string): JobError {
  const code = errnoOf(cause)
  const advice = code === undefined ? undefined : DISK_CODES[code]
  const detail = advice ?? (cause instanceof Error ? cause.message : String(cause))
  return diskError(code ?? 'FILE_FAILED', `Could not ${doing}. ${detail}`)
}

const errnoOf = (cause: unknown): string | undefined =>
  cause instanceof Error && 'code' in cause && typeof cause.code === 'string'
    ? cause.code
    : undefined
