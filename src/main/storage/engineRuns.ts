import type { SqlDatabase, SqlRow } from './sqlite.ts'

export type Face = 'app' | 'cli'

/** One start of an engine on a data folder. `run` is what leases name (money rule 14). */
export interface EngineRun {
  readonly run: number
  readonly face: string
  readonly pid: number
  readonly host: string
  /** Epoch ms. */
  readonly startedAt: number
  /** Epoch ms; null while it runs, and for ever when it died. */
  readonly endedAt: number | null
}

/** Allocates the number of this engine run. For use inside a write. */
export function startEngineRun(
  db: SqlDatabase,
  start: Pick<EngineRun, 'pid' | 'host' | 'startedAt'> & { readonly face: Face },
): number {
  const row = db.get(
    'INSERT INTO engine_runs (face, pid, host, startedAt) VALUES (?, ?, ?, ?) RETURNING run',
    [start.face, start.pid, start.host, start.startedAt],
  )
  return Number(row?.['run'])
}

/** Marks a clean stop: the next start need not check the file. For use inside a write. */
export function endEngineRun(db: SqlDatabase, run: number, at: number): void {
  db.run('UPDATE engine_runs SET endedAt = ? WHERE run = ?', [at, run])
}

/**
 * Whether an engine works here, as far as a look without its lock can tell: what another machine began
 * and did not end is believed. Words alone may rest on it (money rule 14).
 */
export function isWorkedOn(
  db: SqlDatabase,
  { host, isAlive }: { readonly host: string; readonly isAlive: (pid: number) => boolean },
): boolean {
  const last = lastEngineRun(db)
  if (last === null || last.endedAt !== null) return false
  return last.host !== host || isAlive(last.pid)
}

/** Null when no engine ever ran here. */
export function lastEngineRun(db: SqlDatabase): EngineRun | null {
  const row = db.get(
    'SELECT run, face, pid, host, startedAt, endedAt FROM engine_runs ORDER BY run DESC LIMIT 1',
  )
  return row === undefined ? null : readRun(row)
}

function readRun(row: SqlRow): EngineRun {
  return {
    run: Number(row['run']),
    face: String(row['face']),
    pid: Number(row['pid']),
    host: String(row['host']),
    startedAt: Number(row['startedAt']),
    endedAt: row['endedAt'] === null ? null : Number(row['endedAt']),
  }
}

/**
 * Counts the starts that were written to database and journal alike; 0 for a new database. One that
 * is lower than the journal's tells that an older database was put back (money rule 13).
 */
export function readGeneration(db: SqlDatabase): number {
  const row = db.get("SELECT value FROM meta WHERE key = 'generation'")
  const value = Number(row?.['value'] ?? 0)
  return Number.isSafeInteger(value) ? value : 0
}

/** For use inside a write, before the journal's `run` line with the same number. */
export function writeGeneration(db: SqlDatabase, generation: number): void {
  db.run(
    "INSERT INTO meta VALUES ('generation', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
    [String(generation)],
  )
}
