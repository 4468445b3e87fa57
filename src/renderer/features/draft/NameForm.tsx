import { useState } from 'react'

import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/TextField.tsx'

interface NameFormProps {
  /** The one it has now. */
  readonly name: string
  readonly description: string
  /** A sentence on why a name cannot be had; null: it can. */
  readonly whyNot: (name: string) => string | null
  readonly onName: (name: string) => void
}

/** What is typed takes the place of the old name. */
const chosen = (input: HTMLInputElement | null): void => input?.select()

/** Asks for another name. */
export function NameForm({ name, description, whyNot, onName }: NameFormProps) {
  const [text, setText] = useState(name)
  const trimmed = text.trim()
  const why = whyNot(trimmed)
  const keep = (): void => {
    if (why === null) onName(trimmed)
  }
  return (
    <div className="name-form">
      <TextField
        label="Name"
        description={description}
        error={why === null || trimmed === name ? undefined : why}
        value={text}
        onChange={setText}
        onEnter={keep}
        inputRef={chosen}
        autoFocus
      />
      <Button variant="solid" why={why === null ? [] : [{ text: why }]} onPress={keep}>
        Rename
      </Button>
    </div>
  )
}
