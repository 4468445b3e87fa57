import { z } from 'zod'
import type { JobId } from '../../../shared/domain/ids.ts'
import { jobErrorSchema } from '../../../shared/domain/errors.ts'
import type { IntentId } from '../../jobs/jobRow.ts'
import type { IntentRow, IntentTx } from '../../jobs/intentPort.ts'
import type { IntentOutcome } from '../../jobs/recovery.ts'
import type { SqlDatabase, SqlRow } from '../sqlite.ts'
import { jsonOrNull, num, numOrNull, text, textOrNull, toSql, UNSETTLED } from './readers.ts'

/** Create calls that were about to leave, and the operations that came of them. */
export function intents(db: SqlDatabase): IntentTx {
  return {
    ...intentRows(db),
    ...intentLooks(db),
    ...operations(db),
  }
}

function intentRows(db: SqlDatabase): Pick<IntentTx, 'insertIntent' | 'intent' | 'updateIntent'> {
  return {
    insertIntent: ({ id, job, credential, endpoint, wire, bodySha256, at }) =>
      void db.run(
        `INSERT INTO intents (id, jobId, intentNo, version, provider, credential, endpoint, url, headers, body, bodySha256, fingerprint, submitStartedAt, lastSentAt, outcome)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open')`,
        [
          id,
          job.id,
          job.intentNo,
          wire.version,
          job.provider,
          credential,
          endpoint,
          wire.url,
          JSON.stringify(wire.headers),
          wire.body,
          bodySha256,
          wire.fingerprint,
          at,
          at,
        ],
      ),
    intent: (id) => {
      const row = db.get('SELECT * FROM intents WHERE id = ?', [id])
      return row === undefined ? null : readIntent(row)
    },
    updateIntent: (id, patch) => {
      const entries = Object.entries(patch).filter(([, value]) => value !== undefined)
      // Settled for good: the bytes have done their work.
      const settled =
        patch.outcome !== undefined && patch.outcome !== 'open' && patch.outcome !== 'unknown'
          ? 'body = NULL, '
          : ''
      const sets = entries.map(([name]) => `${name} = ?`).join(', ')
      db.run(`UPDATE intents SET ${settled}${sets} WHERE id = ?`, [
        ...entries.map(([, value]) => toSql(value)),
        id,
      ])
    },
  }
}

function intentLooks(
  db: SqlDatabase,
): Pick<IntentTx, 'dueIntents' | 'openIntents' | 'twinInFlight' | 'unknownTwins'> {
  return {
    unknownTwins: (provider, credential, fingerprint) =>
      db
        .all(
          `SELECT * FROM intents INDEXED BY intents_unsettled WHERE provider = ? AND credential = ? AND outcome = 'unknown' AND ${UNSETTLED} AND fingerprint = ? AND nextLookAt IS NOT NULL ORDER BY submitStartedAt, id`,
          [provider, credential, fingerprint],
        )
        .map(readIntent),
    dueIntents: (now) =>
      db
        .all(
          "SELECT * FROM intents WHERE nextLookAt IS NOT NULL AND nextLookAt <= ? AND outcome = 'unknown' ORDER BY submitStartedAt LIMIT 500",
          [now],
        )
        .map(readIntent),
    openIntents: () =>
      db
        .all(
          `SELECT id, provider FROM intents INDEXED BY intents_unsettled WHERE outcome = 'open' AND ${UNSETTLED}`,
        )
        .map((row) => ({ id: text(row['id']) as IntentId, provider: text(row['provider']) })),
    twinInFlight: (provider, fingerprint) =>
      db.get(
        `SELECT 1 AS yes FROM intents INDEXED BY intents_unsettled WHERE provider = ? AND outcome = 'open' AND ${UNSETTLED} AND fingerprint = ? LIMIT 1`,
        [provider, fingerprint],
      ) !== undefined,
  }
}

/** Which job owns which operation of a provider. */
function operations(db: SqlDatabase): Pick<IntentTx, 'addOperation' | 'operationOwner'> {
  return {
    addOperation: ({ job, intentId, operation, at }) => {
      const added = db.run(
        'INSERT INTO operations (provider, account, operationId, jobId, intentId, version, data, createdAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
        [
          job.provider,
          job.credential ?? 'none',
          operation.id,
          job.id,
          intentId,
          operation.version,
          JSON.stringify(operation.data),
          at,
        ],
      )
      if (added > 0) return true
      const owner = db.get(
        'SELECT jobId FROM operations WHERE provider = ? AND account = ? AND operationId = ?',
        [job.provider, job.credential ?? 'none', operation.id],
      )
      return owner?.['jobId'] === job.id
    },
    operationOwner: (provider, operationId) => {
      const row = db.get(
        'SELECT jobId, intentId FROM operations WHERE operationId = ? AND provider = ? LIMIT 1',
        [operationId, provider],
      )
      if (row === undefined) return null
      const intentId = textOrNull(row['intentId']) as IntentId | null
      return { jobId: text(row['jobId']) as JobId, intentId }
    },
  }
}

const headersSchema = z.record(z.string(), z.string())

function readIntent(row: SqlRow): IntentRow {
  const body = row['body']
  const headers = jsonOrNull(row['headers'], headersSchema)
  return {
    id: text(row['id']) as IntentId,
    jobId: text(row['jobId']) as JobId,
    intentNo: num(row['intentNo']),
    version: num(row['version']),
    provider: text(row['provider']),
    credential: text(row['credential']),
    endpoint: text(row['endpoint']),
    url: text(row['url']),
    wire:
      body instanceof Uint8Array && headers !== null
        ? {
            version: 1,
            method: 'POST',
            url: text(row['url']),
            headers,
            body,
            fingerprint: text(row['fingerprint']),
          }
        : null,
    bodySha256: text(row['bodySha256']),
    fingerprint: text(row['fingerprint']),
    submitStartedAt: num(row['submitStartedAt']),
    sends: num(row['sends']),
    lastSentAt: num(row['lastSentAt']),
    outcome: text(row['outcome']) as IntentOutcome,
    passes: num(row['passes']),
    nextLookAt: numOrNull(row['nextLookAt']),
    watchUntil: numOrNull(row['watchUntil']),
    error: jsonOrNull(row['error'], jobErrorSchema),
  }
}
