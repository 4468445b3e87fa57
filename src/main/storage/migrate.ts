import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { OpenError } from '../engine.ts'
import { APPLICATION_ID, MIGRATIONS, type Migration } from './migrations/index.ts'
import type { SqlDatabase } from './sqlite.ts'
import { storageErrorFrom } from './storageError.ts'
import { syncFolder } from './syncFolder.ts'

const BACKUPS_KEPT = 3

export interface MigrateOptions {
  readonly backups: string
  readonly now: number
  readonly migrations?: readonly Migration[]
}

/**
 * Brings the schema up to date, one transaction a migration. A database that holds anything is copied
 * first; where that fails nothing is migrated.
 */
export function migrate(db: SqlDatabase, options: MigrateOptions): OpenError | undefined {
  const migrations = options.migrations ?? MIGRATIONS
  const from = Number(db.pragma('user_version'))
  if (from === migrations.length) return undefined
  if (from > 0) {
    const refused = backUp(db, from, options)
    if (refused !== undefined) return refused
  }
  for (const [index, { sql }] of migrations.entries()) {
    if (index >= from) applyOne(db, sql, index + 1)
  }
  return undefined
}

function applyOne(db: SqlDatabase, sql: string, version: number): void {
  db.exec('BEGIN IMMEDIATE')
  try {
    db.exec(sql)
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${version}`)
    db.exec('COMMIT')
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK')
    throw error
  }
}

function backUp(db: SqlDatabase, version: number, options: MigrateOptions): OpenError | undefined {
  const stamp = new Date(options.now).toISOString().replace(/[-:]|\.\d+/g, '')
  const path = join(options.backups, `dailies-${stamp}-v${version}.db`)
  const part = `${path}.part`
  try {
    rmSync(part, { force: true })
    db.run('VACUUM INTO ?', [part])
    syncFile(part)
    renameSync(part, path)
    syncFolder(options.backups)
    prune(options.backups)
    return undefined
  } catch (error) {
    const cause = storageErrorFrom(error)
    if (cause === undefined) throw error
    rmSync(part, { force: true })
    const message =
      `The database must be updated for this version, and its backup could not be written to ` +
      `${options.backups}. ${cause.message} Nothing was changed.`
    return { code: 'folderUnusable', message }
  }
}

function syncFile(path: string): void {
  const handle = openSync(path, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Names begin with the time, so the newest sort last. */
function prune(folder: string): void {
  const names = readdirSync(folder).filter((name) => /^dailies-\d{8}T\d{6}Z-v\d+\.db$/.test(name))
  for (const name of names.toSorted().slice(0, -BACKUPS_KEPT)) {
    try {
      rmSync(join(folder, name))
    } catch {
      // An old copy that cannot be removed takes room; the update does not fail for it.
    }
  }
}
