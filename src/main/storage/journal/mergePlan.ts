import type { Charge } from '../../jobs/ports.ts'
import type { IntentOutcome } from '../../jobs/recovery.ts'
import type { IntentId } from '../../jobs/jobRow.ts'
import type { JournalLine } from './journalLine.ts'
import { journalState, type JournaledIntent } from './journalState.ts'

/** What the database knows, as far as the journal speaks of it. */
export interface DatabaseSummary {
  readonly generation: number
  readonly intents: ReadonlyMap<IntentId, KnownIntent>
  /** Intents that are not settled, also those of which the journal says nothing. */
  readonly unsettled: readonly IntentId[]
}
export interface KnownIntent {
  readonly outcome: IntentOutcome
  /** The journal's where the database has it, for whichever job; else its own; null without one. */
  readonly operationId: string | null
  /** Null where nothing is charged. */
  readonly charge: Charge['state'] | null
}

/** Two different stories about one create call. */
export interface Conflict {
  readonly intentId: IntentId
  readonly journalOperationId: string
  readonly databaseOperationId: string | null
  readonly databaseOutcome: IntentOutcome
}

export type MergePlan =
  | { readonly kind: 'same' }
  /** What a crash leaves: only lines of the last engine run are missing. Applied without asking. */
  | { readonly kind: 'trailing'; readonly lines: readonly JournalLine[] }
  /** An earlier database was put back: a person sees it before anything is claimed. */
  | { readonly kind: 'databaseOlder'; readonly lines: readonly JournalLine[] }
  /** An earlier journal was put back, or it was removed: the database knows more. Nothing to apply. */
  | { readonly kind: 'journalOlder'; readonly missing: readonly IntentId[] }
  /** An operation differs: a person sees it before anything is claimed. */
  | {
      readonly kind: 'conflict'
      readonly lines: readonly JournalLine[]
      readonly conflicts: readonly Conflict[]
    }

/** Compares both memories (money rule 13) before the engine of this start has written to either. Pure. */
export function mergePlan(lines: readonly JournalLine[], database: DatabaseSummary): MergePlan {
  const journal = journalState(lines)
  const missing = new Set<JournalLine>()
  const conflicts: Conflict[] = []
  for (const journaled of journal.intents.values()) {
    const known = database.intents.get(journaled.id)
    const conflict = conflictOf(journaled, known)
    if (conflict !== undefined) conflicts.push(conflict)
    for (const line of missingOf(journaled, known)) missing.add(line)
  }
  const toApply = lines.filter((line) => missing.has(line))
  if (conflicts.length > 0) return { kind: 'conflict', lines: toApply, conflicts }
  if (database.generation < journal.generation) return { kind: 'databaseOlder', lines: toApply }
  if (toApply.length > 0) {
    const ofLastRun = new Set(lines.slice(journal.lastRunAt))
    const isTrailing = toApply.every((line) => ofLastRun.has(line))
    return { kind: isTrailing ? 'trailing' : 'databaseOlder', lines: toApply }
  }
  const unheard = database.unsettled.filter((id) => !journal.intents.has(id))
  // One ahead is a crash between the two writes of a start.
  const isOlder = unheard.length > 0 || database.generation > journal.generation + 1
  return isOlder ? { kind: 'journalOlder', missing: unheard } : { kind: 'same' }
}

function conflictOf(
  journaled: JournaledIntent,
  known: KnownIntent | undefined,
): Conflict | undefined {
  const operation = journaled.outcome?.operation ?? undefined
  if (operation === undefined || known === undefined) return undefined
  const isSettled = known.outcome !== 'open' && known.outcome !== 'unknown'
  if (!isSettled || known.operationId === operation.id) return undefined
  // Accepted without its operation is half a story that the journal completes.
  if (known.outcome === 'accepted' && known.operationId === null) return undefined
  return {
    intentId: journaled.id,
    journalOperationId: operation.id,
    databaseOperationId: known.operationId,
    databaseOutcome: known.outcome,
  }
}

function missingOf(journaled: JournaledIntent, known: KnownIntent | undefined): JournalLine[] {
  const news = [
    known === undefined ? journaled.intent : undefined,
    outcomeIsNews(journaled, known) ? journaled.outcome : undefined,
    chargeIsNews(journaled, known) ? journaled.ledger : undefined,
  ]
  return news.filter((line) => line !== undefined)
}

function outcomeIsNews({ outcome }: JournaledIntent, known: KnownIntent | undefined): boolean {
  if (known === undefined || outcome === undefined) return outcome !== undefined
  const operation = outcome.operation
  if (operation !== null) return known.operationId !== operation.id
  if (outcome.outcome === 'unknown') return known.outcome === 'open'
  if (outcome.outcome === 'open') return false
  return known.outcome === 'open' || known.outcome === 'unknown'
}

/** A charge that the journal speaks of moves forward only. */
function chargeIsNews({ ledger }: JournaledIntent, known: KnownIntent | undefined): boolean {
  if (ledger === undefined) return false
  if (known === undefined) return true
  return known.charge !== null && CHARGE_RANK[ledger.state] > CHARGE_RANK[known.charge]
}

const CHARGE_RANK: Readonly<Record<Charge['state'], number>> = {
  reserved: 0,
  indeterminate: 1,
  confirmed: 2,
  released: 2,
}
