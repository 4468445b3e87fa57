import { useState } from 'react'

import type { DraftRow } from '../../../../shared/domain/draft.ts'
import { useBlocked } from '../../../hooks/useBlocked.ts'
import { tagsOf } from '../../../store/draft/columns.ts'
import { useStore } from '../../../store/store.ts'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { changeRow } from '../gridActions.ts'

/** Fields that are seldom used and have no column. */
export function RowFields({ row }: { readonly row: DraftRow }) {
  const isReadOnly = useBlocked().length > 0
  if (isReadOnly) return null
  return (
    <Disclosure title="More of this row">
      <div className="row-fields">
        <Field
          label="Negative prompt"
          lines={2}
          value={row.negativePrompt}
          rowId={row.id}
          read={(negativePrompt) => ({ negativePrompt })}
        />
        <Field
          label="Resolution"
          value={row.resolution}
          placeholder="the model’s own"
          rowId={row.id}
          read={(resolution) => ({ resolution: resolution.trim() })}
        />
        <Field
          label="Tags"
          value={row.tags.join(', ')}
          placeholder="night, hero"
          rowId={row.id}
          read={(text) => ({ tags: tagsOf(text) })}
        />
        <Field
          label="Name, for files"
          value={row.name}
          rowId={row.id}
          read={(name) => ({ name: name.trim() })}
        />
        <Switch
          isOn={row.plain}
          onChange={(plain) => changeRow(row.id, (old) => ({ ...old, plain }))}
        >
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
  readonly rowId: DraftRow['id']
  readonly read: (text: string) => Partial<DraftRow>
}

/** Kept as it is typed, so that nothing hangs on leaving it: one step to undo. */
function Field({ label, value, placeholder, lines, rowId, read }: FieldProps) {
  // As it is typed: what is kept of it may be trimmed.
  const [text, setText] = useState<string | null>(null)
  const keep = (typed: string): void => {
    setText(typed)
    changeRow(rowId, (old) => ({ ...old, ...read(typed) }), `${label} ${rowId}`)
  }
  return (
    <TextField
      label={label}
      value={text ?? value}
      placeholder={placeholder}
      lines={lines}
      onChange={keep}
      onLeave={() => {
        if (text !== null) useStore.getState().endStep()
        setText(null)
      }}
    />
  )
}
