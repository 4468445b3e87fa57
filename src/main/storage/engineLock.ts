import { err, ok, type Result } from '../../shared/domain/result.ts'
import type { OpenError } from '../engine.ts'
import { lastEngineRun } from './engineRuns.ts'
import { connect, type SqlDatabase } from './sqlite.ts'
import { openReader } from './openReader.ts'
import { storageErrorFrom } from './storageError.ts'

/** Proof that this process is the one engine of its data folder. */
export interface EngineLock {
  release(): void
}

export interface LockPaths {
  readonly lock: string
  /** The main database, which knows who holds the lock. */
  readonly database: string
}

/**
 * Takes the data folder for this engine, or says at once who has it (money rule 14). The system frees
 * the lock when the process ends, however it ends; a stopped process (SIGSTOP) still holds it.
 * Nothing else may open the lock file: POSIX drops a process's locks when it closes any handle of it.
 */
export function takeEngineLock(paths: LockPaths): Result<EngineLock, OpenError> {
  let db: SqlDatabase | undefined
  try {
    db = connect(paths.lock)
    // Only `exec`: a prepared statement would keep the file open after `close` (libsql 0.5).
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db?.close()
    return err(refusal(paths, error))
  }
  return ok(lockOn(db))
}

function lockOn(db: SqlDatabase): EngineLock {
  let held = true
  return {
    release() {
      if (!held) return
      held = false
      db.exec('ROLLBACK')
      db.close()
    },
  }
}

function refusal(paths: LockPaths, error: unknown): OpenError {
  const cause = storageErrorFrom(error)
  if (cause === undefined) throw error
  if (cause.code === 'locked') return { code: 'heldByOther', message: heldMessage(paths.database) }
  const message =
    cause.code === 'broken'
      ? `${paths.lock} is not the lock file it should be. Remove it and start again.`
      : `The data folder cannot be used: ${cause.message}`
  return { code: 'folderUnusable', message }
}

function heldMessage(database: string): string {
  const mend = 'Quit it, or name another folder with --data-dir.'
  return `Another engine uses this data folder: ${holder(database)}. ${mend}`
}

function holder(database: string): string {
  const opened = openReader(database)
  if (!opened.ok) return 'it has only just started'
  try {
    const run = lastEngineRun(opened.value)
    if (run === null || run.endedAt !== null) return 'it has only just started'
    const face = run.face === 'app' ? 'the app' : 'the command line'
    const since = new Date(run.startedAt).toISOString().slice(0, 16).replace('T', ' ')
    return `${face}, process ${run.pid} on ${run.host}, since ${since} UTC`
  } catch (error) {
    if (storageErrorFrom(error) === undefined) throw error
    return 'it has only just started'
  } finally {
    opened.value.close()
  }
}
