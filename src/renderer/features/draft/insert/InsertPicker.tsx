import { useEffect, useState } from 'react'
import { Autocomplete, ListBox, ListBoxItem } from 'react-aria-components'

import type { PromptKind, PromptView } from '../../../../shared/domain/prompt.ts'
import { ask } from '../../../ipc/client.ts'
import { KIND_FILTERS, KIND_WORDS, previewOf } from '../../../store/promptWords.ts'
import { useStore } from '../../../store/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { FilterField } from '../../../ui/FilterField.tsx'
import { PickerFrame } from '../../../ui/PickerFrame.tsx'
import { Segmented } from '../../../ui/Segmented.tsx'
import './insert.css'

interface InsertPickerProps {
  readonly onChoose: (entry: PromptView) => void
  readonly onClose: () => void
}

/** An entry of the library, found by its words, for the row that is being written. */
export function InsertPicker({ onChoose, onClose }: InsertPickerProps) {
  return (
    <PickerFrame label="Insert from the library" className="insert-picker" isOpen onClose={onClose}>
      <EntryList onChoose={onChoose} />
    </PickerFrame>
  )
}

type KindFilter = PromptKind | 'all'

function EntryList({ onChoose }: Pick<InsertPickerProps, 'onChoose'>) {
  const [text, setText] = useState('')
  const [kind, setKind] = useState<KindFilter>('all')
  const { entries, error } = useEntries(text, kind)
  const go = useStore((store) => store.go)
  return (
    <Autocomplete inputValue={text} onInputChange={setText}>
      <FilterField
        isLarge
        label="Find in the library"
        placeholder="Insert a prompt, template, list or variable set"
      />
      <ListBox
        className="list palette-list"
        aria-label="Entries of the library"
        items={entries ?? []}
        renderEmptyState={() => (
          <p className="list-empty">
            {error ?? (entries === null ? 'Looking…' : 'Nothing in the library is like that.')}
          </p>
        )}
        onAction={(key) => {
          const entry = entries?.find(({ id }) => id === key)
          if (entry !== undefined) onChoose(entry)
        }}
      >
        {(entry) => <EntryItem entry={entry} />}
      </ListBox>
      <footer className="picker-foot">
        <Segmented label="Kind" value={kind} segments={KIND_FILTERS} onChange={setKind} />
        <span className="grow" />
        <Button variant="quiet" onPress={() => go('library')}>
          Open the library
        </Button>
      </footer>
    </Autocomplete>
  )
}

function EntryItem({ entry }: { readonly entry: PromptView }) {
  return (
    <ListBoxItem className="list-item insert-item" id={entry.id} textValue={entry.name}>
      <span className="list-text">
        <span className="one-line">{entry.name}</span>
        <span className="list-note one-line">{previewOf(entry)}</span>
      </span>
      <span className="text-3">{KIND_WORDS[entry.kind]}</span>
    </ListBoxItem>
  )
}

/** As many as anyone walks; more words find the others. */
const LISTED = 60

interface Found {
  /** Null until they were read once. */
  readonly entries: readonly PromptView[] | null
  readonly error: string | null
}

function useEntries(text: string, kind: KindFilter): Found {
  const [found, setFound] = useState<Found>({ entries: null, error: null })
  useEffect(() => {
    let isGone = false
    const wanted = {
      ...(text.trim() === '' ? {} : { text: text.trim() }),
      ...(kind === 'all' ? {} : { kind }),
    }
    void ask('prompts.list', { ...wanted, after: null, limit: LISTED }).then((answer) => {
      if (isGone) return
      if (answer.ok) setFound({ entries: answer.data.rows, error: null })
      else setFound({ entries: [], error: answer.error.message })
    })
    return () => {
      isGone = true
    }
  }, [text, kind])
  return found
}
