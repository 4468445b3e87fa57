import { existsSync, statSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { MIGRATIONS, type Migration } from './migrations/index.ts'
import { newerSchemaMessage } from './schemaVersion.ts'
import { CACHE_SETTING, connect, type SqlDatabase } from './sqlite.ts'
import { storageErrorFrom } from './storageError.ts'

/** Why there is nothing to look at. */
export interface ReaderError {
  readonly code: 'noDatabase' | 'newerSchema' | 'olderSchema' | 'databaseBroken' | 'folderUnusable'
  readonly message: string
}

/**
 * Opens the database for reading only, also beside a running engine; needs no lock (money rule 14)
 * and changes nothing in the folder but SQLite's own -wal and -shm files.
 */
export function openReader(
  path: string,
  migrations: readonly Migration[] = MIGRATIONS,
): Result<SqlDatabase, ReaderError> {
  if (!existsSync(path)) {
    const message = `There is no database at ${path} yet. It is made by the first run.`
    return err({ code: 'noDatabase', message })
  }
  try {
    const db = connectForReading(path)
    const refused = refuseSchema(db, migrations)
    if (refused === undefined) return ok(db)
    db.close()
    return err(refused)
  } catch (error) {
    const cause = storageErrorFrom(error)
    if (cause === undefined) throw error
    const code = cause.code === 'broken' ? 'databaseBroken' : 'folderUnusable'
    return err({ code, message: `${path} cannot be read. ${cause.message}` })
  }
}

function connectForReading(path: string): SqlDatabase {
  try {
    return connectAs(path, 'mode=ro')
  } catch (error) {
    // WAL needs its side files. Where they can be neither found nor made, nobody writes either.
    if (storageErrorFrom(error)?.code !== 'cannotOpen' || hasWal(path)) throw error
    return connectAs(path, 'immutable=1')
  }
}

function connectAs(path: string, parameter: string): SqlDatabase {
  const db = connect(`${pathToFileURL(path).href}?${parameter}`)
  try {
    db.get('SELECT 1 FROM sqlite_schema LIMIT 1') // SQLite opens the file at the first look
    db.pragma(`${CACHE_SETTING.name} = ${CACHE_SETTING.set}`)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

const hasWal = (path: string): boolean => {
  const stats = statSync(`${path}-wal`, { throwIfNoEntry: false })
  return stats !== undefined && stats.size > 0
}

function refuseSchema(db: SqlDatabase, migrations: readonly Migration[]): ReaderError | undefined {
  const version = Number(db.pragma('user_version'))
  if (version > migrations.length) {
    return { code: 'newerSchema', message: newerSchemaMessage(version, migrations.length) }
  }
  if (version === migrations.length) return undefined
  const message =
    version === 0
      ? `There is nothing in the database yet. It is filled by the first run.`
      : 'The database is of an earlier version of Dailies. Start the app or `dailies resume` once.'
  return { code: version === 0 ? 'noDatabase' : 'olderSchema', message }
}
