import {
  NO_DEFAULTS,
  type Draft,
  type DraftId,
  type ModelChoice,
} from '../../shared/domain/draft.ts'
import type { SheetKind } from '../../shared/domain/batchImport.ts'
import { act, notify } from './notify.ts'
import { useStore } from './store.ts'

/** Drafts as documents: made, brought in, copied, put away. What is open is saved first. */

/** Free and always there: what a draft runs on until a model is chosen. */
const REHEARSAL: readonly ModelChoice[] = [{ model: 'rehearsal', provider: 'rehearsal' }]

/** The models that a new draft begins with: those of the open one. */
export function usualModels(): ModelChoice[] {
  const models = useStore.getState().open?.doc.defaults.models ?? []
  return [...(models.length > 0 ? models : REHEARSAL)]
}

async function show(draft: Draft): Promise<void> {
  const { openDraft, go } = useStore.getState()
  await openDraft(draft.id)
  go('draft')
}

/** False: what is on screen cannot be saved, and would be left behind; it says itself why. */
export async function leaveDraft(what: string): Promise<boolean> {
  const { saveDraft, go } = useStore.getState()
  if (await saveDraft()) return true
  go('draft')
  notify({ text: `${what} The draft that is open is not saved yet.`, tone: 'fail' })
  return false
}

/** A new draft begins with the defaults and columns of the one that is open: the model above all. */
export async function newDraft(): Promise<void> {
  if (!(await leaveDraft('No draft was made.'))) return
  const { open } = useStore.getState()
  const answer = await act('No draft was made.', 'drafts.create', { name: 'Untitled draft' })
  if (!answer.ok) return
  const draftId = answer.data.id
  const defaults = { ...NO_DEFAULTS, ...open?.doc.defaults }
  const layout = open?.doc.layout ?? null
  const head = { defaults: { ...defaults, models: usualModels() }, layout }
  await act('The defaults were not set.', 'drafts.save', { draftId, head, put: [], remove: [] })
  await show(answer.data)
}

export async function duplicateDraft(draftId: DraftId): Promise<void> {
  if (!(await leaveDraft('The draft was not copied.'))) return
  const answer = await act('The draft was not copied.', 'drafts.duplicate', { draftId })
  if (answer.ok) await show(answer.data)
}

export async function removeDraft(draft: Draft): Promise<void> {
  if (!(await leaveDraft('The draft was not removed.'))) return
  const answer = await act('The draft was not removed.', 'drafts.remove', { draftId: draft.id })
  if (!answer.ok) return
  await useStore.getState().openDraft(null)
  notify({
    text: `“${draft.name}” was removed.`,
    action: { label: 'Undo', run: () => void restoreDraft(draft.id) },
  })
}

async function restoreDraft(draftId: DraftId): Promise<void> {
  const answer = await act('The draft was not brought back.', 'drafts.restore', { draftId })
  if (answer.ok) await show(answer.data)
}

export async function exportDraft(draftId: DraftId, kind: SheetKind): Promise<void> {
  if (!(await leaveDraft('The draft was not exported.'))) return
  const answer = await act('The draft was not exported.', 'drafts.export', { draftId, kind })
  if (answer.ok && answer.data) notify({ text: 'The draft was exported.', tone: 'done' })
}
