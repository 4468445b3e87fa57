import { systemZone } from '../../../shared/schedule/localTime.ts'
import { moneySchema } from '../../../shared/domain/moneySchema.ts'
import type { CapState } from '../../jobs/budget.ts'
import type { BatchId } from '../../../shared/domain/ids.ts'
import type { Periods } from '../../jobs/periods.ts'
import type { IntentId } from '../../jobs/jobRow.ts'
import type { CapPeriod, Charge, JobTx } from '../../jobs/ports.ts'
import type { SqlDatabase, SqlRow } from '../sqlite.ts'
import { projectCap } from './projects.ts'
import { num, numOrNull, text } from './readers.ts'

type ChargePart = Pick<
  JobTx,
  | 'addCharge'
  | 'settleCharge'
  | 'charge'
  | 'mayBeCharged'
  | 'moveCharge'
  | 'caps'
  | 'periodCap'
  | 'setPeriodCap'
  | 'hasPeriodCaps'
  | 'capExtra'
  | 'addCapExtra'
  | 'storedClock'
  | 'overrun'
  | 'setOverrun'
  | 'timeZone'
  | 'advanceClock'
>

const ONE_CHARGE =
  'SELECT intentId, state, micros, reservedMicros, currency, estimated FROM charges WHERE intentId = ?'

/** A create without a charge is in doubt: what it may cost is not known. */
const MAY_BE_CHARGED = `SELECT 1 AS yes FROM charges WHERE (jobId = :job OR intentId = :intent) AND state <> 'released'
  UNION ALL SELECT 1 FROM intents i LEFT JOIN charges c ON c.intentId = i.id
    WHERE (i.jobId = :job OR i.id = :intent) AND c.state IS NOT 'released' LIMIT 1`

/** The ledger: one row per create call, sums kept by triggers, caps read inside the claim. */
export function charges(db: SqlDatabase): ChargePart {
  const charge = (intentId: IntentId): Charge | null => {
    const row = db.get(ONE_CHARGE, [intentId])
    return row === undefined ? null : readCharge(row)
  }
  return {
    charge,
    mayBeCharged: ({ id, intentId }) =>
      db.get(MAY_BE_CHARGED, { job: id, intent: intentId }) !== undefined,
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
      if (before === null || (before.state === state && amount === null)) return before
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
    ...periodCaps(db),
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
): Pick<JobTx, 'caps' | 'overrun' | 'setOverrun' | 'timeZone' | 'advanceClock' | 'storedClock'> {
  const storedClock = (): number | null =>
    numOrNull(db.get("SELECT CAST(value AS INTEGER) AS at FROM meta WHERE key = 'clock'")?.['at'])
  return {
    caps: (batchId, periods) => [
      ...capStates(db, { batchId, periods }),
      ...projectCap(db, batchId),
    ],
    overrun: (route) =>
      numOrNull(db.get('SELECT ratio FROM overruns WHERE route = ?', [route])?.['ratio']) ?? 1,
    setOverrun: (route, ratio) =>
      void db.run('INSERT OR REPLACE INTO overruns (route, ratio) VALUES (?, ?)', [route, ratio]),
    timeZone: () => storedZone(db),
    storedClock,
    advanceClock: (now) => {
      const stored = storedClock() ?? 0
      if (now <= stored) return stored
      // A minute's grain keeps this from being written at every claim.
      if (now - stored > 60_000)
        db.run("INSERT OR REPLACE INTO meta (key, value) VALUES ('clock', ?)", [String(now)])
      return now
    },
  }
}

/** The zone in which nights and months are counted: that of the caps, else this machine's. */
export function storedZone(db: Pick<SqlDatabase, 'get'>): string {
  const stored = db.get('SELECT timeZone FROM caps LIMIT 1')?.['timeZone']
  return typeof stored === 'string' ? stored : systemZone()
}

function periodCaps(
  db: SqlDatabase,
): Pick<JobTx, 'periodCap' | 'setPeriodCap' | 'hasPeriodCaps' | 'capExtra' | 'addCapExtra'> {
  return {
    periodCap: (scope) => {
      const row = db.get('SELECT micros, currency FROM caps WHERE scope = ?', [scope])
      return row === undefined
        ? null
        : { micros: num(row['micros']), currency: text(row['currency']) }
    },
    setPeriodCap: (scope, cap) => {
      const zone = storedZone(db)
      db.run('DELETE FROM caps WHERE scope = ?', [scope])
      if (cap === null) return
      db.run('INSERT INTO caps (scope, micros, currency, timeZone) VALUES (?, ?, ?, ?)', [
        scope,
        cap.micros,
        cap.currency,
        zone,
      ])
    },
    hasPeriodCaps: () => db.get('SELECT 1 AS yes FROM caps') !== undefined,
    capExtra: (of) => capExtra(db, of),
    addCapExtra: ({ scope, period, currency, micros }) =>
      void db.run(
        'INSERT INTO cap_extras (scope, scopeId, currency, micros) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET micros = micros + excluded.micros',
        [scope, period, currency, micros],
      ),
  }
}

/** Micros that a person allowed above a cap for one period. */
export const capExtra = (
  db: Pick<SqlDatabase, 'get'>,
  { scope, period, currency }: CapPeriod,
): number =>
  num(
    db.get(
      'SELECT coalesce(sum(micros), 0) AS micros FROM cap_extras WHERE scope = ? AND scopeId = ? AND currency = ?',
      [scope, period, currency],
    )?.['micros'],
  )

/** Of a batch or a period; a project's is counted over its batches. */
export interface OwnCapState extends CapState {
  readonly scope: Exclude<CapState['scope'], 'project'>
  readonly extraMicros: number
}

/** The caps that a charge of a batch in these periods counts towards; null: those of the periods alone. */
export function capStates(
  db: SqlDatabase,
  { batchId, periods }: { readonly batchId: BatchId | null; readonly periods: Periods },
): readonly OwnCapState[] {
  return db
    .all(
      `SELECT c.scope, c.micros, c.currency, coalesce(e.micros, 0) AS extra,
              coalesce(t.reserved, 0) AS reserved, coalesce(t.confirmed, 0) AS confirmed, coalesce(t.indeterminate, 0) AS indeterminate
       FROM (SELECT 'batch' AS scope, id AS scopeId, capMicros AS micros, capCurrency AS currency FROM batches WHERE id = :batch AND capMicros IS NOT NULL
             UNION ALL SELECT scope, iif(scope = 'night', :night, :month), micros, currency FROM caps) AS c
       LEFT JOIN cap_extras e ON e.scope = c.scope AND e.scopeId = c.scopeId AND e.currency = c.currency
       LEFT JOIN charge_totals t ON t.scope = c.scope AND t.scopeId = c.scopeId AND t.currency = c.currency`,
      { batch: batchId, ...periods },
    )
    .map((row) => {
      const extraMicros = num(row['extra'])
      return {
        scope: text(row['scope']) as OwnCapState['scope'],
        cap: { micros: num(row['micros']) + extraMicros, currency: text(row['currency']) },
        extraMicros,
        held: {
          reserved: num(row['reserved']),
          confirmed: num(row['confirmed']),
          indeterminate: num(row['indeterminate']),
        },
      }
    })
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
