import { storageErrorFrom } from './storageError.ts'
import type { SqlDatabase } from './sqlite.ts'

interface Waiting {
  readonly fn: (db: SqlDatabase) => unknown
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}
type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: unknown }

/**
 * The one way to write to the database. All writes asked for in one turn of the event loop share one
 * transaction and one fsync; each stands or falls by itself.
 */
export class CommitGroup {
  readonly #db: SqlDatabase
  #waiting: Waiting[] = []
  #scheduled = false

  constructor(db: SqlDatabase) {
    this.#db = db
  }

  /**
   * Runs `fn` as if in a transaction of its own: what it throws undoes it alone. It is run once more
   * when another write of the same turn threw, so it adds to nothing but the database. Not async.
   * Resolves once the commit is on the disk.
   * @throws (rejects) what `fn` threw, or a StorageError when the disk refused: nothing was kept.
   *   Only after `ioError` may a crash still show it.
   */
  write<T>(fn: (db: SqlDatabase) => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ fn, resolve: resolve as (value: unknown) => void, reject })
      if (this.#scheduled) return
      this.#scheduled = true
      setImmediate(() => this.#flush())
    })
  }

  /** As `write`, at once and synchronously, together with what was waiting before it. */
  writeNow<T>(fn: (db: SqlDatabase) => T): T {
    if (this.#db.inTransaction) throw new TypeError('a write was started inside a write')
    const result: { outcome?: Outcome } = {}
    this.#waiting.push({
      fn,
      resolve: (value) => (result.outcome = { ok: true, value }),
      reject: (error) => (result.outcome = { ok: false, error }),
    })
    this.#flush()
    if (result.outcome?.ok === true) return result.outcome.value as T
    throw result.outcome?.error
  }

  /** Commits what still waits. For the end of the engine. */
  flush(): void {
    this.#flush()
  }

  #flush(): void {
    this.#scheduled = false
    const group = this.#waiting
    this.#waiting = []
    if (group.length === 0) return
    try {
      const outcomes = this.#commit(group)
      group.forEach((entry, index) => settle(entry, outcomes[index]))
    } catch (error) {
      const cause = storageErrorFrom(error) ?? error
      this.#rollback()
      for (const { reject } of group) reject(cause)
    }
  }

  #commit(group: readonly Waiting[]): Outcome[] {
    this.#db.run('BEGIN IMMEDIATE')
    const outcomes = this.#together(group) ?? group.map(({ fn }) => this.#alone(fn))
    this.#db.run('COMMIT')
    return outcomes
  }

  /**
   * Without savepoints, inside which SQLite keeps a copy of each page that a statement touches. Undefined
   * when one threw: nothing of the group was kept, and each must be run by itself.
   */
  #together(group: readonly Waiting[]): Outcome[] | undefined {
    try {
      return group.map(({ fn }) => ({ ok: true, value: fn(this.#db) }))
    } catch (error) {
      if (!this.#db.inTransaction) throw error
      this.#db.run('ROLLBACK')
      this.#db.run('BEGIN IMMEDIATE')
      return group.length === 1
        ? [{ ok: false, error: storageErrorFrom(error) ?? error }]
        : undefined
    }
  }

  #alone(fn: (db: SqlDatabase) => unknown): Outcome {
    this.#db.run('SAVEPOINT one')
    try {
      const value = fn(this.#db)
      this.#db.run('RELEASE one')
      return { ok: true, value }
    } catch (error) {
      // A full or failing disk makes SQLite undo the whole transaction: then nobody's write was kept.
      if (!this.#db.inTransaction) throw error
      this.#db.run('ROLLBACK TO one')
      this.#db.run('RELEASE one')
      return { ok: false, error: storageErrorFrom(error) ?? error }
    }
  }

  #rollback(): void {
    try {
      if (this.#db.inTransaction) this.#db.run('ROLLBACK')
    } catch {
      // The disk is gone: SQLite undoes it when it is opened next. Those who wait are told why it failed.
    }
  }
}

function settle({ resolve, reject }: Waiting, outcome: Outcome | undefined): void {
  if (outcome?.ok === true) resolve(outcome.value)
  else reject(outcome?.error)
}
