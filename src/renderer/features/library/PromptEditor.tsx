import { Copy, PencilLine, Star, Trash2 } from 'lucide-react'
import { useState } from 'react'

import type { PromptId, PromptVersion, PromptView } from '../../../shared/domain/prompt.ts'
import { useBlocked } from '../../hooks/useBlocked.ts'
import { tagsOf } from '../../store/draft/columns.ts'
import { KIND_WORDS } from '../../store/promptWords.ts'
import { Button, type Reason } from '../../ui/Button.tsx'
import { formatDay } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { SidePanel } from '../../ui/SidePanel.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { duplicatePrompt, favour, removePrompt, savePrompt, toDraft } from './promptActions.ts'
import { PromptHistory } from './PromptHistory.tsx'

interface PromptEditorProps {
  readonly prompt: PromptView
  readonly patch: (prompt: PromptView) => void
  readonly choose: (id: PromptId | null) => void
}

/** Fields keep themselves when they are left. */
export function PromptEditor({ prompt, patch, choose }: PromptEditorProps) {
  const why = useBlocked()
  const copy = async (): Promise<void> => {
    const made = await duplicatePrompt(prompt)
    if (made !== null) choose(made.id)
  }
  const goBack = async ({ name, text }: PromptVersion): Promise<void> => {
    const saved = await savePrompt(prompt, { name, text })
    if (saved !== null) patch(saved)
  }
  return (
    <SidePanel label={`${KIND_WORDS[prompt.kind]} ${prompt.name}`}>
      <div className="prompt-head">
        <h2 className="grow">{KIND_WORDS[prompt.kind]}</h2>
        {why.length === 0 && (
          <IconButton
            icon={<Star fill={prompt.favourite ? 'currentColor' : 'none'} />}
            label={prompt.favourite ? 'No favourite any more' : 'Make it a favourite'}
            onPress={() => favour(prompt)}
          />
        )}
      </div>
      <PromptFields
        key={prompt.revision}
        prompt={prompt}
        patch={patch}
        isReadOnly={why.length > 0}
      />
      <div className="panel-actions">
        <Button
          icon={<PencilLine />}
          why={[...why, ...whyNotDraft(prompt)]}
          onPress={() => void toDraft(prompt)}
        >
          Use in Draft
        </Button>
        <Button variant="quiet" icon={<Copy />} why={why} onPress={() => void copy()}>
          Duplicate
        </Button>
        <Button
          variant="quiet"
          icon={<Trash2 />}
          why={why}
          onPress={() => {
            choose(null)
            void removePrompt(prompt)
          }}
        >
          Remove
        </Button>
      </div>
      <PromptHistory
        prompt={prompt}
        why={why}
        choose={choose}
        goBack={(version) => void goBack(version)}
      />
      <p className="panel-hint text-3">Changed {formatDay(prompt.updatedAt, prompt.createdAt)}</p>
    </SidePanel>
  )
}

function whyNotDraft({ kind, name, text }: PromptView): readonly Reason[] {
  if (kind === 'list') return [{ text: `A list is used inside a template, as __${name}__.` }]
  return text.trim() === '' ? [{ text: 'It has no text yet.' }] : []
}

const TEXT_NOTES: Readonly<Record<PromptView['kind'], string>> = {
  prompt: 'Sent as it stands.',
  template:
    '{{name}} takes its value from a column of the draft, {a|b} takes one of them, __list__ a line of a list.',
  list: 'One value a line. A template takes them as __name__.',
  variables: 'A column and its values a line, as lens: 35 mm | 50 mm.',
}

interface PromptFieldsProps {
  readonly prompt: PromptView
  readonly patch: (prompt: PromptView) => void
  readonly isReadOnly: boolean
}

function PromptFields({ prompt, patch, isReadOnly }: PromptFieldsProps) {
  const isLines = prompt.kind === 'list' || prompt.kind === 'variables'
  const [name, setName] = useState(prompt.name)
  const [text, setText] = useState(prompt.text)
  const [folder, setFolder] = useState(prompt.folder)
  const [tags, setTags] = useState(prompt.tags.join(', '))
  if (isReadOnly) return <p className="panel-hint selectable">{prompt.text}</p>
  const keep = async (): Promise<void> => {
    const list = [...tagsOf(tags)]
    const next = { name: name.trim(), text, folder: folder.trim(), tags: list }
    if (next.name === '') return setName(prompt.name)
    const isSame =
      next.name === prompt.name &&
      next.text === prompt.text &&
      next.folder === prompt.folder &&
      next.tags.join() === prompt.tags.join()
    if (isSame) return
    const saved = await savePrompt(prompt, next)
    if (saved !== null) patch(saved)
  }
  const leave = (): void => void keep()
  return (
    <div className="panel-fields prompt-fields">
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        onLeave={leave}
        autoFocus={prompt.text === ''}
      />
      <TextField
        label={isLines ? 'Values' : 'Text'}
        description={TEXT_NOTES[prompt.kind]}
        lines={isLines ? 12 : 8}
        value={text}
        onChange={setText}
        onLeave={leave}
      />
      <TextField
        label="Folder"
        value={folder}
        placeholder="shots/night"
        onChange={setFolder}
        onLeave={leave}
      />
      <TextField
        label="Tags"
        value={tags}
        placeholder="night, street"
        onChange={setTags}
        onLeave={leave}
      />
    </div>
  )
}
