import libsql from 'libsql'

/** What went wrong on the disk, by what can be done about it. */
export const STORAGE_ERROR_CODES = [
  'diskFull', // goes on when room is made
  'locked', // another program writes to the file just now
  'readOnly', // the file, folder or disk may not be written
  'ioError', // the disk or the network drive failed, or is gone
  'broken', // the file is damaged or is no database
  'cannotOpen', // the file or its folder is missing or may not be opened
] as const
export type StorageErrorCode = (typeof STORAGE_ERROR_CODES)[number]

/** Rejects a write that the disk refused: nothing of it was kept. Any other error is a bug. */
export class StorageError extends Error {
  readonly code: StorageErrorCode

  constructor(code: StorageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StorageError'
    this.code = code
  }
}

const SENTENCES: Readonly<Record<StorageErrorCode, string>> = {
  diskFull: 'The disk is full. Make room; work goes on by itself.',
  locked: 'Another program is writing to the data folder. Close it; work goes on by itself.',
  readOnly: 'The data folder cannot be written. Allow writing to it, or choose another folder.',
  ioError: 'The disk of the data folder does not answer as it should. Check the drive.',
  broken: 'The database is damaged. Restore a backup from the data folder.',
  cannotOpen: 'A file of the data folder cannot be opened. Check that it exists and may be read.',
}

/** Primary result codes of SQLite (sqlite.org/rescode.html). */
const SQLITE_CODES: Readonly<Record<number, StorageErrorCode>> = {
  5: 'locked',
  6: 'locked',
  8: 'readOnly',
  10: 'ioError',
  11: 'broken',
  13: 'diskFull',
  14: 'cannotOpen',
  26: 'broken',
}

const ERRNO_CODES: Readonly<Record<string, StorageErrorCode>> = {
  ENOSPC: 'diskFull',
  EDQUOT: 'diskFull',
  EFBIG: 'diskFull',
  EROFS: 'readOnly',
  EACCES: 'readOnly',
  EPERM: 'readOnly',
  EIO: 'ioError',
  ENODEV: 'ioError',
  ESTALE: 'ioError',
  EBUSY: 'locked',
  EAGAIN: 'locked',
  ENOENT: 'cannotOpen',
  ENOTDIR: 'cannotOpen',
  EISDIR: 'cannotOpen',
  EMFILE: 'cannotOpen',
}

/**
 * The named error behind one of SQLite's or the file system's; undefined for anything else,
 * which is then a bug and must go on as it is.
 */
export function storageErrorFrom(error: unknown): StorageError | undefined {
  if (error instanceof StorageError) return error
  if (!(error instanceof Error)) return undefined
  const code = sqliteCode(error) ?? errnoCode(error)
  if (code === undefined) return undefined
  return new StorageError(code, `${SENTENCES[code]} (${error.message})`, { cause: error })
}

function sqliteCode(error: Error): StorageErrorCode | undefined {
  if (error instanceof libsql.SqliteError) {
    const { rawCode } = error as { rawCode?: unknown }
    return typeof rawCode === 'number' ? SQLITE_CODES[rawCode & 0xff] : undefined
  }
  // libsql's constructor throws a plain Error that ends in SQLite's code.
  const opening = /^ConnectionFailed\(.*: (\d+)"\)$/s.exec(error.message)
  return opening?.[1] === undefined ? undefined : SQLITE_CODES[Number(opening[1]) & 0xff]
}

function errnoCode(error: Error): StorageErrorCode | undefined {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? ERRNO_CODES[code] : undefined
}
