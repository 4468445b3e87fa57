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
import { fieldOf, withKept } from './fieldText.ts'
import type { LibraryFields } from './useLibraryCommands.ts'
import { duplicatePrompt, favour, removePrompt, savePrompt, toDraft } from './promptActions.ts'
import { PromptHistory } from './PromptHistory.tsx'

interface PromptEditorProps {
  readonly prompt: PromptView
  readonly patch: (prompt: PromptView) => void
  readonly choose: (id: PromptId | null) => void
  readonly fields: LibraryFields
}

/** Fields keep themselves when they are left. */
export function PromptEditor({ prompt, patch, choose, fields }: PromptEditorProps) {
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
        key={prompt.id}
        prompt={prompt}
        patch={patch}
        isReadOnly={why.length > 0}
        fields={fields}
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
  readonly fields: LibraryFields
}

function PromptFields({ prompt, patch, isReadOnly, fields }: PromptFieldsProps) {
  const isLines = prompt.kind === 'list' || prompt.kind === 'variables'
  const name = useField(prompt.name)
  const text = useField(prompt.text)
  const folder = useField(prompt.folder)
  const tags = useField(prompt.tags.join(', '))
  if (isReadOnly) return <p className="panel-hint selectable">{prompt.text}</p>
  const next = {
    name: name.text.trim() || prompt.name,
    text: text.text,
    folder: folder.text.trim(),
    tags: [...tagsOf(tags.text)],
  }
  const keep = async (): Promise<void> => {
    const isSame =
      next.name === prompt.name &&
      next.text === prompt.text &&
      next.folder === prompt.folder &&
      next.tags.join() === prompt.tags.join()
    if (isSame) return
    const saved = await savePrompt(prompt, next)
    if (saved !== null) patch(saved)
  }
  const leave = (field: Field, written: string) => (): void => {
    field.leave(written)
    void keep()
  }
  return (
    <div className="panel-fields prompt-fields">
      <TextField
        label="Name"
        value={name.text}
        onChange={name.write}
        onLeave={leave(name, next.name)}
        isLeftWhenTaken
        autoFocus={prompt.text === ''}
        inputRef={fields.name}
      />
      <TextField
        label={isLines ? 'Values' : 'Text'}
        description={TEXT_NOTES[prompt.kind]}
        lines={isLines ? 12 : 8}
        value={text.text}
        onChange={text.write}
        onLeave={leave(text, next.text)}
        isLeftWhenTaken
      />
      <TextField
        label="Folder"
        value={folder.text}
        placeholder="shots/night"
        onChange={folder.write}
        onLeave={leave(folder, next.folder)}
        isLeftWhenTaken
      />
      <TextField
        label="Tags"
        value={tags.text}
        inputRef={fields.tags}
        placeholder="night, street"
        onChange={tags.write}
        onLeave={leave(tags, next.tags.join(', '))}
        isLeftWhenTaken
      />
    </div>
  )
}

interface Field {
  readonly text: string
  readonly write: (text: string) => void
  /** Left, with its text as it is written down. */
  readonly leave: (written: string) => void
}

function useField(kept: string): Field {
  const [field, setField] = useState(() => fieldOf(kept))
  const now = withKept(field, kept)
  if (now !== field) setField(now)
  return {
    text: now.text,
    write: (text) => setField((before) => ({ ...before, text, isEdited: true })),
    leave: (text) => setField((before) => ({ ...before, text, isEdited: false })),
  }
}
