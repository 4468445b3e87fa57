import {
  PROMPT_KINDS,
  type PromptId,
  type PromptKind,
  type PromptView,
} from '../../shared/domain/prompt.ts'
import type { Page } from '../../shared/domain/views.ts'
import type { SqlDatabase, SqlRow, SqlValue } from '../storage/sqlite.ts'
import { cursorOf, cursorValues, numberOf, textOf, textsOf } from './libraryDatabase.ts'

export interface PromptQuery {
  readonly text?: string | undefined
  readonly kind?: PromptKind | undefined
  readonly tag?: string | undefined
  /** That folder, and those in it. */
  readonly folder?: string | undefined
  readonly favourite?: boolean | undefined
  /** Only entries whose text another one has. */
  readonly duplicates?: boolean | undefined
  readonly after: string | null
  readonly limit: number
}

export type PromptReader = Pick<SqlDatabase, 'get' | 'all'>

export function promptAt(db: PromptReader, id: PromptId): PromptView | null {
  const row = db.get('SELECT * FROM prompts WHERE id = ? AND removedAt IS NULL', [id])
  return row === undefined ? null : toPrompt(row)
}

export function toPrompt(row: SqlRow): PromptView {
  const kind = PROMPT_KINDS.find((known) => known === row['kind']) ?? 'prompt'
  return {
    id: textOf(row, 'id') as PromptId,
    kind,
    name: textOf(row, 'name'),
    text: textOf(row, 'text'),
    folder: textOf(row, 'folder'),
    tags: textsOf(row, 'tags'),
    favourite: row['favourite'] === 1,
    uses: numberOf(row, 'uses'),
    createdAt: numberOf(row, 'createdAt'),
    updatedAt: numberOf(row, 'updatedAt'),
    revision: numberOf(row, 'revision'),
  }
}

/** Favourites first, then latest changed; with a text, those that have it in their name first. */
export function readPage(db: PromptReader, query: PromptQuery): Page<PromptView> {
  const words = searchWords(query.text ?? '')
  if (words !== '') return readFound(db, query, words)
  return query.duplicates === true ? readAlike(db, query) : readListed(db, query)
}

function readListed(db: PromptReader, query: PromptQuery): Page<PromptView> {
  const { conditions, values } = conditionsOf(query)
  const key = cursorValues(query.after)
  const where = [
    ...conditions,
    ...(key === null ? [] : ['(favourite, updatedAt, seq) < (?, ?, ?)']),
  ]
  // A folder is put in order by its index alone; the texts are read of the page.
  const index = query.folder === undefined ? '' : 'INDEXED BY prompts_folder'
  const found = db.all(
    `SELECT prompts.* FROM (
       SELECT seq AS at FROM prompts ${index} WHERE ${where.join(' AND ')}
       ORDER BY favourite DESC, updatedAt DESC, seq DESC LIMIT ?
     ) CROSS JOIN prompts ON prompts.seq = at
     ORDER BY favourite DESC, updatedAt DESC, seq DESC`,
    [...values, ...(key ?? []), query.limit + 1],
  )
  return pageOf(found, query.limit, (last) =>
    cursorOf(numberOf(last, 'favourite'), numberOf(last, 'updatedAt'), numberOf(last, 'seq')),
  )
}

/** Entries of one text stand together. */
function readAlike(db: PromptReader, query: PromptQuery): Page<PromptView> {
  const { conditions, values } = conditionsOf({ ...query, duplicates: false })
  const key = cursorValues(query.after)
  const where = [
    ...conditions,
    ...(key === null ? [] : ['(prompts.textKey, prompts.seq) > (?, ?)']),
  ]
  // Texts come in order, so that it ends with the page.
  const found = db.all(
    `SELECT prompts.* FROM (${sharedTexts(key === null ? '' : 'AND textKey >= ?')}) AS shared
     CROSS JOIN prompts INDEXED BY prompts_text
       ON prompts.textKey = shared.textKey AND prompts.textKey <> ''
     WHERE ${where.join(' AND ')} ORDER BY shared.textKey, prompts.seq LIMIT ?`,
    [...(key?.slice(0, 1) ?? []), ...values, ...(key ?? []), query.limit + 1],
  )
  return pageOf(found, query.limit, (last) =>
    cursorOf(textOf(last, 'textKey'), numberOf(last, 'seq')),
  )
}

