import {
  emptyRow,
  type DraftId,
  type DraftRow,
  type Expand,
} from '../../../../shared/domain/draft.ts'
import { act, notify } from '../../../store/notify.ts'
import { insertedAt } from '../../../store/draft/edits.ts'
import { newRowId } from '../../../store/draftRows.ts'
import { useStore } from '../../../store/store.ts'
import { plural } from '../../../ui/format.ts'
import { changeRow, edit } from '../gridActions.ts'

/** More rows than this are better left to the template itself. */
export const MOST_ROWS = 10_000
const PAGE = 500

/** Typing that pauses longer than this is another step to undo. */
const STEP_MS = 900
let step = 0
let lastAt = 0

function stepName(rowId: string): string {
  const now = Date.now()
  if (now - lastAt > STEP_MS) step += 1
  lastAt = now
  return `template ${rowId} ${step}`
}

/** Null: the row below the last, which begins with this text. */
export function writePrompt(row: DraftRow | null, prompt: string): void {
  if (row !== null) {
    return changeRow(row.id, (old) => ({ ...old, prompt }), stepName(row.id))
  }
  edit((rows) => insertedAt(rows, rows.length, [{ ...emptyRow(newRowId(), 0), prompt }]))
}

export function setExpand(expand: Expand): void {
  useStore
    .getState()
    .editDraft((doc) => ({ ...doc, options: { ...doc.options, expand } }), 'expand')
}

/** Puts one plain row per prompt in the place of the template. */
export async function makeRows(draftId: DraftId, row: DraftRow, count: number): Promise<void> {
  const prompts: string[] = []
  while (prompts.length < count) {
    const from = prompts.length
    const page = { draftId, row, from, limit: Math.min(PAGE, count - from) }
    const answer = await act('No rows were made.', 'drafts.expand', page)
    if (!answer.ok || answer.data.prompts.length === 0) return
    prompts.push(...answer.data.prompts)
  }
  const made = prompts.map((prompt): DraftRow => ({
    ...row,
    id: newRowId(),
    prompt,
    plain: true,
    variables: {},
  }))
  edit((rows) => {
    const at = rows.findIndex(({ id }) => id === row.id)
    return at < 0 ? rows : insertedAt(rows.toSpliced(at, 1), at, made)
  })
  notify({
    text: `${plural(made.length, 'row')} in the place of the template.`,
    tone: 'done',
    action: { label: 'Undo', run: () => useStore.getState().undoDraft() },
  })
}
