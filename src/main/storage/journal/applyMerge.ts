import type { JobId } from '../../../shared/domain/ids.ts'
import { jobRows } from '../jobStore/jobRows.ts'
import { revisionsFrom, type Revisions } from '../revisions.ts'
import type { SqlDatabase } from '../sqlite.ts'
import type { JournalLine } from './journalLine.ts'
import { journalState, type JournaledIntent } from './journalState.ts'
import { applyLedger, insertIntent, outcomeInTheEnd, updateIntent } from './mergeIntent.ts'
import { moveJob } from './mergeJob.ts'
import { recreateJob } from './recreateJob.ts'

export interface MergeOptions {
  /** Epoch ms. */
  readonly at: number
  /** Where the takes of a batch go that has to be made again. */
  readonly outDir: string
  /** IANA name that the caps were set in. */
  readonly timeZone: string
  readonly newJobId: () => JobId
}

/** What a merge did. */
export interface Merged {
  /** Operations that were given back to jobs. */
  attached: number
  /** Creates of which the provider or a person must say what became of them. */
  unknown: number
  /** Jobs that the database had lost. */
  recreated: number
}

/** What the parts of a merge share. */
export interface MergeContext extends MergeOptions {
  readonly db: SqlDatabase
  readonly jobs: ReturnType<typeof jobRows>
  readonly revisions: Revisions
  readonly done: Merged
}

/**
 * Brings the lines of a merge plan into the database (money rule 13). For use inside a write, before
 * the job store is made. Applying the same lines again changes nothing.
 */
export function applyMerge(
  db: SqlDatabase,
  lines: readonly JournalLine[],
  options: MergeOptions,
): Merged {
  const revisions = revisionsFrom(db)
  const context: MergeContext = {
    ...options,
    db,
    revisions,
    jobs: jobRows(db, revisions),
    done: { attached: 0, unknown: 0, recreated: 0 },
  }
  for (const journaled of journalState(lines).intents.values()) applyOne(context, journaled)
  return context.done
}

function applyOne(context: MergeContext, journaled: JournaledIntent): void {
  const { intent, outcome, ledger } = journaled
  const final = outcomeInTheEnd(journaled)
  if (intent !== undefined) {
    const isLost = context.jobs.job(intent.jobId) === null
    // What was refused or never left has nothing that a lost job could come back for.
    if (isLost && final !== 'accepted' && final !== 'unknown') return
    if (isLost) recreateJob(context, intent)
    insertIntent(context, intent, final)
  }
  if (outcome !== undefined) updateIntent(context, outcome, final)
  if (intent !== undefined || outcome !== undefined) moveJob(context, journaled, final)
  if (ledger !== undefined) applyLedger(context.db, ledger)
}
