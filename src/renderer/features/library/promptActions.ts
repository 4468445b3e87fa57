import { emptyRow } from '../../../shared/domain/draft.ts'
import {
  readVariableSet,
  type PromptId,
  type PromptKind,
  type PromptView,
} from '../../../shared/domain/prompt.ts'
import type { InputOf } from '../../../shared/ipc/routes.ts'
import { withEntry, withNames } from '../../store/draft/entries.ts'
import { addRows, newRowId } from '../../store/draftRows.ts'
import { act, notify } from '../../store/notify.ts'
import { KIND_WORDS } from '../../store/promptWords.ts'
import { useStore } from '../../store/store.ts'
import { plural } from '../../ui/format.ts'

type Saved = InputOf<'prompts.save'>

export async function newPrompt(kind: PromptKind, folder: string): Promise<PromptView | null> {
  const name = kind === 'list' ? 'new list' : `New ${KIND_WORDS[kind].toLowerCase()}`
  const made = { id: null, kind, name, text: '', folder, tags: [], favourite: false }
  const answer = await act('Nothing was added.', 'prompts.save', made)
  return answer.ok ? answer.data : null
}

export async function savePrompt(
  prompt: PromptView,
  change: Partial<Omit<Saved, 'id'>>,
): Promise<PromptView | null> {
  const { id, kind, name, text, folder, tags, favourite } = prompt
  const saved: Saved = { id, kind, name, text, folder, tags: [...tags], favourite, ...change }
  const answer = await act('The change was not kept.', 'prompts.save', saved)
  return answer.ok ? answer.data : null
}

export async function duplicatePrompt(prompt: PromptView): Promise<PromptView | null> {
  const { kind, text, folder, tags } = prompt
  const name = `${prompt.name} copy`
  const copy = { id: null, kind, name, text, folder, tags: [...tags], favourite: false }
  const answer = await act('Nothing was added.', 'prompts.save', copy)
  return answer.ok ? answer.data : null
}

export function favour(prompt: PromptView): void {
  void act('The mark was not kept.', 'prompts.favourite', {
    ids: [prompt.id],
    favourite: !prompt.favourite,
  })
}

export async function removePrompt({ id, name }: PromptView): Promise<void> {
  const ids: PromptId[] = [id]
  const answer = await act('Nothing was removed.', 'prompts.remove', { ids })
  if (!answer.ok) return
  notify({
    text: `“${name}” was removed.`,
    action: {
      label: 'Undo',
      run: () => void act('Nothing was brought back.', 'prompts.restore', { ids }),
    },
  })
}

/** A new row with the text; of a variable set, one with its columns filled. */
export async function toDraft(entry: PromptView): Promise<void> {
  const name = await addRows([withEntry(emptyRow(newRowId(), 0), entry)])
  if (name === null) return
  if (entry.kind === 'variables') addColumns(Object.keys(readVariableSet(entry.text)))
  notify({
    text: `A new row in “${name}”.`,
    tone: 'done',
    action: { label: 'Go to Draft', run: () => useStore.getState().go('draft') },
  })
}

function addColumns(names: readonly string[]): void {
  useStore.getState().editDraft((doc) => ({
    ...doc,
    variables: withNames(doc.variables, names),
  }))
}

export async function importPrompts(): Promise<void> {
  const answer = await act('Nothing was imported.', 'prompts.import')
  if (!answer.ok || answer.data === null) return
  const { added, known, problems } = answer.data
  const [first] = problems
  const words = [
    `${plural(added, 'entry', 'entries')} added.`,
    ...(known === 0 ? [] : [`${plural(known, 'entry was', 'entries were')} there already.`]),
    ...(first === undefined
      ? []
      : [`${plural(problems.length, 'row')} left out: row ${first.row ?? 1}: ${first.message}`]),
  ]
  notify({ text: words.join(' '), tone: first === undefined ? 'done' : 'ask' })
}

export async function exportPrompts(kind: 'json' | 'csv'): Promise<void> {
  const answer = await act('The library was not exported.', 'prompts.export', { kind })
  if (answer.ok && answer.data) notify({ text: 'The library was exported.', tone: 'done' })
}
