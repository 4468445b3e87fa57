import { useState } from 'react'

import type { DraftRow } from '../../../../shared/domain/draft.ts'
import { foldName } from '../../../../shared/template/syntax.ts'
import { splitValues } from '../../../../shared/template/variables.ts'
import { ownText } from '../../../../shared/domain/ownText.ts'
import { useBlocked } from '../../../hooks/useBlocked.ts'
import { variableColumn } from '../../../store/draft/columns.ts'
import { variablesIn } from '../../../store/draft/variables.ts'
import { plural } from '../../../ui/format.ts'
import { TextField } from '../../../ui/TextField.tsx'
import { changeRow } from '../gridActions.ts'

/** One field for each variable of the template: a value, or several with bars between them. */
export function VariableFields({ row }: { readonly row: DraftRow }) {
  const isReadOnly = useBlocked().length > 0
  const inText = row.plain ? [] : variablesIn(row.prompt)
  const folded = new Set(inText.map(foldName))
  // A set may bring values that the template does not use yet.
  const waiting = Object.keys(row.variables).filter((name) => !folded.has(foldName(name)))
  const names = row.plain ? [] : [...inText, ...waiting]
  if (names.length === 0 || isReadOnly) return null
  return (
    <div className="template-variables">
      {names.map((name) => (
        <VariableField
          key={name}
          row={row}
          name={keyOf(row, name)}
          isUsed={folded.has(foldName(name))}
        />
      ))}
    </div>
  )
}

/** As the row has it: names are the same whatever their case. */
const keyOf = (row: DraftRow, name: string): string =>
  Object.keys(row.variables).find((key) => foldName(key) === foldName(name)) ?? name

interface VariableFieldProps {
  readonly row: DraftRow
  readonly name: string
  /** The template names it. */
  readonly isUsed: boolean
}

function VariableField({ row, name, isUsed }: VariableFieldProps) {
  const kept = ownText(row.variables, name)
  const [text, setText] = useState<string | null>(null)
  const count = splitValues(text ?? kept).length
  const column = variableColumn(name)
  const keep = (value: string): void => {
    setText(value)
    changeRow(row.id, (old) => column.write(old, value, []), `value ${row.id} ${name}`)
  }
  return (
    <TextField
      label={`${name}, ${plural(count, 'value')}${isUsed ? '' : ', not in the template yet'}`}
      value={text ?? kept}
      placeholder="fox | owl | heron"
      onChange={keep}
      onLeave={() => setText(null)}
    />
  )
}
