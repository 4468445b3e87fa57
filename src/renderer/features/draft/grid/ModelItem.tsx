import { Check } from 'lucide-react'
import { ListBoxItem } from 'react-aria-components'

import type { ModelEntry } from './modelEntries.ts'

/** What it makes, what it costs, what one's own takes say; and what it wants before it can be used. */
export function ModelItem({ entry }: { readonly entry: ModelEntry }) {
  const { creator, takes, record, unusable, warning, needsKey, isRetired } = entry
  const words = `${entry.name} ${creator} ${entry.provider}`
  return (
    <ListBoxItem className="list-item model-item" id={entry.id} textValue={words}>
      {({ isSelected }) => (
        <>
          <span className="list-icon">{isSelected && <Check aria-hidden="true" />}</span>
          <span className="list-text">
            {entry.name} <span className="text-3">· {entry.provider}</span>
            {needsKey && !isRetired && (
              <span className="model-key text-ask" title={unusable ?? undefined}>
                no key yet
              </span>
            )}
            {warning !== null && !isRetired && (
              <span className="model-key text-ask">{warning}</span>
            )}
            <span className={isRetired ? 'list-note text-fail' : 'list-note'}>
              {isRetired || (unusable !== null && !needsKey)
                ? unusable
                : [creator, takes].join(' · ')}
            </span>
          </span>
          <span className="model-facts text-2">
            {entry.price}
            {record !== '' && <span className="list-note">{record}</span>}
          </span>
        </>
      )}
    </ListBoxItem>
  )
}
