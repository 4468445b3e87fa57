import { Check, ChevronDown } from 'lucide-react'
import {
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
} from 'react-aria-components'

import './field.css'
import './list.css'
import './overlay.css'

export interface Choice<Id extends string> {
  readonly id: Id
  readonly label: string
  readonly note?: string | undefined
}

interface SelectProps<Id extends string> {
  readonly label: string
  readonly value: Id
  readonly choices: readonly Choice<Id>[]
  readonly onChange: (id: Id) => void
  readonly isLabelHidden?: boolean | undefined
}

export function Select<Id extends string>(props: SelectProps<Id>) {
  const { label, value, choices, onChange, isLabelHidden = false } = props
  return (
    <AriaSelect
      className="field"
      value={value}
      onChange={(key) => {
        const chosen = choices.find((choice) => choice.id === key)
        if (chosen !== undefined) onChange(chosen.id)
      }}
      {...(isLabelHidden ? { 'aria-label': label } : {})}
    >
      {!isLabelHidden && <Label className="field-label">{label}</Label>}
      <Button className="field-box select-button">
        <SelectValue className="one-line">
          {choices.find((choice) => choice.id === value)?.label ?? ''}
        </SelectValue>
        <ChevronDown aria-hidden="true" />
      </Button>
      <Popover className="popover">
        <ListBox className="list">
          {choices.map((choice) => (
            <ListBoxItem
              key={choice.id}
              id={choice.id}
              className="list-item"
              textValue={choice.label}
            >
              {({ isSelected }) => (
                <>
                  <span className="list-text">
                    {choice.label}
                    {choice.note !== undefined && <span className="list-note">{choice.note}</span>}
                  </span>
                  {isSelected && <Check aria-hidden="true" />}
                </>
              )}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}
