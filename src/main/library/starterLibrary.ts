import { join } from 'node:path'
import type { NewPrompt } from '../../shared/domain/prompt.ts'
import type { SqlDatabase } from '../storage/sqlite.ts'
import type { LibraryDatabase } from './libraryDatabase.ts'
import { readPromptFile } from './promptFile.ts'
import { readLists, type PromptLibrary } from './promptLibrary.ts'
import { listValues } from './promptText.ts'

const MADE = 'starterLibrary'

/** Prompts, templates and lists that come with the app. */
export const readStarter = async (resources: string): Promise<readonly NewPrompt[]> =>
  (await readPromptFile(join(resources, 'library', 'starter.json'))).prompts

const isMade = (db: Pick<SqlDatabase, 'get'>): boolean =>
  db.get('SELECT 1 FROM meta WHERE key = ?', [MADE]) !== undefined

/** The first start has a library to learn from. Once: what a person removes stays away. */
export async function makeStarterLibrary(
  database: LibraryDatabase,
  prompts: PromptLibrary,
  resources: string,
): Promise<void> {
  if (isMade(database.reader)) return
  await prompts.bring(await readStarter(resources))
  await database.write((db) => {
    db.run('INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)', [MADE, '1'])
  })
}

/**
 * The lists that a batch file may name: those of the library, and where the app never ran on this data
 * folder those that it comes with. `db` null: there is no database yet.
 */
export async function listsFor(
  db: Pick<SqlDatabase, 'get' | 'all'> | null,
  resources: string,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const own = db === null ? {} : readLists(db)
  if (db !== null && isMade(db)) return own
  const starter = (await readStarter(resources)).filter(({ kind }) => kind === 'list')
  return {
    ...Object.fromEntries(starter.map(({ name, text }) => [name, listValues(text)])),
    ...own,
  }
}