function pageOf(
  found: readonly SqlRow[],
  limit: number,
  cursor: (last: SqlRow) => string,
): Page<PromptView> {
  const last = found.length > limit ? found[limit - 1] : undefined
  return {
    rows: found.slice(0, limit).map(toPrompt),
    next: last === undefined ? null : cursor(last),
  }
}

interface Reach {
  readonly below: number
  readonly limit: number
}

/**
 * Those with the words in their name come first, then those with them elsewhere, each latest first: an
 * order that the index gives by itself. Ranking every match would take longer than a keystroke.
 */
function readFound(db: PromptReader, query: PromptQuery, words: string): Page<PromptView> {
  const [phase = 0, before = Number.MAX_SAFE_INTEGER] = (cursorValues(query.after) ?? []).map(
    Number,
  )
  const kind = query.kind === undefined ? '' : ` AND kind : "${query.kind}"`
  const inName = `name : (${words})`
  const anywhere = `{name text tags} : (${words})`
  const read = (index: string, match: string, { below, limit }: Reach): readonly SqlRow[] => {
    const { conditions, values } = conditionsOf(query)
    return db.all(
      `SELECT prompts.* FROM ${index} CROSS JOIN prompts ON prompts.seq = ${index}.rowid
       WHERE ${index} MATCH ? AND ${index}.rowid < ? AND ${conditions.join(' AND ')}
       ORDER BY ${index}.rowid DESC LIMIT ?`,
      [match, below, ...values, limit],
    )
  }
  const most = query.limit + 1
  const named =
    phase === 0 ? read('prompt_names', `(${inName})${kind}`, { below: before, limit: most }) : []
  const rest =
    named.length < most
      ? read('prompts_search', `((${anywhere}) NOT (${inName}))${kind}`, {
          below: phase === 0 ? Number.MAX_SAFE_INTEGER : before,
          limit: most - named.length,
        })
      : []
  return pageOf([...named, ...rest], query.limit, (last) =>
    cursorOf(named.length >= query.limit ? 0 : 1, numberOf(last, 'seq')),
  )
}

function conditionsOf(query: PromptQuery): { conditions: string[]; values: SqlValue[] } {
  const conditions = ['prompts.removedAt IS NULL']
  const values: SqlValue[] = []
  const add = (condition: string, ...more: readonly SqlValue[]): void => {
    conditions.push(condition)
    values.push(...more)
  }
  if (query.kind !== undefined) add('prompts.kind = ?', query.kind)
  if (query.favourite !== undefined) add('prompts.favourite = ?', query.favourite ? 1 : 0)
  if (query.tag !== undefined) {
    add('prompts.seq IN (SELECT seq FROM prompt_tags WHERE tag = ?)', query.tag)
  }
  if (query.folder !== undefined) add(IN_FOLDER, ...inFolder(query.folder))
  if (query.duplicates === true) add(`prompts.textKey IN (SELECT textKey FROM (${SHARED_TEXTS}))`)
  return { conditions, values }
}

/** That folder, and those in it, as one reach of the index; `0` is what follows `/`. */
export const IN_FOLDER = `(prompts.folder >= ? AND prompts.folder < ?
  AND (prompts.folder = ? OR prompts.folder >= ?))`
export const inFolder = (folder: string): readonly string[] => [
  folder,
  `${folder}0`,
  folder,
  `${folder}/`,
]

/** The keys that several entries have, in order, with how many. */
const sharedTexts = (
  from: string,
): string => `SELECT textKey, count(*) AS n FROM prompts INDEXED BY prompts_text
  WHERE removedAt IS NULL AND textKey <> '' ${from} GROUP BY textKey HAVING count(*) > 1`
export const SHARED_TEXTS = sharedTexts('')

/** Every word typed must begin a word of the entry; quoted, so that nothing in it is FTS syntax. */
function searchWords(text: string): string {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? []
  return words.map((word) => `"${word}"*`).join(' AND ')
}
