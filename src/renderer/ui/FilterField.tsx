// oxlint-disable jsx-a11y/role-has-required-aria-props, jsx-a11y/prefer-tag-over-role -- Autocomplete adds the list that the field controls
import { Search } from 'lucide-react'
import { Input, TextField } from 'react-aria-components'

import './filterField.css'

interface FilterFieldProps {
  readonly label: string
  readonly placeholder: string
  /** The head of the window's own lists. */
  readonly isLarge?: boolean
}

/** The field above a list inside an `Autocomplete`: typing filters, arrows walk the list, Escape leaves. */
export function FilterField({ label, placeholder, isLarge = false }: FilterFieldProps) {
  return (
    <TextField
      className={isLarge ? 'filter-field filter-field-large' : 'filter-field'}
      aria-label={label}
      autoFocus
    >
      <Search aria-hidden="true" />
      <Input role="combobox" aria-expanded placeholder={placeholder} />
    </TextField>
  )
}
