import {
  PROMPT_KINDS,
  type PromptId,
  type PromptKind,
  type PromptView,
} from '../../shared/domain/prompt.ts'
import {
  cursorOf,
  cursorValues,
  isListed,
  listed,
  numberOf,
  textOf,
  type LibraryOptions,
} from './libraryDatabase.ts'
import type { Page } from '../../shared/domain/views.ts'
import type { SqlDatabase, SqlRow, SqlValue } from '../storage/sqlite.ts'

export interface PromptQuery {
  readonly text?: string | undefined
  readonly kind?: PromptKind | undefined
  readonly tag?: string | undefined
  readonly favourite?: boolean | undefined
  readonly after: string | null
  readonly limit: number
}
export type NewPrompt = Pick<PromptView, 'kind' | 'name' | 'text' | 'folder' | 'tags' | 'favourite'>

/** Prompts, templates and lists. */
export interface PromptLibrary {
  /** Favourites first, then latest changed; with a text, best match first. */
  list(query: PromptQuery): Page<PromptView>
  get(id: PromptId): PromptView | null
  tags(): readonly { readonly tag: string; readonly prompts: number }[]
  /** The values of every list by its name, for `__name__`. */
  lists(): Readonly<Record<string, readonly string[]>>
  /** Null when `id` names no prompt. */
  save(id: PromptId | null, prompt: NewPrompt): Promise<PromptView | null>
  setFavourite(ids: readonly PromptId[], favourite: boolean): Promise<void>
  setRemoved(ids: readonly PromptId[], removed: boolean): Promise<void>
  /** Drops for good what was removed before this start. */
  purge(): Promise<void>
}

export function createPromptLibrary({ database, now, newId }: LibraryOptions): PromptLibrary {
  const { reader } = database
  return {
    list: (query) => readPage(reader, query),
    get: (id) => promptAt(reader, id),
    tags: () =>
      reader
        .all(
          `SELECT value AS tag, count(*) AS prompts FROM prompts, json_each(prompts.tags)
           WHERE removedAt IS NULL GROUP BY value ORDER BY value COLLATE NOCASE`,
        )
        .map((row) => ({ tag: textOf(row, 'tag'), prompts: numberOf(row, 'prompts') })),
    lists: () => readLists(reader),
    save: (id, prompt) =>
      database.write((db) =>
        id === null
          ? insertPrompt(db, { id: `prompt_${newId()}`, prompt, at: now() })
          : updatePrompt(db, { id, prompt, at: now() }),
      ),
    setFavourite: (ids, favourite) =>
      setOnAll({ database, ids, column: 'favourite', value: favourite ? 1 : 0 }),
    setRemoved: (ids, removed) =>
      setOnAll({ database, ids, column: 'removedAt', value: removed ? now() : null }),
    purge: () =>
      database.write((db) => void db.run('DELETE FROM prompts WHERE removedAt IS NOT NULL')),
  }
}

type Reader = Pick<SqlDatabase, 'get' | 'all'>

function promptAt(db: Reader, id: PromptId): PromptView | null {
  const row = db.get('SELECT * FROM prompts WHERE id = ? AND removedAt IS NULL', [id])
  return row === undefined ? null : toPrompt(row)
}

function toPrompt(row: SqlRow): PromptView {
  const kind = PROMPT_KINDS.find((known) => known === row['kind']) ?? 'prompt'
  return {
    id: textOf(row, 'id') as PromptId,
    kind,
    name: textOf(row, 'name'),
    text: textOf(row, 'text'),
    folder: textOf(row, 'folder'),
    tags: JSON.parse(textOf(row, 'tags')) as string[],
    favourite: row['favourite'] === 1,
    createdAt: numberOf(row, 'createdAt'),
    updatedAt: numberOf(row, 'updatedAt'),
    revision: numberOf(row, 'revision'),
  }
}

/** Found entries are few and ranked, so that their pages go by number; the plain list goes by keyset. */
function readPage(db: Reader, query: PromptQuery): Page<PromptView> {
  const words = searchWords(query.text ?? '')
  const { conditions, values } = conditionsOf(query)
  return words === ''
    ? readListed(db, { query, conditions, values })
    : readFound(db, { query, conditions, values, words })
}

interface Filtered {
  readonly query: PromptQuery
  readonly conditions: readonly string[]
  readonly values: readonly SqlValue[]
}

