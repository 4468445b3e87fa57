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
  /** Sets nothing: reads the value of a pragma. */
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
  const prepared = (sql: string): Libsql.Statement => {
    const known = statements.get(sql)
    if (known !== undefined) return known
    const statement = db.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  return {
    path,
    get inTransaction() {
      return db.inTransaction
    },
    exec: (sql) => void db.exec(sql),
    run: (sql, values = []) => prepared(sql).run(bindable(values)).changes,
    get(sql, values = []) {
      const row = prepared(sql).get(bindable(values)) as Record<string, SqlValue> | undefined
      if (row !== undefined) delete row['_metadata'] // libsql adds its timings
      return row
    },
    all: (sql, values = []) => prepared(sql).all(bindable(values)).map(withBytes),
    pragma(name) {
      const [row] = db.prepare(`PRAGMA ${name}`).all() as SqlRow[]
      return Object.values(row ?? {})[0] ?? null
    },
    close() {
      statements.clear()
      db.close()
    },
  }
}

/** The types forbid it, but a boolean that slips through must not take the engine down. */
function bindable(values: SqlValues): SqlValues {
  for (const value of Array.isArray(values) ? values : Object.values(values)) {
    if (typeof value === 'boolean' || value === undefined)
      throw new TypeError(`cannot bind ${value}`)
  }
  return values
}

/** libsql's `all` returns blobs as ArrayBuffer where its `get` returns Buffer. */
function withBytes(found: unknown): SqlRow {
  const row = found as Record<string, SqlValue | ArrayBuffer>
  for (const name in row) {
    const value = row[name]
    if (value instanceof ArrayBuffer) row[name] = new Uint8Array(value)
  }
  return row as SqlRow
}
