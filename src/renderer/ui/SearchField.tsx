import { Search, X } from 'lucide-react'
import type { Ref } from 'react'
import { Button, Input, SearchField as AriaSearchField } from 'react-aria-components'

import './field.css'

interface SearchFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly placeholder?: string | undefined
  readonly inputRef?: Ref<HTMLInputElement> | undefined
  /** Enter, or Escape: keys may go elsewhere again. */
  readonly onDone?: (() => void) | undefined
}

export function SearchField(props: SearchFieldProps) {
  const { label, value, onChange, placeholder, inputRef, onDone } = props
  return (
    <AriaSearchField
      className="field search-field"
      aria-label={label}
      value={value}
      onChange={onChange}
      {...(onDone === undefined ? {} : { onSubmit: onDone, onClear: onDone })}
    >
      <Search aria-hidden="true" />
      <Input
        className="field-box"
        placeholder={placeholder ?? label}
        spellCheck={false}
        {...(inputRef === undefined ? {} : { ref: inputRef })}
      />
      {value !== '' && (
        <Button className="search-clear">
          <X aria-hidden="true" />
        </Button>
      )}
    </AriaSearchField>
  )
}
