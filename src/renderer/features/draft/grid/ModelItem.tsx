import { Check } from 'lucide-react'
import { ListBoxItem } from 'react-aria-components'

import type { ModelEntry } from './modelEntries.ts'

export function ModelItem({ entry }: { readonly entry: ModelEntry }) {
  const words = `${entry.name} ${entry.creator} ${entry.provider}`
  return (
    <ListBoxItem className="list-item model-item" id={entry.id} textValue={words}>
      {({ isSelected }) => (
        <>
          <span className="list-icon">{isSelected && <Check aria-hidden="true" />}</span>
          <span className="list-text">
            {entry.name} <span className="text-3">· {entry.provider}</span>
            <span className={entry.isRetired ? 'list-note text-fail' : 'list-note'}>
              {entry.unusable ?? `${entry.creator} · ${entry.takes}`}
            </span>
          </span>
          <span className="text-2">{entry.price}</span>
        </>
      )}
    </ListBoxItem>
  )
}
