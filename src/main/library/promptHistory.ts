import type {
  PromptHistory,
  PromptId,
  PromptPlaces,
  PromptResults,
  PromptVersion,
  PromptView,
} from '../../shared/domain/prompt.ts'
import type { SqlDatabase, SqlRow } from '../storage/sqlite.ts'
import { numberOf, textOf } from './libraryDatabase.ts'
import { SHARED_TEXTS, type PromptReader } from './promptQueries.ts'
import { textKey } from './promptText.ts'

/** Texts kept of one entry; the oldest goes. */
const KEPT_VERSIONS = 100
/** Changes within this time are one version: fields keep themselves one by one. */
const SAME_VERSION_MS = 60_000

/** Writes down the text that an entry has now, when it is another than the one before. */
export function keepVersion(
  db: SqlDatabase,
  { id, name, text, kind }: Pick<PromptView, 'id' | 'name' | 'text' | 'kind'>,
  at: number,
): void {
  const last = db.get(
    'SELECT * FROM prompt_versions WHERE promptId = ? ORDER BY version DESC LIMIT 1',
    [id],
  )
  if (last !== undefined && last['name'] === name && last['text'] === text) return
  const version = last === undefined ? 0 : numberOf(last, 'version')
  const isSame = version > 1 && at - numberOf(last ?? {}, 'savedAt') < SAME_VERSION_MS
  db.run('INSERT OR REPLACE INTO prompt_versions VALUES (?, ?, ?, ?, ?, ?)', [
    id,
    isSame ? version : version + 1,
    name,
    text,
    textKey({ kind, text }),
    at,
  ])
  db.run('DELETE FROM prompt_versions WHERE promptId = ? AND version <= ?', [
    id,
    version + 1 - KEPT_VERSIONS,
  ])
}

export function readHistory(db: PromptReader, prompt: PromptView): PromptHistory {
  return {
    versions: db
      .all('SELECT * FROM prompt_versions WHERE promptId = ? ORDER BY version DESC', [prompt.id])
      .map(toVersion),
    results: readResults(db, prompt.id),
    alike: db
      .all(
        `SELECT id, kind, name FROM prompts
         WHERE removedAt IS NULL AND textKey <> '' AND textKey = :key AND id <> :id
         UNION SELECT id, kind, name FROM prompts
         WHERE removedAt IS NULL AND kind = 'list' AND :kind = 'list' AND name = :name COLLATE NOCASE AND id <> :id
         LIMIT 20`,
        { key: textKey(prompt), id: prompt.id, kind: prompt.kind, name: prompt.name },
      )
      .map((row) => ({
        id: textOf(row, 'id') as PromptId,
        kind: textOf(row, 'kind') as PromptView['kind'],
        name: textOf(row, 'name'),
      })),
  }
}

const toVersion = (row: SqlRow): PromptVersion => ({
  version: numberOf(row, 'version'),
  name: textOf(row, 'name'),
  text: textOf(row, 'text'),
  savedAt: numberOf(row, 'savedAt'),
})

function readResults(db: PromptReader, id: PromptId): PromptResults {
  const row = db.get(
    `SELECT count(DISTINCT prompt_uses.batchId || ' ' || prompt_uses.row) AS rows,
       count(takes.id) AS takes, coalesce(sum(takes.flag = 'pick'), 0) AS picked,
       coalesce(sum(takes.flag = 'reject'), 0) AS rejected
     FROM prompt_uses LEFT JOIN takes ON takes.batchId = prompt_uses.batchId
       AND takes.row = prompt_uses.row AND takes.trashedAt IS NULL
     WHERE prompt_uses.promptId = ?`,
    [id],
  )
  const count = (column: string): number => (row === undefined ? 0 : numberOf(row, column))
  return {
    rows: count('rows'),
    takes: count('takes'),
    picked: count('picked'),
    rejected: count('rejected'),
  }
}

/** Each count is read from an index alone: the texts of a large library are not for every change of it. */
export function readPlaces(db: PromptReader): PromptPlaces {
  const count = (sql: string): number => numberOf(db.get(`SELECT ${sql} AS n`) ?? {}, 'n')
  return {
    all: count('(SELECT count(*) FROM prompts WHERE removedAt IS NULL)'),
    favourites: count('(SELECT count(*) FROM prompts WHERE removedAt IS NULL AND favourite = 1)'),
    duplicates: count(`(SELECT coalesce(sum(n), 0) FROM (${SHARED_TEXTS}))`),
    folders: db
      .all(
        `SELECT folder, count(*) AS prompts FROM prompts WHERE removedAt IS NULL AND folder <> ''
         GROUP BY folder ORDER BY folder COLLATE NOCASE`,
      )
      .map((row) => ({ folder: textOf(row, 'folder'), prompts: numberOf(row, 'prompts') })),
    tags: db
      .all(
        'SELECT tag, count(*) AS prompts FROM prompt_tags GROUP BY tag ORDER BY tag COLLATE NOCASE',
      )
      .map((row) => ({ tag: textOf(row, 'tag'), prompts: numberOf(row, 'prompts') })),
  }
}
