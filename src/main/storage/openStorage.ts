import { hostname } from 'node:os'
import type { JobId } from '../../shared/domain/ids.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import type { OpenError } from '../engine.ts'
import { CommitGroup } from './commitGroup.ts'
import { takeEngineLock, type EngineLock } from './engineLock.ts'
import { endEngineRun, lastEngineRun, startEngineRun, type Face } from './engineRuns.ts'
import type { Journal } from './journal/journal.ts'
import { startJournal, type StartedJournal } from './journal/startJournal.ts'
import { storedZone } from './jobStore/charges.ts'
import { indexPrompts } from './jobStore/promptIndex.ts'
import { openDatabase } from './openDatabase.ts'
import { rebuild } from './rebuild/rebuild.ts'
import type { SqlDatabase } from './sqlite.ts'
import { storageErrorFrom, type StorageError } from './storageError.ts'

export interface StorageOptions {
  readonly database: string
  readonly lock: string
  readonly journal: string
  readonly backups: string
  readonly media: string
  readonly face: Face
  readonly now: () => number
  readonly newJobId: () => JobId
  /** Where takes lie beside `media`, for a database that was lost. */
  readonly takeFolders?: readonly string[]
}

/** Lock, database and journal of one engine run, already merged. */
export interface Storage {
  readonly db: SqlDatabase
  readonly group: CommitGroup
  readonly journal: Journal
  /** Number of this engine run: what leases name. */
  readonly run: number
  /** How the two memories stood to each other; for the log. */
  readonly start: Omit<StartedJournal, 'journal'>
  /** Takes that a lost database got back from their sidecars at this start. */
  readonly found: number
  /** Ends the run cleanly and frees the lock, also when the disk no longer lets it be written down. */
  close(): Promise<void>
}

/** Opens both memories and makes them agree (money rules 13 to 16), before anything is claimed. */
export async function openStorage(options: StorageOptions): Promise<Result<Storage, OpenError>> {
  const lock = takeEngineLock(options)
  if (!lock.ok) return lock
  const opened = openDatabase(lock.value, {
    database: options.database,
    backups: options.backups,
    now: options.now(),
  })
  if (!opened.ok) {
    lock.value.release()
    return opened
  }
  const begun = await begin(options, opened.value)
  if (begun.ok)
    return ok(storageOf(options, { lock: lock.value, db: opened.value, ...begun.value }))
  opened.value.close()
  lock.value.release()
  return err({ code: 'folderUnusable', message: begun.error.message })
}

interface Begun {
  readonly group: CommitGroup
  readonly run: number
  readonly started: StartedJournal
  readonly found: number
}

async function begin(
  options: StorageOptions,
  db: SqlDatabase,
): Promise<Result<Begun, StorageError>> {
  const group = new CommitGroup(db)
  const { face, newJobId, media: outDir, journal: path } = options
  const at = options.now()
  const timeZone = storedZone(db)
  try {
    // A database that was never used beside takes and a journal is one that was lost.
    const isNew = lastEngineRun(db) === null
    const folders = [outDir, ...(options.takeFolders ?? [])]
    const rebuilt = isNew ? await rebuild({ group, journal: path, folders, timeZone }) : null
    const run = group.writeNow(() => {
      indexPrompts(db)
      return startEngineRun(db, { face, pid: process.pid, host: hostname(), startedAt: at })
    })
    const found = rebuilt?.adopted ?? 0
    const journal = { path, db, group, run, at, outDir, timeZone, newJobId, found }
    const started = await startJournal(journal)
    return started.ok ? ok({ group, run, started: started.value, found }) : started
  } catch (error) {
    const cause = storageErrorFrom(error)
    if (cause === undefined) throw error
    return err(cause)
  }
}

interface Parts extends Begun {
  readonly lock: EngineLock
  readonly db: SqlDatabase
}

function storageOf(
  options: StorageOptions,
  { lock, db, group, run, started, found }: Parts,
): Storage {
  const { journal, ...start } = started
  return {
    db,
    group,
    journal,
    run,
    start,
    found,
    close: async () => {
      try {
        await journal.close()
        group.writeNow(() => endEngineRun(db, run, options.now()))
        // The -wal file would only go with the last handle, which libsql keeps until the process ends.
        db.pragma('wal_checkpoint(TRUNCATE)')
      } catch (error) {
        // Nothing is lost: the next start finds a run that did not end and checks the database.
        if (storageErrorFrom(error) === undefined) throw error
      } finally {
        db.close()
        lock.release()
      }
    },
  }
}
