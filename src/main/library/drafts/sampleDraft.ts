import { NO_DEFAULTS } from '../../../shared/domain/draft.ts'
import type { LibraryDatabase } from '../libraryDatabase.ts'
import { REHEARSAL } from '../../../shared/normalise/rehearsal.ts'
import type { DraftFiles } from './draftFiles.ts'

const MADE = 'sampleDraft'

/**
 * The first start has a draft ready, set to the free rehearsal, so that "Run" works at once. Made once:
 * a person who removes it does not get it back. A sample that cannot be read is no reason not to start.
 */
export async function makeSampleDraft(
  database: LibraryDatabase,
  files: DraftFiles,
  path: string,
): Promise<void> {
  if (database.reader.get('SELECT 1 FROM meta WHERE key = ?', [MADE]) !== undefined) return
  const defaults = { ...NO_DEFAULTS, models: [{ model: REHEARSAL, provider: REHEARSAL }] }
  const read = await files.read({ path, into: null, defaults, name: 'Sample batch' })
  if (!read.ok) return
  await database.write((db) => {
    db.run('INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)', [MADE, read.value.draft.id])
  })
}
