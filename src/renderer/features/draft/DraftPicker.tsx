import { Autocomplete, ListBox, ListBoxItem } from 'react-aria-components'

import type { Draft } from '../../../shared/domain/draft.ts'
import { useStore } from '../../store/store.ts'
import { FilterField } from '../../ui/FilterField.tsx'
import { formatMinute, plural } from '../../ui/format.ts'
import { PickerFrame } from '../../ui/PickerFrame.tsx'
import { useWordFilter } from '../../ui/useWordFilter.ts'

interface DraftPickerProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Every draft there is, the one last changed first, found by its name. */
export function DraftPicker({ isOpen, onClose }: DraftPickerProps) {
  return (
    <PickerFrame label="Open a draft" isOpen={isOpen} onClose={onClose}>
      <DraftList onClose={onClose} />
    </PickerFrame>
  )
}

function DraftList({ onClose }: Pick<DraftPickerProps, 'onClose'>) {
  const drafts = useStore((store) => store.drafts)
  const openDraft = useStore((store) => store.openDraft)
  const hasWords = useWordFilter()
  return (
    <Autocomplete filter={hasWords}>
      <FilterField isLarge label="Find a draft" placeholder="Find a draft" />
      <ListBox
        className="list palette-list"
        aria-label="Drafts"
        items={drafts ?? []}
        renderEmptyState={() => <p className="list-empty">No draft is called like that.</p>}
        onAction={(key) => {
          onClose()
          const draft = drafts?.find(({ id }) => id === key)
          if (draft !== undefined) void openDraft(draft.id)
        }}
      >
        {(draft) => <DraftItem draft={draft} />}
      </ListBox>
    </Autocomplete>
  )
}

function DraftItem({ draft: { id, name, rows, updatedAt } }: { readonly draft: Draft }) {
  return (
    <ListBoxItem className="list-item" id={id} textValue={name}>
      <span className="list-text">
        <span className="one-line">{name}</span>
        <span className="list-note">{plural(rows, 'row')}</span>
      </span>
      <span className="text-3">{formatMinute(updatedAt)}</span>
    </ListBoxItem>
  )
}
