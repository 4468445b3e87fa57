import { z } from 'zod'
import type { SqlDatabase, SqlRow } from '../storage/sqlite.ts'
import { parseJson } from '../../shared/domain/json.ts'

/** What the library's stores need of the one database. */
export interface LibraryDatabase {
  readonly reader: Pick<SqlDatabase, 'get' | 'all'>
  /** One durable transaction; rejects with a StorageError, or when this process may only read. */
  write<T>(fn: (db: SqlDatabase) => T): Promise<T>
}

export interface LibraryOptions {
  readonly database: LibraryDatabase
  readonly now: () => number
  /** Unique and sortable by time; without the kind's prefix. */
  readonly newId: () => string
}

/** Keyset of a page: the values of the last row's order, as text. */
export const cursorOf = (...values: readonly (string | number)[]): string => JSON.stringify(values)

/** The values of a cursor; null when it is none of ours, which reads as the first page. */
export function cursorValues(cursor: string | null): readonly (string | number)[] | null {
  if (cursor === null) return null
  try {
    const values: unknown = parseJson(cursor)
    return Array.isArray(values) ? (values as (string | number)[]) : null
  } catch {
    return null
  }
}

export const textOf = (row: SqlRow, column: string): string => String(row[column] ?? '')
export const numberOf = (row: SqlRow, column: string): number => Number(row[column] ?? 0)
export const numberOrNull = (row: SqlRow, column: string): number | null =>
  row[column] === null || row[column] === undefined ? null : numberOf(row, column)
export const textOrNull = (row: SqlRow, column: string): string | null =>
  row[column] === null || row[column] === undefined ? null : textOf(row, column)

/** Null for what no version of ours wrote, so that what stands beside it is still shown. */
export function parsedOrNull<T>(row: SqlRow, column: string, schema: z.ZodType<T>): T | null {
  try {
    return schema.parse(parseJson(textOf(row, column)))
  } catch {
    return null
  }
}
const textsSchema = z.array(z.string())
export const textsOf = (row: SqlRow, column: string): string[] =>
  parsedOrNull(row, column, textsSchema) ?? []

/** The condition that a column is one of a JSON list, bound by `listed`: any length, one statement. */
export const isListed = (column: string): string => `${column} IN (SELECT value FROM json_each(?))`
export const listed = (values: readonly string[]): string => JSON.stringify(values)
