import { Label, RadioButton, RadioField, RadioGroup, Text } from 'react-aria-components'

import './field.css'
import type { Choice } from './Select.tsx'

interface ChoicesProps<Id extends string> {
  readonly label: string
  /** Null: nothing is chosen yet. */
  readonly value: Id | null
  readonly choices: readonly Choice<Id>[]
  readonly onChange: (id: Id) => void
}

/** One of a few that need a sentence each. */
export function Choices<Id extends string>({ label, value, choices, onChange }: ChoicesProps<Id>) {
  return (
    <RadioGroup
      className="field choices"
      value={value}
      onChange={(id) => {
        const chosen = choices.find((choice) => choice.id === id)
        if (chosen !== undefined) onChange(chosen.id)
      }}
    >
      <Label className="field-label">{label}</Label>
      {choices.map((choice) => (
        <RadioField key={choice.id} value={choice.id} className="choice">
          <RadioButton className="choice-button">
            <span className="choice-mark" aria-hidden="true" />
            {choice.label}
          </RadioButton>
          {choice.note !== undefined && (
            <Text slot="description" className="field-note">
              {choice.note}
            </Text>
          )}
        </RadioField>
      ))}
    </RadioGroup>
  )
}
