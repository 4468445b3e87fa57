import { err, ok, type Result } from '../../shared/domain/result.ts'
import type { OpenError } from '../engine.ts'
import type { EngineLock } from './engineLock.ts'
import { lastEngineRun } from './engineRuns.ts'
import { migrate } from './migrate.ts'
import { MIGRATIONS, type Migration } from './migrations/index.ts'
import { newerSchemaMessage } from './schemaVersion.ts'
import { CACHE_SETTING, connect, type SqlDatabase } from './sqlite.ts'
import { storageErrorFrom } from './storageError.ts'

export interface OpenOptions {
  readonly database: string
  /** Folder that exists, for copies made before a migration. */
  readonly backups: string
  /** Epoch ms, for the name of a backup. */
  readonly now: number
  readonly migrations?: readonly Migration[]
}

/**
 * Opens the main database for the one engine: durable settings read back (money rule 15), damage
 * looked for when the last engine did not end cleanly, a newer schema refused, an older one backed
 * up and migrated. A file that cannot be used is left exactly as it is.
 * @param _lock proof that no other engine is at it (money rule 16: lock before migrating)
 */
export function openDatabase(
  _lock: EngineLock,
  options: OpenOptions,
): Result<SqlDatabase, OpenError> {
  let db: SqlDatabase | undefined
  try {
    db = connect(options.database)
    const refused = refuse(db, options) ?? migrate(db, options)
    if (refused === undefined) return ok(db)
    db.close()
    return err(refused)
  } catch (error) {
    db?.close()
    const cause = storageErrorFrom(error)
    if (cause === undefined) throw error
    if (cause.code === 'broken') return err(brokenError(options, ownWords(cause)))
    const message = `The database ${options.database} cannot be used. ${cause.message}`
    return err({ code: 'folderUnusable', message })
  }
}

/** Reads before it sets anything, so that a foreign or newer file stays untouched. */
function refuse(db: SqlDatabase, options: OpenOptions): OpenError | undefined {
  const known = (options.migrations ?? MIGRATIONS).length
  const version = Number(db.pragma('user_version'))
  if (version > known) {
    return { code: 'newerSchema', message: newerSchemaMessage(version, known) }
  }
  if (version === 0 && db.get('SELECT 1 FROM sqlite_schema LIMIT 1') !== undefined) {
    return brokenError(options, 'it is a database, but not one of Dailies')
  }
  return refuseSettings(db) ?? (version === 0 ? undefined : refuseDamage(db, options))
}

const SETTINGS = [
  { name: 'journal_mode', set: 'WAL', expected: 'wal' },
  { name: 'synchronous', set: 'FULL', expected: 2 },
  // These two act on macOS only, where a plain fsync does not reach the disk.
  { name: 'fullfsync', set: '1', expected: 1 },
  { name: 'checkpoint_fullfsync', set: '1', expected: 1 },
  { name: 'foreign_keys', set: '1', expected: 1 },
  { name: 'busy_timeout', set: '0', expected: 0 },
  CACHE_SETTING,
] as const

function refuseSettings(db: SqlDatabase): OpenError | undefined {
  for (const { name, set, expected } of SETTINGS) {
    db.pragma(`${name} = ${set}`)
    if (db.pragma(name) === expected) continue
    const message =
      `The disk of the data folder cannot keep the database safe (${name} is not ${set}). ` +
      'Choose a folder on a local disk with --data-dir.'
    return { code: 'folderUnusable', message }
  }
  return undefined
}

function refuseDamage(db: SqlDatabase, options: OpenOptions): OpenError | undefined {
  if (lastEngineRun(db)?.endedAt !== null) return undefined
  const found = String(db.pragma('quick_check(1)'))
  return found === 'ok' ? undefined : brokenError(options, found)
}

/** What SQLite said; the sentence around it says what to do. */
const ownWords = ({ cause, message }: Error): string =>
  cause instanceof Error ? cause.message : message

function brokenError({ database, backups }: OpenOptions, detail: string): OpenError {
  const message =
    `The database ${database} is damaged and was left as it is (${detail}). ` +
    `Move it aside and put the newest file of ${backups} in its place, or start without one: ` +
    'what was sent and paid for is also in submits.ndjson.'
  return { code: 'databaseBroken', message }
}
