import { moneySchema } from '../../../shared/domain/money.ts'
import type { CapState } from '../../jobs/budget.ts'
import type { IntentId } from '../../jobs/jobRow.ts'
import type { Charge, JobTx } from '../../jobs/ports.ts'
import type { SqlDatabase, SqlRow } from '../sqlite.ts'
import { num, numOrNull, text } from './readers.ts'

type ChargePart = Pick<
  JobTx,
  | 'addCharge'
  | 'settleCharge'
  | 'charge'
  | 'moveCharge'
  | 'caps'
  | 'overrun'
  | 'setOverrun'
  | 'timeZone'
  | 'advanceClock'
>

/** The ledger: one row per create call, sums kept by triggers, caps read inside the claim. */
export function charges(db: SqlDatabase): ChargePart {
  const charge = (intentId: IntentId): Charge | null => {
    const row = db.get('SELECT * FROM charges WHERE intentId = ?', [intentId])
    return row === undefined ? null : readCharge(row)
  }
  return {
    charge,
    addCharge: ({ intentId, job, amount, periods, at }) =>
      void db.run(
        `INSERT INTO charges (intentId, jobId, batchId, provider, state, micros, reservedMicros, currency, estimated, night, month, createdAt, updatedAt)
         VALUES (?, ?, ?, ?, 'reserved', ?, ?, ?, ?, ?, ?, ?, ?)`,
        [
          intentId,
          job.id,
          job.batchId,
          job.provider,
          amount.micros,
          amount.micros,
          amount.currency,
          amount.estimated ? 1 : 0,
          periods.night,
          periods.month,
          at,
          at,
        ],
      ),
    settleCharge: (intentId, { state, amount, at }) => {
      const before = charge(intentId)
      if (before === null) return null
      // Totals are kept per currency: a bill in another one would hide in the wrong sum. Where nothing
      // was reserved (no price was known) the row moves to the bill's own.
      const isFree = before.money.micros === 0 && amount !== null
      if (isFree && amount.currency !== before.money.currency)
        moveCurrency(db, intentId, amount.currency)
      const money =
        amount !== null && (isFree || amount.currency === before.money.currency)
          ? amount
          : before.money
      db.run(
        'UPDATE charges SET state = ?, micros = ?, estimated = ?, updatedAt = ? WHERE intentId = ?',
        [state, money.micros, money.estimated ? 1 : 0, at, intentId],
      )
      return { ...before, state, money }
    },
    moveCharge: (intentId, to) =>
      void db.run('UPDATE charges SET jobId = ? WHERE intentId = ?', [to, intentId]),
    ...capsAndClock(db),
  }
}

/** Only for a row of nothing: the sums are made by inserting it anew. */
function moveCurrency(db: SqlDatabase, intentId: IntentId, currency: string): void {
  const columns =
    'intentId, jobId, batchId, provider, state, micros, reservedMicros, currency, estimated, night, month, createdAt, updatedAt'
  const row = db.get(`SELECT ${columns} FROM charges WHERE intentId = ?`, [intentId])
  if (row === undefined) return
  db.run('DELETE FROM charges WHERE intentId = ?', [intentId])
  db.run(
    `INSERT INTO charges (${columns}) VALUES (${columns.replace(/\w+/g, (name) => `:${name}`)})`,
    { ...row, currency },
  )
}

/** What a claim is held against. */
function capsAndClock(
  db: SqlDatabase,
): Pick<JobTx, 'caps' | 'overrun' | 'setOverrun' | 'timeZone' | 'advanceClock'> {
  return {
    caps: (batchId, { night, month }) =>
      db
        .all(
          `SELECT 'batch' AS scope, id AS scopeId, capMicros AS micros, capCurrency AS currency FROM batches WHERE id = :batch AND capMicros IS NOT NULL
           UNION ALL SELECT scope, iif(scope = 'night', :night, :month), micros, currency FROM caps`,
          { batch: batchId, night, month },
        )
        .map((row) => capState(db, row)),
    overrun: (route) =>
      numOrNull(db.get('SELECT ratio FROM overruns WHERE route = ?', [route])?.['ratio']) ?? 1,
    setOverrun: (route, ratio) =>
      void db.run('INSERT OR REPLACE INTO overruns (route, ratio) VALUES (?, ?)', [route, ratio]),
    timeZone: () => {
      const stored = db.get('SELECT timeZone FROM caps LIMIT 1')?.['timeZone']
      return typeof stored === 'string' ? stored : Intl.DateTimeFormat().resolvedOptions().timeZone
    },
    advanceClock: (now) => {
      const stored = Number(db.get("SELECT value FROM meta WHERE key = 'clock'")?.['value'] ?? 0)
      if (now <= stored) return stored
      // A minute's grain keeps this from being written at every claim.
      if (now - stored > 60_000)
        db.run("INSERT OR REPLACE INTO meta (key, value) VALUES ('clock', ?)", [String(now)])
      return now
    },
  }
}

function capState(db: SqlDatabase, row: SqlRow): CapState {
  const scope = text(row['scope']) as CapState['scope']
  const cap = { micros: num(row['micros']), currency: text(row['currency']) }
  const held = db.get(
    'SELECT reserved, confirmed, indeterminate FROM charge_totals WHERE scope = ? AND scopeId = ? AND currency = ?',
    [scope, text(row['scopeId']), cap.currency],
  )
  return {
    scope,
    cap,
    held: {
      reserved: Number(held?.['reserved'] ?? 0),
      confirmed: Number(held?.['confirmed'] ?? 0),
      indeterminate: Number(held?.['indeterminate'] ?? 0),
    },
  }
}

function readCharge(row: SqlRow): Charge {
  return {
    intentId: text(row['intentId']) as IntentId,
    state: text(row['state']) as Charge['state'],
    money: moneySchema.parse({
      micros: row['micros'],
      currency: row['currency'],
      estimated: row['estimated'] === 1,
    }),
    reservedMicros: num(row['reservedMicros']),
  }
}
