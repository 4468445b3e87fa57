import type { PromptKind, PromptView } from '../../../shared/domain/prompt.ts'
import type { InputOf } from '../../../shared/ipc/routes.ts'
import { addRows } from '../../store/draftRows.ts'
import { act, notify } from '../../store/notify.ts'
import { useStore } from '../../store/store.ts'

type Saved = InputOf<'prompts.save'>

export const KIND_WORDS: Readonly<Record<PromptKind, string>> = {
  prompt: 'Prompt',
  template: 'Template',
  list: 'List',
}

export async function newPrompt(kind: PromptKind): Promise<PromptView | null> {
  const name = kind === 'list' ? 'new-list' : `New ${KIND_WORDS[kind].toLowerCase()}`
  const made = { id: null, kind, name, text: '', folder: '', tags: [], favourite: false }
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

export async function removePrompt(prompt: PromptView): Promise<void> {
  const ids = [prompt.id]
  const answer = await act('Nothing was removed.', 'prompts.remove', { ids })
  if (!answer.ok) return
  notify({
    text: `“${prompt.name}” was removed.`,
    action: {
      label: 'Undo',
      run: () => void act('Nothing was brought back.', 'prompts.restore', { ids }),
    },
  })
}

export async function toDraft(prompt: PromptView): Promise<void> {
  const name = await addRows([
    { prompt: prompt.text, plain: prompt.kind === 'prompt' && prompt.text.includes('{') },
  ])
  if (name === null) return
  notify({
    text: `A new row in “${name}”.`,
    tone: 'done',
    action: { label: 'Go to Draft', run: () => useStore.getState().go('draft') },
  })
}
