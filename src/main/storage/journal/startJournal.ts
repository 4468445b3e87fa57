import { err, ok, type Result } from '../../../shared/domain/result.ts'
import type { CommitGroup } from '../commitGroup.ts'
import { readGeneration, writeGeneration } from '../engineRuns.ts'
import type { SqlDatabase } from '../sqlite.ts'
import { storageErrorFrom, type StorageError } from '../storageError.ts'
import { applyMerge, type Merged, type MergeOptions } from './applyMerge.ts'
import { backlogLines } from './backlog.ts'
import { databaseSummary, openIntents, unsettledIntents } from './databaseSummary.ts'
import { Journal } from './journal.ts'
import type { JournalLine } from './journalLine.ts'
import { journalState } from './journalState.ts'
import { mergePlan, type MergePlan } from './mergePlan.ts'
import { readJournal, type JournalContent } from './readJournal.ts'
import { previousJournal, rotateJournal } from './rotateJournal.ts'

export interface StartOptions extends MergeOptions {
  readonly path: string
  readonly db: SqlDatabase
  readonly group: CommitGroup
  /** Number of this engine run, allocated already. */
  readonly run: number
  readonly rotateAtBytes?: number
  /** Takes that a lost database got back from their sidecars; 0 where it was not lost. */
  readonly found?: number
}

export interface StartedJournal {
  readonly journal: Journal
  readonly plan: MergePlan
  readonly merged: Merged
  /** For the log: lines that a crash cut, and lines that should have been whole. */
  readonly torn: number
  readonly problems: JournalContent['problems']
}

/**
 * Brings both memories together and begins this run's part of the journal (money rule 13). Before the
 * job store is made and before recovery. What a person must see is left in `meta.mergePending`, in
 * words: nothing is claimed until it is gone.
 */
export async function startJournal(
  options: StartOptions,
): Promise<Result<StartedJournal, StorageError>> {
  try {
    const content = readJournal(options.path)
    if (!content.ok) return content
    const aside = linesAside(options, content.value.lines)
    return aside.ok ? ok(await start(options, content.value, aside.value)) : aside
  } catch (error) {
    const cause = storageErrorFrom(error)
    if (cause === undefined) throw error
    return err(cause)
  }
}

/** An older database may know nothing of what was settled, and put aside, since. */
function linesAside(
  { path, db }: StartOptions,
  lines: readonly JournalLine[],
): Result<readonly JournalLine[], StorageError> {
  const generation = readGeneration(db)
  const isOlder = generation > 0 && generation < journalState(lines).generation
  const aside = isOlder ? readJournal(previousJournal(path)) : null
  if (aside === null) return ok([])
  return aside.ok ? ok(aside.value.lines) : aside
}

async function start(
  options: StartOptions,
  content: JournalContent,
  aside: readonly JournalLine[],
): Promise<StartedJournal> {
  const { path, db, group, run, at } = options
  const lines = [...aside, ...content.lines]
  const plan = mergePlan(lines, databaseSummary(db, lines))
  const state = journalState(lines)
  const { merged, generation } = group.writeNow(() => {
    const applied = applyMerge(db, 'lines' in plan ? plan.lines : [], options)
    const question = questionOf(plan, applied, options.found ?? 0)
    if (question !== null) askPerson(db, question)
    // The database goes first: only an earlier database can then be behind the journal.
    const next = Math.max(readGeneration(db), state.generation) + 1
    writeGeneration(db, next)
    return { merged: applied, generation: next }
  })
  const kept = rotated(options, content)
  const unsettled = unsettledIntents(db)
  const journal = await Journal.open({ path, content: kept, unsettled })
  const known = journalState(kept.lines).intents
  await journal.begin(
    { run, generation, at },
    backlogLines(
      db,
      unsettled.filter((id) => !known.has(id)),
    ),
  )
  return { journal, plan, merged, torn: content.torn, problems: content.problems }
}

function rotated({ path, db, rotateAtBytes }: StartOptions, content: JournalContent) {
  const didRotate = rotateJournal({
    path,
    lines: content.lines,
    bytes: content.end,
    open: new Set(openIntents(db)),
    ...(rotateAtBytes === undefined ? {} : { atBytes: rotateAtBytes }),
  })
  const again = didRotate ? readJournal(path) : ok(content)
  if (!again.ok) throw again.error
  return again.value
}

function askPerson(db: SqlDatabase, question: string): void {
  db.run(
    "INSERT INTO meta VALUES ('mergePending', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
    [question],
  )
}

/** Null where nobody need be asked. */
function questionOf(
  plan: MergePlan,
  { attached, unknown, recreated }: Merged,
  found: number,
): string | null {
  if (found > 0) {
    const takes = found === 1 ? '1 take' : `${found} takes`
    const jobs = recreated === 1 ? '1 job was' : `${recreated} jobs were`
    return (
      `The database was lost and has been made again: ${takes} with their costs from the files beside them; ${jobs} brought back from the journal of what was sent and paid for. ` +
      'Ratings, drafts and work that was never sent are gone. Look through it, then accept to go on; nothing is paid for twice.'
    )
  }
  const did =
    `Added from the journal: ${attached} accepted by a provider, ${unknown} with no answer recorded, ` +
    `${recreated} jobs made again. Look through the jobs that need you, then accept the merge to go on.`
  if (plan.kind === 'databaseOlder') {
    return `The database is older than the journal of what was sent and paid for (a backup put back, or a folder copied). ${did}`
  }
  if (plan.kind === 'conflict') {
    const ids = plan.conflicts.map(({ journalOperationId }) => journalOperationId).join(', ')
    return `Database and journal tell different stories about what a provider accepted (${ids}). ${did}`
  }
  return null
}
