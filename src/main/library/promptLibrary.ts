import type { BatchId } from '../../shared/domain/ids.ts'
import {
  folderPath,
  type InFolder,
  type NewPrompt,
  type PromptHistory,
  type PromptId,
  type PromptPlaces,
  type PromptView,
} from '../../shared/domain/prompt.ts'
import type { Result } from '../../shared/domain/result.ts'
import type { Page } from '../../shared/domain/views.ts'
import type { IpcError } from '../../shared/ipc/ipcError.ts'
import type { SqlDatabase, SqlValue } from '../storage/sqlite.ts'
import { isListed, listed, textOf, type LibraryOptions } from './libraryDatabase.ts'
import { moveFolder, setFolder } from './promptFolders.ts'
import { keepVersion, readHistory, readPlaces } from './promptHistory.ts'
import {
  promptAt,
  readPage,
  toPrompt,
  type PromptQuery,
  type PromptReader,
} from './promptQueries.ts'
import { listValues, textKey } from './promptText.ts'
import { recordUses, type UsedRow } from './promptUses.ts'

/** Prompts, templates, lists and variable sets. */
export interface PromptLibrary {
  /** Favourites first, then latest changed; with a text, those that have it in their name first. */
  list(query: PromptQuery): Page<PromptView>
  get(id: PromptId): PromptView | null
  /** Versions, results and duplicates of an entry. */
  history(id: PromptId): PromptHistory | null
  places(): PromptPlaces
  /** The values of every list by its name, for `__name__`; of two alike the older counts. */
  lists(): Readonly<Record<string, readonly string[]>>
  /** Every entry, oldest first. */
  all(): readonly PromptView[]
  /** Null when `id` names no prompt. */
  save(id: PromptId | null, prompt: NewPrompt): Promise<PromptView | null>
  /** Adds all but those that are there already, with the same kind, name and text. Gives how many. */
  bring(prompts: readonly NewPrompt[]): Promise<number>
  setFavourite(ids: readonly PromptId[], favourite: boolean): Promise<void>
  /** Gives where they lay before. */
  setFolder(ids: readonly PromptId[], folder: string): Promise<readonly InFolder[]>
  /** A folder and those in it get another path; '' lifts all of it out. */
  moveFolder(from: string, to: string): Promise<Result<readonly InFolder[], IpcError>>
  setRemoved(ids: readonly PromptId[], removed: boolean): Promise<void>
  /** Notes what the rows of a batch were made with. */
  recordUses(batchId: BatchId, rows: readonly UsedRow[]): Promise<void>
  /** Drops for good what was removed before this start. */
  purge(): Promise<void>
}

export function createPromptLibrary({ database, now, newId }: LibraryOptions): PromptLibrary {
  const { reader } = database
  return {
    list: (query) => readPage(reader, query),
    get: (id) => promptAt(reader, id),
    history: (id) => {
      const prompt = promptAt(reader, id)
      return prompt === null ? null : readHistory(reader, prompt)
    },
    places: () => readPlaces(reader),
    lists: () => readLists(reader),
    all: () =>
      reader.all('SELECT * FROM prompts WHERE removedAt IS NULL ORDER BY seq').map(toPrompt),
    save: (id, prompt) =>
      database.write((db) =>
        id === null
          ? insertPrompt(db, { id: `prompt_${newId()}`, prompt, at: now() })
          : updatePrompt(db, { id, prompt, at: now() }),
      ),
    bring: (prompts) =>
      database.write((db) => {
        const missing = prompts.filter((prompt) => !isThere(db, prompt))
        for (const prompt of missing) {
          insertPrompt(db, { id: `prompt_${newId()}`, prompt, at: now() })
        }
        return missing.length
      }),
    setFavourite: (ids, favourite) =>
      setOnAll({ database, ids, column: 'favourite', value: favourite ? 1 : 0 }),
    setFolder: (ids, folder) => database.write((db) => setFolder(db, ids, folder)),
    moveFolder: (from, to) => database.write((db) => moveFolder(db, from, to)),
    setRemoved: (ids, removed) =>
      setOnAll({ database, ids, column: 'removedAt', value: removed ? now() : null }),
    recordUses: (batchId, rows) => database.write((db) => recordUses(db, batchId, rows)),
    purge: () => database.write(purge),
  }
}

export function readLists(db: PromptReader): Readonly<Record<string, readonly string[]>> {
  const found = db.all(
    "SELECT name, text FROM prompts WHERE kind = 'list' AND removedAt IS NULL ORDER BY seq DESC",
  )
  return Object.fromEntries(
    found.map((row) => [textOf(row, 'name'), listValues(textOf(row, 'text'))]),
  )
}

const columns = ({ kind, name, text, folder, tags, favourite }: NewPrompt) => ({
  kind,
  name,
  text,
  folder: folderPath(folder),
  tags: JSON.stringify(tags),
  favourite: favourite ? 1 : 0,
  textKey: text.trim() === '' ? '' : textKey({ kind, text }),
})

interface Entry {
  readonly id: PromptId
  readonly prompt: NewPrompt
  readonly at: number
}

function insertPrompt(db: SqlDatabase, { id, prompt, at }: Entry): PromptView | null {
  db.run(
    `INSERT INTO prompts (id, kind, name, text, folder, tags, favourite, textKey, createdAt, updatedAt, revision)
     VALUES (:id, :kind, :name, :text, :folder, :tags, :favourite, :textKey, :at, :at, 1)`,
    { ...columns(prompt), id, at },
  )
  keepVersion(db, { ...prompt, id }, at)
  return promptAt(db, id)
}

function updatePrompt(db: SqlDatabase, { id, prompt, at }: Entry): PromptView | null {
  const old = promptAt(db, id)
  if (old === null) return null
  // An entry from before there were versions begins with the text that it had.
  keepVersion(db, old, old.updatedAt)
  db.run(
    `UPDATE prompts SET kind = :kind, name = :name, text = :text, folder = :folder, tags = :tags,
     favourite = :favourite, textKey = :textKey, updatedAt = :at, revision = revision + 1
     WHERE id = :id`,
    { ...columns(prompt), id, at },
  )
  keepVersion(db, { ...prompt, id }, at)
  return promptAt(db, id)
}

const isThere = (db: PromptReader, { kind, name, text }: NewPrompt): boolean =>
  db.get(
    `SELECT 1 FROM prompts WHERE textKey = ? AND kind = ? AND name = ? AND text = ?
     AND removedAt IS NULL`,
    [text.trim() === '' ? '' : textKey({ kind, text }), kind, name, text],
  ) !== undefined

function purge(db: SqlDatabase): void {
  const gone = '(SELECT id FROM prompts WHERE removedAt IS NOT NULL)'
  db.run(`DELETE FROM prompt_versions WHERE promptId IN ${gone}`)
  db.run(`DELETE FROM prompt_uses WHERE promptId IN ${gone}`)
  db.run('DELETE FROM prompts WHERE removedAt IS NOT NULL')
  for (const row of db.all("SELECT * FROM prompts WHERE textKey = '' AND trim(text) <> ''")) {
    const prompt = toPrompt(row)
    db.run('UPDATE prompts SET textKey = ? WHERE id = ?', [textKey(prompt), prompt.id])
  }
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
