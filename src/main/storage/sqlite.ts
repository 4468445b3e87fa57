import Libsql from 'libsql'

/** What may be bound. Not booleans: libsql 0.5 aborts the whole process on one. */
export type SqlValue = string | number | bigint | null | Uint8Array
/** By position, or by name for `:name`. */
export type SqlValues = readonly SqlValue[] | Readonly<Record<string, SqlValue>>
export type SqlRow = Readonly<Record<string, SqlValue>>

/**
 * One SQLite connection. Statements are prepared once and kept. Everything throws libsql's errors;
 * `storageErrorFrom` names those that are the disk's.
 */
export interface SqlDatabase {
  readonly path: string
  readonly inTransaction: boolean
  /** One or more statements, nothing bound, nothing returned. */
  exec(sql: string): void
  /** @returns how many rows changed */
  run(sql: string, values?: SqlValues): number
  get(sql: string, values?: SqlValues): SqlRow | undefined
  all(sql: string, values?: SqlValues): SqlRow[]
  /** What a pragma answers: its value, also where `name = value` has just set it. */
  pragma(name: string): SqlValue
  close(): void
}

/** 32 MiB (SQLite counts KiB as negative): the index of 100,000 jobs stays in memory while a person types. */
export const CACHE_SETTING = { name: 'cache_size', set: '-32768', expected: -32768 } as const

/**
 * @param path a file, `:memory:`, or a `file:` URL with SQLite's parameters
 * @throws plain Error or SqliteError when the file cannot be opened
 */
export function connect(path: string): SqlDatabase {
  const db = new Libsql(path)
  const statements = new Map<string, Libsql.Statement>()
  const readers = new Map<string, Reader>()
  const prepared = (sql: string): Libsql.Statement => kept(statements, sql, () => db.prepare(sql))
  const reader = (sql: string): Reader => kept(readers, sql, () => readerOf(db.prepare(sql)))
  return {
    path,
    get inTransaction() {
      return db.inTransaction
    },
    exec(sql) {
      // It may change tables: what was prepared knows their columns of before.
      statements.clear()
      readers.clear()
      db.exec(sql)
    },
    run: (sql, values = []) => prepared(sql).run(bindable(values)).changes,
    get(sql, values = []) {
      const { statement, names } = reader(sql)
      const row = statement.get(bindable(values)) as RawRow | undefined
      return row === undefined ? undefined : rowOf(names, row)
    },
    all(sql, values = []) {
      const { statement, names } = reader(sql)
      const rows = statement.all(bindable(values)) as RawRow[]
      return rows.map((row) => rowOf(names, row))
    },
    pragma(name) {
      const [row] = db.prepare(`PRAGMA ${name}`).all() as SqlRow[]
      return Object.values(row ?? {})[0] ?? null
    },
    close() {
      statements.clear()
      readers.clear()
      db.close()
    },
  }
}

type RawRow = readonly SqlValue[]
interface Reader {
  readonly statement: Libsql.Statement
  readonly names: readonly string[]
}

/** Rows as arrays: libsql takes three times as long to make objects of them. */
function readerOf(statement: Libsql.Statement): Reader {
  return { statement: statement.raw(true), names: statement.columns().map(({ name }) => name) }
}

function rowOf(names: readonly string[], values: RawRow): SqlRow {
  const row: Record<string, SqlValue> = {}
  // Read for every row of the queue: an index is a third of the cost of `entries()`.
  let index = 0
  for (const name of names) {
    row[name] = values[index] ?? null
    index += 1
  }
  return row
}

function kept<T>(known: Map<string, T>, sql: string, make: () => T): T {
  const before = known.get(sql)
  if (before !== undefined) return before
  const made = make()
  known.set(sql, made)
  return made
}

/** The types forbid it, but a boolean that slips through must not take the engine down. */
function bindable(values: SqlValues): SqlValues {
  for (const value of Array.isArray(values) ? values : Object.values(values)) {
    if (typeof value === 'boolean' || value === undefined)
      throw new TypeError(`cannot bind ${value}`)
  }
  return values
}
