import { create } from 'zustand'

import {
  AS_FOUND,
  type ColumnTarget,
  type ImportPreview,
  type ImportProgress,
  type ImportReading,
} from '../../shared/domain/batchImport.ts'
import type { DraftId } from '../../shared/domain/draft.ts'
import type { Problem } from '../../shared/domain/errors.ts'
import type { DroppedFile } from '../../shared/ipc/api.ts'
import { ask } from '../ipc/client.ts'
import { plural } from '../ui/format.ts'
import { usualModels } from './draftFiles.ts'
import { act, notify } from './notify.ts'
import { useStore } from './store.ts'

/** A batch file on its way into a draft: read, looked at, then brought in. */
export interface Importing {
  readonly file: DroppedFile
  /** Null: a new draft. */
  readonly into: DraftId | null
  readonly reading: ImportReading
  readonly preview: ImportPreview | null
  readonly targets: readonly ColumnTarget[]
  readonly isBusy: boolean
  /** While it is brought in; null: nothing of it is here yet. */
  readonly progress: ImportProgress | null
  readonly error: string | null
}

/** What a finished import left to mend. */
export interface Imported {
  readonly draftName: string
  readonly rows: number
  readonly problems: readonly Problem[]
}

interface ImportState {
  readonly importing: Importing | null
  readonly imported: Imported | null
}

export const useImport = create<ImportState>()(() => ({ importing: null, imported: null }))

/** Ends what is being done with the file; nothing of it stays. */
export function closeImport(): void {
  const { importing } = useImport.getState()
  if (importing?.isBusy === true) void ask('imports.stop', { dropId: importing.file.dropId })
  useImport.setState({ importing: null, imported: null })
}

export function importWentOn(progress: ImportProgress): void {
  if (useImport.getState().importing?.file.dropId === progress.dropId) change({ progress })
}

/** By dialog; `into` null for a new draft. */
export async function importDraft(into: DraftId | null = null): Promise<void> {
  const answer = await act('The file was not chosen.', 'imports.choose')
  if (answer.ok && answer.data !== null) await beginImport(answer.data, into)
}

/** Files that the app was opened with; the first is shown, more at once are named. */
export async function importHanded(): Promise<void> {
  const answer = await ask('imports.waiting')
  if (answer.ok) await importFiles(answer.data)
}

export async function importFiles(files: readonly DroppedFile[]): Promise<void> {
  const [file, ...others] = files
  if (file === undefined) return
  if (others.length > 0) {
    notify({ text: `One file at a time: ${file.name} comes first.`, tone: 'ask' })
  }
  await beginImport(file, null)
}

async function beginImport(file: DroppedFile, into: DraftId | null): Promise<void> {
  useStore.getState().go('draft')
  const found = { file, into, reading: AS_FOUND, preview: null, targets: [] }
  const importing = { ...found, isBusy: true, progress: null, error: null }
  useImport.setState({ importing, imported: null })
  await readAgain(AS_FOUND)
}

/** Reads the file anew; what its columns are for is guessed anew, too. */
export async function readAgain(reading: ImportReading): Promise<void> {
  const { importing } = useImport.getState()
  if (importing === null) return
  const { file } = importing
  change({ reading, isBusy: true })
  const answer = await ask('imports.preview', { dropId: file.dropId, reading })
  // Closed, asked again, or another file is shown meanwhile.
  const now = useImport.getState().importing
  if (now?.reading !== reading || now.file !== file) return
  if (!answer.ok) return change({ isBusy: false, error: answer.error.message })
  const targets = answer.data.columns.map(({ target }) => target)
  change({ isBusy: false, error: null, preview: answer.data, targets })
}

export const chooseTarget = (at: number, target: ColumnTarget): void => {
  const targets = useImport.getState().importing?.targets ?? []
  change({ targets: targets.map((old, index) => (index === at ? target : old)) })
}

export const chooseInto = (into: DraftId | null): void => change({ into })

function change(part: Partial<Importing>): void {
  const { importing } = useImport.getState()
  if (importing !== null) useImport.setState({ importing: { ...importing, ...part } })
}

/** Brings the file in, and shows the draft. */
export async function bringImport(): Promise<void> {
  const { importing } = useImport.getState()
  if (importing === null || importing.isBusy) return
  const { file, into, preview, targets } = importing
  if (preview === null) return
  // As it was shown: a sheet without names keeps its first row.
  const { reading } = preview
  change({ isBusy: true, progress: null })
  const { saveDraft, openDraft } = useStore.getState()
  if (!(await saveDraft()))
    return change({
      isBusy: false,
      error: 'Nothing was imported: the draft that is open is not saved yet, and says why.',
    })
  const columns = [...targets]
  const answer = await ask('imports.bring', { dropId: file.dropId, reading, columns, into })
  if (!answer.ok) return change({ isBusy: false, progress: null, error: answer.error.message })
  const { draft, problems } = answer.data
  // Only a file that says nothing of models leaves them to the draft.
  if (into === null && !targets.some((target) => target === 'model' || target === 'provider')) {
    const head = { defaults: { ...draft.defaults, models: usualModels() } }
    await ask('drafts.save', { draftId: draft.id, head, put: [], remove: [] })
  }
  await openDraft(draft.id)
  const text = `${plural(draft.rows, 'row')} in “${draft.name}”.`
  if (problems.length === 0) {
    closeImport()
    return notify({ text, tone: 'done' })
  }
  const imported = { draftName: draft.name, rows: draft.rows, problems }
  useImport.setState({ importing: null, imported })
}
