import type { SqlValue } from '../sqlite.ts'

/** Part of a WHERE, with what it binds. */
export interface Condition {
  readonly sql: string
  readonly values: readonly SqlValue[]
}

export function allOf(conditions: readonly (Condition | null)[]): Condition {
  const given = conditions.filter((condition) => condition !== null)
  return {
    sql: given.map(({ sql }) => `AND ${sql}`).join(' '),
    values: given.flatMap(({ values }) => values),
  }
}

/** `sql` with one value; null where nothing is asked for. */
export const equal = (sql: string, value: SqlValue | undefined): Condition | null =>
  value === undefined ? null : { sql, values: [value] }

/** Contains `text`, whatever its case. */
export function contains(column: string, text: string | undefined): Condition | null {
  if (text === undefined || text === '') return null
  const forms = formsOf(text)
  return {
    sql: `(${forms.map(() => `${column} LIKE ? ESCAPE '\\'`).join(' OR ')})`,
    values: forms.map((form) => `%${form.replace(/[\\%_]/g, '\\$&')}%`),
  }
}

/**
 * SQLite folds ASCII only; other scripts are matched as typed, in small letters, in capitals, and with
 * a capital first.
 */
export function formsOf(text: string): readonly string[] {
  // oxlint-disable-next-line no-control-regex -- ASCII is what SQLite folds by itself
  if (/^[\u0000-\u007f]*$/.test(text)) return [text]
  const small = text.toLowerCase()
  const first = `${small.charAt(0).toUpperCase()}${small.slice(1)}`
  return [...new Set([text, small, text.toUpperCase(), first])]
}
