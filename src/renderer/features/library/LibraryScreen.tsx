import { BookOpen, FileDown, FileUp, Plus } from 'lucide-react'
import { useCallback, useState } from 'react'

import type { PromptId, PromptKind } from '../../../shared/domain/prompt.ts'
import { useBlocked } from '../../hooks/useBlocked.ts'
import { rowById } from '../../store/keyset.ts'
import { KIND_FILTERS, KIND_WORDS } from '../../store/promptWords.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { ScreenTitle } from '../../ui/ScreenTitle.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { FolderDialog } from './FolderDialog.tsx'
import './library.css'
import { PlaceList } from './PlaceList.tsx'
import { exportPrompts, importPrompts, newPrompt } from './promptActions.ts'
import { PromptEditor } from './PromptEditor.tsx'
import { PromptList } from './PromptList.tsx'
import { useLibraryCommands, useLibraryFields, type FolderWish } from './useLibraryCommands.ts'
import {
  ALL,
  EVERYTHING,
  usePlaces,
  usePrompts,
  type Place,
  type PromptFilter,
  type Prompts,
} from './usePrompts.ts'

export function LibraryScreen() {
  const [filter, setFilter] = useState(EVERYTHING)
  const [chosenId, setChosenId] = useState<PromptId | null>(null)
  const [folderWish, setFolderWish] = useState<FolderWish | null>(null)
  const fields = useLibraryFields()
  const prompts = usePrompts(filter)
  const places = usePlaces()
  const chosen = chosenId === null ? null : rowById(prompts.state, chosenId)
  const change = (part: Partial<PromptFilter>): void => setFilter((old) => ({ ...old, ...part }))
  const choosePlace = useCallback((place: Place): void => {
    setFilter((old) => ({ ...old, place }))
  }, [])
  const add = async (kind: PromptKind): Promise<void> => {
    const { place } = filter
    const made = await newPrompt(kind, place.kind === 'folder' ? place.name : '')
    if (made === null) return
    setFilter({ ...EVERYTHING, place: place.kind === 'folder' ? place : ALL })
    setChosenId(made.id)
  }
  useLibraryCommands({
    filter,
    setFilter,
    chosen,
    choose: setChosenId,
    add,
    askFolder: setFolderWish,
    fields,
  })
  return (
    <div className="library" data-panel={chosen === null ? undefined : ''}>
      <div className="screen-bar">
        <ScreenTitle>Library</ScreenTitle>
        <span className="bar-gap" />
        <Segmented
          label="Kind"
          value={filter.kind ?? 'all'}
          segments={KIND_FILTERS}
          onChange={(kind) => change({ kind: kind === 'all' ? null : kind })}
        />
        <span className="grow" />
        <SearchField
          label="Find in the library"
          value={filter.text}
          inputRef={fields.find}
          onChange={(text) => change({ text })}
        />
        <AddButton add={add} />
      </div>
      <PlaceList places={places} place={filter.place} choose={choosePlace} navRef={fields.places} />
      {prompts.count === 0 ? (
        <Nothing
          prompts={prompts}
          showAll={filter === EVERYTHING ? null : () => setFilter(EVERYTHING)}
          add={add}
        />
      ) : (
        <PromptList prompts={prompts} chosenId={chosenId} choose={setChosenId} />
      )}
      {chosen !== null && (
        <PromptEditor
          key={chosen.id}
          prompt={chosen}
          patch={prompts.patch}
          choose={setChosenId}
          fields={fields}
        />
      )}
      {folderWish !== null && (
        <FolderDialog
          wish={folderWish}
          places={places}
          close={() => setFolderWish(null)}
          renamed={(name) => change({ place: { kind: 'folder', name } })}
        />
      )}
    </div>
  )
}

type Add = (kind: PromptKind) => Promise<void>

const NOTES: Readonly<Record<PromptKind, string>> = {
  prompt: 'text as it is sent',
  template: 'text with {{name}} slots',
  list: 'values for __name__',
  variables: 'columns and their values',
}

function AddButton({ add }: { readonly add: Add }) {
  const why = useBlocked()[0]?.text
  const entries = (Object.keys(NOTES) as PromptKind[]).map((kind) => ({
    id: kind,
    label: `${KIND_WORDS[kind]}: ${NOTES[kind]}`,
    why,
    onAction: () => void add(kind),
  }))
  const files = [
    {
      id: 'import',
      label: 'Import a file…',
      Icon: FileDown,
      why,
      onAction: () => void importPrompts(),
    },
    {
      id: 'json',
      label: 'Export everything as JSON…',
      Icon: FileUp,
      onAction: () => void exportPrompts('json'),
    },
    {
      id: 'csv',
      label: 'Export everything as CSV…',
      Icon: FileUp,
      onAction: () => void exportPrompts('csv'),
    },
  ]
  return (
    <Menu
      label="Add"
      groups={[
        { id: 'kinds', entries },
        { id: 'files', entries: files },
      ]}
    >
      <Button variant="solid" icon={<Plus />}>
        Add
      </Button>
    </Menu>
  )
}

interface NothingProps {
  readonly prompts: Prompts
  /** Null: nothing is kept out of view. */
  readonly showAll: (() => void) | null
  readonly add: Add
}

function Nothing({ prompts: { state }, showAll, add }: NothingProps) {
  const why = useBlocked()
  if (state.error !== null) {
    return <EmptyState title="The library could not be read">{state.error}</EmptyState>
  }
  if (!state.isStarted) return <div aria-busy="true" />
  if (showAll !== null) {
    return (
      <EmptyState
        title="Nothing in the library is like that"
        actions={<Button onPress={showAll}>Show the whole library</Button>}
      />
    )
  }
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