function readListed(db: Reader, { query, conditions, values }: Filtered): Page<PromptView> {
  const key = cursorValues(query.after)
  const where = [
    ...conditions,
    ...(key === null ? [] : ['(favourite, updatedAt, seq) < (?, ?, ?)']),
  ]
  const found = db.all(
    `SELECT * FROM prompts WHERE ${where.join(' AND ')}
     ORDER BY favourite DESC, updatedAt DESC, seq DESC LIMIT ?`,
    [...values, ...(key ?? []), query.limit + 1],
  )
  const last = found.length > query.limit ? found[query.limit - 1] : undefined
  const next =
    last === undefined
      ? null
      : cursorOf(numberOf(last, 'favourite'), numberOf(last, 'updatedAt'), numberOf(last, 'seq'))
  return { rows: found.slice(0, query.limit).map(toPrompt), next }
}

function readFound(db: Reader, filtered: Filtered & { readonly words: string }): Page<PromptView> {
  const { query, conditions, values, words } = filtered
  const skip = Number(cursorValues(query.after)?.[0] ?? 0)
  const found = db.all(
    `SELECT prompts.* FROM prompts_search JOIN prompts ON prompts.seq = prompts_search.rowid
     WHERE prompts_search MATCH ? AND ${conditions.join(' AND ')}
     ORDER BY bm25(prompts_search, 5.0, 1.0, 3.0), prompts.seq LIMIT ? OFFSET ?`,
    [words, ...values, query.limit + 1, skip],
  )
  const rows = found.slice(0, query.limit).map(toPrompt)
  return { rows, next: found.length > query.limit ? cursorOf(skip + query.limit) : null }
}

function conditionsOf(query: PromptQuery): { conditions: string[]; values: SqlValue[] } {
  const conditions = ['prompts.removedAt IS NULL']
  const values: SqlValue[] = []
  if (query.kind !== undefined) {
    conditions.push('prompts.kind = ?')
    values.push(query.kind)
  }
  if (query.favourite !== undefined) {
    conditions.push('prompts.favourite = ?')
    values.push(query.favourite ? 1 : 0)
  }
  if (query.tag !== undefined) {
    conditions.push('EXISTS (SELECT 1 FROM json_each(prompts.tags) WHERE value = ?)')
    values.push(query.tag)
  }
  return { conditions, values }
}

/** Every word typed must begin a word of the entry; quoted, so that nothing in it is FTS syntax. */
function searchWords(text: string): string {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? []
  return words.map((word) => `"${word}"*`).join(' ')
}

function readLists(db: Reader): Readonly<Record<string, readonly string[]>> {
  const found = db.all("SELECT name, text FROM prompts WHERE kind = 'list' AND removedAt IS NULL")
  const valuesOf = (text: string): string[] =>
    text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '')
  return Object.fromEntries(
    found.map((row) => [textOf(row, 'name'), valuesOf(textOf(row, 'text'))]),
  )
}

const columns = ({ kind, name, text, folder, tags, favourite }: NewPrompt) => ({
  kind,
  name,
  text,
  folder,
  tags: JSON.stringify(tags),
  favourite: favourite ? 1 : 0,
})

interface Entry {
  readonly id: PromptId
  readonly prompt: NewPrompt
  readonly at: number
}

function insertPrompt(db: SqlDatabase, { id, prompt, at }: Entry): PromptView | null {
  db.run(
    `INSERT INTO prompts (id, kind, name, text, folder, tags, favourite, createdAt, updatedAt, revision)
     VALUES (:id, :kind, :name, :text, :folder, :tags, :favourite, :at, :at, 1)`,
    { ...columns(prompt), id, at },
  )
  return promptAt(db, id)
}

function updatePrompt(db: SqlDatabase, { id, prompt, at }: Entry): PromptView | null {
  db.run(
    `UPDATE prompts SET kind = :kind, name = :name, text = :text, folder = :folder, tags = :tags,
     favourite = :favourite, updatedAt = :at, revision = revision + 1
     WHERE id = :id AND removedAt IS NULL`,
    { ...columns(prompt), id, at },
  )
  return promptAt(db, id)
}

function setOnAll(change: {
  readonly database: LibraryOptions['database']
  readonly ids: readonly PromptId[]
  readonly column: 'favourite' | 'removedAt'
  readonly value: SqlValue
}): Promise<void> {
  const { database, ids, column, value } = change
  return database.write((db) => {
    const sql = `UPDATE prompts SET ${column} = ?, revision = revision + 1 WHERE ${isListed('id')}`
    db.run(sql, [value, listed(ids)])
  })
}
