import { useState } from 'react'

import type { DraftRow } from '../../../../shared/domain/draft.ts'
import { useBlocked } from '../../../hooks/useBlocked.ts'
import { tagsOf } from '../../../store/draft/columns.ts'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { changeRow } from '../gridActions.ts'

/** Fields that are seldom used and have no column. */
export function RowFields({ row }: { readonly row: DraftRow }) {
  const isReadOnly = useBlocked().length > 0
  if (isReadOnly) return null
  const set = (change: Partial<DraftRow>): void =>
    changeRow(row.id, (old) => ({ ...old, ...change }))
  return (
    <Disclosure title="More of this row">
      <div className="row-fields">
        <Field
          label="Negative prompt"
          lines={2}
          value={row.negativePrompt}
          onKeep={(negativePrompt) => set({ negativePrompt })}
        />
        <Field
          label="Resolution"
          value={row.resolution}
          placeholder="the model’s own"
          onKeep={(resolution) => set({ resolution: resolution.trim() })}
        />
        <Field
          label="Tags"
          value={row.tags.join(', ')}
          placeholder="night, hero"
          onKeep={(text) => set({ tags: tagsOf(text) })}
        />
        <Field
          label="Name, for files"
          value={row.name}
          onKeep={(name) => set({ name: name.trim() })}
        />
        <Switch isOn={row.plain} onChange={(plain) => set({ plain })}>
          Plain text: braces mean themselves
        </Switch>
      </div>
    </Disclosure>
  )
}

interface FieldProps {
  readonly label: string
  readonly value: string
  readonly placeholder?: string
  readonly lines?: number
  readonly onKeep: (text: string) => void
}

/** Typed here, kept on leaving: one step to undo. */
function Field({ label, value, placeholder, lines, onKeep }: FieldProps) {
  const [text, setText] = useState<string | null>(null)
  return (
    <TextField
      label={label}
      value={text ?? value}
      placeholder={placeholder}
      lines={lines}
      onChange={setText}
      onLeave={() => {
        if (text !== null && text !== value) onKeep(text)
        setText(null)
      }}
    />
  )
}
