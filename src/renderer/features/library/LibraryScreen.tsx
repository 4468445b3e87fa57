import { BookOpen, Plus, Star } from 'lucide-react'
import { useState } from 'react'

import type { PromptId, PromptKind } from '../../../shared/domain/prompt.ts'
import { useBlocked } from '../../hooks/useBlocked.ts'
import { rowById } from '../../store/keyset.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import './library.css'
import { KIND_WORDS, newPrompt } from './promptActions.ts'
import { PromptEditor } from './PromptEditor.tsx'
import { PromptList } from './PromptList.tsx'
import { usePrompts, usePromptTags, type PromptFilter, type Prompts } from './usePrompts.ts'

const EVERYTHING: PromptFilter = { text: '', kind: null, tag: null, isFavourite: false }
const KINDS: readonly { id: PromptKind | 'all'; label: string }[] = [
  { id: 'all', label: 'All' },
  { id: 'prompt', label: 'Prompts' },
  { id: 'template', label: 'Templates' },
  { id: 'list', label: 'Lists' },
]
const MOST_TAGS = 6

export function LibraryScreen() {
  const [filter, setFilter] = useState(EVERYTHING)
  const [chosenId, setChosenId] = useState<PromptId | null>(null)
  const prompts = usePrompts(filter)
  const tags = usePromptTags()
  const chosen = chosenId === null ? null : rowById(prompts.state, chosenId)
  const change = (part: Partial<PromptFilter>): void => setFilter({ ...filter, ...part })
  const add = async (kind: PromptKind): Promise<void> => {
    const made = await newPrompt(kind)
    if (made === null) return
    setFilter(EVERYTHING)
    setChosenId(made.id)
  }
  return (
    <div className="library" data-panel={chosen === null ? undefined : ''}>
      <div className="screen-bar">
        <h1>Library</h1>
        <span className="bar-gap" />
        <Segmented
          label="Kind"
          value={filter.kind ?? 'all'}
          segments={KINDS}
          onChange={(kind) => change({ kind: kind === 'all' ? null : kind })}
        />
        <Chip isOn={filter.isFavourite} onChange={(isFavourite) => change({ isFavourite })}>
          <Star aria-hidden="true" /> Favourites
        </Chip>
        {tags.slice(0, MOST_TAGS).map(({ tag, prompts: count }) => (
          <Chip
            key={tag}
            isOn={filter.tag === tag}
            onChange={(isOn) => change({ tag: isOn ? tag : null })}
          >
            {tag} {count}
          </Chip>
        ))}
        <span className="grow" />
        <SearchField
          label="Find in the library"
          value={filter.text}
          onChange={(text) => change({ text })}
        />
        <AddButton add={add} />
      </div>
      {prompts.count === 0 ? (
        <Nothing prompts={prompts} isFiltered={filter !== EVERYTHING} add={add} />
      ) : (
        <PromptList prompts={prompts} chosenId={chosenId} choose={setChosenId} />
      )}
      {chosen !== null && (
        <PromptEditor key={chosen.id} prompt={chosen} patch={prompts.patch} choose={setChosenId} />
      )}
    </div>
  )
}

type Add = (kind: PromptKind) => Promise<void>

function AddButton({ add }: { readonly add: Add }) {
  const why = useBlocked()
  if (why.length > 0) return null
  const kinds: readonly PromptKind[] = ['prompt', 'template', 'list']
  const notes: Readonly<Record<PromptKind, string>> = {
    prompt: 'text as it is sent',
    template: 'text with {{name}} slots',
    list: 'values for __name__',
  }
  const entries = kinds.map((kind) => ({
    id: kind,
    label: `${KIND_WORDS[kind]}: ${notes[kind]}`,
    onAction: () => void add(kind),
  }))
  return (
    <Menu label="Add" groups={[{ id: 'kinds', entries }]}>
      <Button variant="solid" icon={<Plus />}>
        Add
      </Button>
    </Menu>
  )
}

interface NothingProps {
  readonly prompts: Prompts
  readonly isFiltered: boolean
  readonly add: Add
}

function Nothing({ prompts: { state }, isFiltered, add }: NothingProps) {
  const why = useBlocked()
  if (state.error !== null) {
    return <EmptyState title="The library could not be read">{state.error}</EmptyState>
  }
  if (!state.isStarted) return <div aria-busy="true" />
  if (isFiltered) return <EmptyState title="Nothing in the library is like that" />
  return (
    <EmptyState
      icon={<BookOpen />}
      title="What you say more than once"
      actions={
        <Button variant="solid" why={why} onPress={() => void add('prompt')}>
          Add a prompt
        </Button>
      }
    >
      Prompts to use again, templates with {'{{slots}}'}, and lists of values such as lenses or
      kinds of light, which a template uses as __lens__.
    </EmptyState>
  )
}
