import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { sheetReaderHere } from '../../../src/main/library/batchFile/sheetReader.ts'
import { createDraftFiles } from '../../../src/main/library/drafts/draftFiles.ts'
import { createDraftPlans } from '../../../src/main/library/drafts/draftPlans.ts'
import { createDraftStore } from '../../../src/main/library/draftStore.ts'
import { createFrameImport } from '../../../src/main/library/frameImport.ts'
import { createFrameLibrary } from '../../../src/main/library/frameLibrary.ts'
import { createPromptLibrary } from '../../../src/main/library/promptLibrary.ts'
import { loadCatalogue } from '../../../src/main/library/loadCatalogue.ts'
import { err } from '../../../src/shared/domain/result.ts'
import { emptyRow, type Draft, type DraftRow } from '../../../src/shared/domain/draft.ts'
import { framesIn } from '../../helpers/planning.ts'
import { libraryOptions } from './libraryDatabase.ts'

const bundled = resolve(import.meta.dirname, '../../../resources/models')
const { catalogue } = await loadCatalogue({ bundled, own: null })

/** Everything about drafts on a database in memory and a folder of its own, with the real catalogue. */
export function draftHouse() {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-drafts-'))
  const options = libraryOptions()
  const frameStore = framesIn(folder)
  const drafts = createDraftStore(options)
  const frames = createFrameLibrary(options)
  const prompts = createPromptLibrary(options)
  const frameImport = createFrameImport({
    store: frameStore,
    library: frames,
    take: () => null,
    grab: () => Promise.resolve(err({ message: 'there are no takes here' })),
    makeCopies: () => undefined,
    tempFolder: folder,
  })
  const { newId } = options
  return {
    write: options.database.write,
    folder,
    catalogue,
    drafts,
    frames,
    prompts,
    frameImport,
    frameStore,
    files: createDraftFiles({
      drafts,
      prompts,
      frames,
      frameImport,
      catalogue,
      newId,
      sheets: sheetReaderHere,
    }),
    plans: createDraftPlans({
      catalogue,
      drafts,
      frames,
      frameStore,
      lists: () => prompts.lists(),
      providerName: (id) => id.toUpperCase(),
      slots: () => 2,
      freeBytes: () => Promise.resolve(5_000_000_000),
      outDir: () => null,
    }),
    close() {
      options.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
export type DraftHouse = ReturnType<typeof draftHouse>

export const rowOf = (number: number, more: Partial<DraftRow> = {}): DraftRow => ({
  ...emptyRow(`row_${String(number).padStart(6, '0')}`, number),
  prompt: `A lantern on a river, number ${number}`,
  models: [{ model: 'rehearsal', provider: 'rehearsal' }],
  ...more,
})

/** A draft with these rows. */
export async function draftOf(
  { drafts }: DraftHouse,
  rows: readonly DraftRow[],
  head: Partial<Pick<Draft, 'defaults' | 'options'>> = {},
): Promise<Draft> {
  const draft = await drafts.create({ name: 'Night shots', ...head })
  const saved = await drafts.save({ draftId: draft.id, head: {}, put: rows, remove: [] })
  if (saved === null) throw new TypeError('the draft is gone')
  return saved
}
