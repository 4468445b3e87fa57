import type { IntentId } from '../../jobs/jobRow.ts'
import type { IntentLine, JournalLine, LedgerLine, OutcomeLine, RunLine } from './journalLine.ts'

/** What the journal says of one create call, its last words. */
export interface JournaledIntent {
  readonly id: IntentId
  readonly intent: IntentLine | undefined
  /** The one that names an operation wins: nothing later undoes a purchase. */
  readonly outcome: OutcomeLine | undefined
  readonly ledger: LedgerLine | undefined
}

export interface JournalState {
  /** Of the last engine run that wrote; 0 when none did. */
  readonly generation: number
  /** Where that run's lines begin. */
  readonly lastRunAt: number
  readonly intents: ReadonlyMap<IntentId, JournaledIntent>
}

/** Folds lines, oldest first, into what they say in the end. Pure. */
export function journalState(lines: readonly JournalLine[]): JournalState {
  const intents = new Map<IntentId, JournaledIntent>()
  const change = (id: IntentId, patch: Partial<JournaledIntent>) => {
    const before = intents.get(id) ?? {
      id,
      intent: undefined,
      outcome: undefined,
      ledger: undefined,
    }
    intents.set(id, { ...before, ...patch })
  }
  let lastRun: RunLine | undefined
  for (const line of lines) {
    if (line.kind === 'run') lastRun = line
    else if (line.kind === 'intent') change(line.intentId, { intent: line })
    else if (line.kind === 'ledger') change(line.intentId, { ledger: line })
    else if (!isOwned(intents.get(line.intentId)?.outcome) || line.operation !== null) {
      change(line.intentId, { outcome: line })
    }
  }
  return {
    generation: lastRun?.generation ?? 0,
    lastRunAt: lastRun === undefined ? 0 : lines.indexOf(lastRun),
    intents,
  }
}

const isOwned = (outcome: OutcomeLine | undefined): boolean =>
  outcome !== undefined && outcome.operation !== null
