import type { Charge } from '../../jobs/ports.ts'
import type { IntentOutcome } from '../../jobs/recovery.ts'
import type { IntentId } from '../../jobs/jobRow.ts'
import { readGeneration } from '../engineRuns.ts'
import type { SqlDatabase, SqlValue } from '../sqlite.ts'
import type { JournalLine, OutcomeLine } from './journalLine.ts'
import { journalState } from './journalState.ts'
import type { DatabaseSummary, KnownIntent } from './mergePlan.ts'

/** What the database says of the creates that the journal names, and which it holds unsettled itself. */
export function databaseSummary(db: SqlDatabase, lines: readonly JournalLine[]): DatabaseSummary {
  const intents = new Map<IntentId, KnownIntent>()
  for (const { id, outcome } of journalState(lines).intents.values()) {
    const known = knownIntent(db, id, outcome)
    if (known !== undefined) intents.set(id, known)
  }
  return { generation: readGeneration(db), intents, unsettled: unsettledIntents(db) }
}

/** Creates whose answer may still come. */
export function unsettledIntents(db: SqlDatabase): IntentId[] {
  const rows = db.all("SELECT id FROM intents WHERE outcome IN ('open', 'unknown')")
  return rows.map((row) => String(row['id']) as IntentId)
}

/** Creates of which anything more may be heard, also bills. */
export function openIntents(db: SqlDatabase): IntentId[] {
  const rows = db.all(
    `SELECT id FROM intents WHERE outcome IN ('open', 'unknown')
     UNION SELECT i.id FROM intents i JOIN jobs j ON j.id = i.jobId
     WHERE j.status IN ('queued', 'running', 'waiting', 'needsYou')
     UNION SELECT intentId FROM charges WHERE state IN ('reserved', 'indeterminate')`,
  )
  return rows.map((row) => String(row['id']) as IntentId)
}

function knownIntent(
  db: SqlDatabase,
  id: IntentId,
  journaled: OutcomeLine | undefined,
): KnownIntent | undefined {
  const row = db.get(
    `SELECT i.outcome, i.provider, i.credential, c.state AS charge,
            (SELECT operationId FROM operations o WHERE o.jobId = i.jobId AND o.intentId = i.id) AS own
     FROM intents i LEFT JOIN charges c ON c.intentId = i.id WHERE i.id = ?`,
    [id],
  )
  if (row === undefined) return undefined
  // A late match may belong to another job: known all the same.
  const operationId = journaled?.operation?.id ?? null
  const isThere =
    operationId !== null &&
    db.get(
      'SELECT 1 AS yes FROM operations WHERE provider = ? AND account = ? AND operationId = ?',
      [row['provider'] ?? null, row['credential'] ?? null, operationId],
    ) !== undefined
  return {
    outcome: String(row['outcome']) as IntentOutcome,
    operationId: isThere ? operationId : textOrNull(row['own']),
    charge: textOrNull(row['charge']) as Charge['state'] | null,
  }
}

const textOrNull = (value: SqlValue | undefined): string | null =>
  typeof value === 'string' ? value : null
