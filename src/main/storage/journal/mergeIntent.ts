import { periodsAt } from '../../jobs/periods.ts'
import type { Charge } from '../../jobs/ports.ts'
import { WATCH_MS } from '../../jobs/reconcile.ts'
import type { IntentOutcome } from '../../jobs/recovery.ts'
import { charges } from '../jobStore/charges.ts'
import type { SqlDatabase } from '../sqlite.ts'
import type { MergeContext } from './applyMerge.ts'
import type { IntentLine, LedgerLine, OutcomeLine } from './journalLine.ts'
import type { JournaledIntent } from './journalState.ts'

/** A create with no last word may have arrived. */
export function outcomeInTheEnd({ outcome }: JournaledIntent): IntentOutcome {
  if (outcome === undefined || outcome.outcome === 'open') return 'unknown'
  return outcome.outcome
}

export function insertIntent(context: MergeContext, line: IntentLine, final: IntentOutcome): void {
  const { db, at } = context
  const isOpen = final === 'unknown'
  db.run(
    `INSERT OR IGNORE INTO intents (id, jobId, intentNo, version, provider, credential, endpoint, url, headers, body, bodySha256, fingerprint, submitStartedAt, lastSentAt, outcome, nextLookAt, watchUntil, settledAt, settledBy)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, '{}', NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      line.intentId,
      line.jobId,
      line.intentNo,
      line.wireVersion,
      line.provider,
      line.credential,
      line.endpoint,
      line.url,
      line.bodySha256,
      line.fingerprint,
      line.at,
      line.at,
      final,
      isOpen ? at : null,
      isOpen ? at + WATCH_MS : null,
      isOpen ? null : at,
      isOpen ? null : 'recovery',
    ],
  )
  insertCharge(context, line, final)
}

function insertCharge(context: MergeContext, line: IntentLine, final: IntentOutcome): void {
  const { night, month } = periodsAt(line.at, context.timeZone)
  const { micros, currency, estimated } = line.reservation
  context.db.run(
    `INSERT OR IGNORE INTO charges (intentId, jobId, batchId, provider, state, micros, reservedMicros, currency, estimated, night, month, createdAt, updatedAt)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      line.intentId,
      line.jobId,
      line.job.batchId,
      line.provider,
      chargeFor(final),
      micros,
      micros,
      currency,
      estimated ? 1 : 0,
      night,
      month,
      line.at,
      context.at,
    ],
  )
}

function chargeFor(final: IntentOutcome): Charge['state'] {
  if (final === 'accepted') return 'reserved'
  return final === 'unknown' ? 'indeterminate' : 'released'
}

/** What the database has settled by itself stays as it is. */
export function updateIntent(
  { db, at }: MergeContext,
  { intentId }: OutcomeLine,
  final: IntentOutcome,
): void {
  if (final === 'unknown') {
    db.run(
      "UPDATE intents SET outcome = 'unknown', nextLookAt = ?, watchUntil = ? WHERE id = ? AND outcome = 'open'",
      [at, at + WATCH_MS, intentId],
    )
  } else {
    db.run(
      "UPDATE intents SET outcome = ?, nextLookAt = NULL, settledAt = ?, settledBy = 'recovery', body = NULL WHERE id = ? AND outcome IN ('open', 'unknown')",
      [final, at, intentId],
    )
  }
  const before = final === 'unknown' ? "'reserved'" : "'reserved', 'indeterminate'"
  db.run(
    `UPDATE charges SET state = ?, updatedAt = ? WHERE intentId = ? AND state IN (${before})`,
    [chargeFor(final), at, intentId],
  )
}

/** By the rule of a bill that comes in while the engine runs. */
export function applyLedger(db: SqlDatabase, { intentId, state, money, at }: LedgerLine): void {
  charges(db).settleCharge(intentId, { state, amount: money, at })
}
