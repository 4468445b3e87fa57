import { emptyRow, type DraftRow, type DraftRowId } from '../../shared/domain/draft.ts'
import { insertedAt } from './draft/edits.ts'
import { atCell } from './draft/selection.ts'
import { act } from './notify.ts'
import { useStore } from './store.ts'

/** Puts rows behind those of the open draft, or of a new one. Gives the draft's name; null: it could not be. */
export async function addRows(added: readonly Partial<DraftRow>[]): Promise<string | null> {
  if (useStore.getState().open === null) await useStore.getState().openDraft(null)
  if (useStore.getState().open === null) {
    const made = await act('No draft was made.', 'drafts.create', { name: 'Untitled draft' })
    if (!made.ok) return null
    await useStore.getState().openDraft(made.data.id)
  }
  const { open, editDraft, filterRows, select } = useStore.getState()
  if (open === null) return null
  filterRows(null)
  const rows = added.map((row): DraftRow => ({ ...emptyRow(newRowId(), 0), ...row }))
  const first = open.doc.rows.length
  editDraft((doc) => ({ ...doc, rows: insertedAt(doc.rows, doc.rows.length, rows) }))
  select(atCell({ row: first, col: 0 }))
  return open.doc.name
}

export const newRowId = (): DraftRowId => `row_${crypto.randomUUID()}`
