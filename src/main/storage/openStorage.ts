import { hostname } from 'node:os'
import type { JobId } from '../../shared/domain/ids.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import type { OpenError } from '../engine.ts'
import { CommitGroup } from './commitGroup.ts'
import { takeEngineLock, type EngineLock } from './engineLock.ts'
import {
  endEngineRun,
  readGeneration,
  startEngineRun,
  writeGeneration,
  type Face,
} from './engineRuns.ts'
import { applyMerge } from './journal/applyMerge.ts'
import { databaseSummary, unsettledIntents } from './journal/databaseSummary.ts'
import { Journal } from './journal/journal.ts'
import { mergePlan, type MergePlan } from './journal/mergePlan.ts'
import { readJournal, type JournalContent } from './journal/readJournal.ts'
import { openDatabase } from './openDatabase.ts'
import type { SqlDatabase } from './sqlite.ts'

export interface StorageOptions {
  readonly database: string
  readonly lock: string
  readonly journal: string
  readonly backups: string
  readonly media: string
  readonly face: Face
  readonly now: () => number
  readonly newJobId: () => JobId
}

/** Lock, database and journal of one engine run, already merged. */
export interface Storage {
  readonly db: SqlDatabase
  readonly group: CommitGroup
  readonly journal: Journal
  /** Number of this engine run: what leases name. */
  readonly run: number
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
  const content = readJournal(options.journal)
  if (!content.ok) {
    opened.value.close()
    lock.value.release()
    return err({ code: 'folderUnusable', message: content.error.message })
  }
  return ok(await begin(options, { lock: lock.value, db: opened.value, content: content.value }))
}

interface Opened {
  readonly lock: EngineLock
  readonly db: SqlDatabase
  readonly content: JournalContent
}

async function begin(options: StorageOptions, { lock, db, content }: Opened): Promise<Storage> {
  const group = new CommitGroup(db)
  const plan = mergePlan(content.lines, databaseSummary(db, content.lines))
  const question = questionFor(plan, content)
  const journaled = content.lines.findLast((line) => line.kind === 'run')?.generation ?? 0
  const generation = Math.max(readGeneration(db), journaled) + 1
  const run = group.writeNow(() => {
    if ('lines' in plan) applyMerge(db, plan.lines, mergeOptions(options))
    if (question !== null)
      db.run("INSERT OR REPLACE INTO meta (key, value) VALUES ('mergePending', ?)", [question])
    writeGeneration(db, generation)
    return startEngineRun(db, {
      face: options.face,
      pid: process.pid,
      host: hostname(),
      startedAt: options.now(),
    })
  })
  const journal = await Journal.open({
    path: options.journal,
    content,
    unsettled: unsettledIntents(db),
  })
  await journal.run({ run, generation, at: options.now() })
  return {
    db,
    group,
    journal,
    run,
    close: async () => {
      await journal.close()
      group.writeNow(() => endEngineRun(db, run, options.now()))
      db.close()
      lock.release()
    },
  }
}

const mergeOptions = (options: StorageOptions): Parameters<typeof applyMerge>[2] => ({
  at: options.now(),
  outDir: options.media,
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  newJobId: options.newJobId,
})

/** What the person must have seen before anything is claimed; null when both memories agree. */
function questionFor(plan: MergePlan, content: JournalContent): string | null {
  const damaged =
    content.problems.length > 0
      ? ` ${content.problems.length} lines of the journal are damaged.`
      : ''
  switch (plan.kind) {
    case 'databaseOlder':
      return `The database is older than the journal of paid requests: a backup was restored or a folder copied. ${plan.lines.length} lines were brought back from the journal.${damaged} Look through the queue, then accept to go on.`
    case 'conflict':
      return `The database and the journal of paid requests differ about ${plan.conflicts.map(({ intentId }) => intentId).join(', ')}. Look through the queue, then accept to go on.${damaged}`
    case 'journalOlder':
      return `The journal of paid requests is older than the database, or was removed. Nothing was lost that the database holds.${damaged} Accept to go on.`
    case 'same':
    case 'trailing':
      return damaged === ''
        ? null
        : `The journal of paid requests is damaged:${damaged} Accept to go on with what the database holds.`
  }
}
