import {
  DELIMITERS,
  ENCODINGS,
  type Delimiter,
  type ImportPreview,
} from '../../../../shared/domain/batchImport.ts'
import { chooseInto, readAgain, type Importing } from '../../../store/importStore.ts'
import { useStore } from '../../../store/store.ts'
import { Select } from '../../../ui/Select.tsx'

const SEPARATORS: Readonly<Record<Delimiter, string>> = {
  ',': 'Comma',
  ';': 'Semicolon',
  '\t': 'Tab',
  '|': 'Bar',
}
/** Rows that may hold the names; a title above them is rarely longer. */
const HEADER_ROWS = 10
const NEW = 'new'

interface ReadingFieldsProps {
  readonly importing: Importing
  readonly preview: ImportPreview
}

/** How the file is read: only what its kind has. */
export function ReadingFields({ importing, preview }: ReadingFieldsProps) {
  const { reading, sheets } = preview
  const { sheet, encoding, delimiter, headerRow } = reading
  const read = (part: Partial<typeof reading>): void =>
    void readAgain({ ...importing.reading, ...part })
  const rows = Array.from({ length: HEADER_ROWS }, (_, at) => at + 1)
  const known = headerRow === null || headerRow <= HEADER_ROWS ? rows : [...rows, headerRow]
  return (
    <div className="import-reading-fields">
      {sheets.length > 1 && (
        <Select
          label="Sheet"
          value={sheet ?? ''}
          choices={sheets.map((id) => ({ id, label: id }))}
          onChange={(id) => read({ sheet: id, headerRow: null })}
        />
      )}
      {encoding !== null && (
        <Select
          label="Encoding"
          value={encoding}
          choices={ENCODINGS.map((id) => ({ id, label: id }))}
          onChange={(id) => read({ encoding: id })}
        />
      )}
      {delimiter !== null && (
        <Select
          label="Separator"
          value={delimiter}
          choices={DELIMITERS.map((id) => ({ id, label: SEPARATORS[id] }))}
          onChange={(id) => read({ delimiter: id, headerRow: null })}
        />
      )}
      {headerRow !== null && (
        <Select
          label="Column names"
          value={String(headerRow)}
          choices={[
            ...known.map((row) => ({ id: String(row), label: `In row ${row}` })),
            { id: '0', label: 'None: every row is a prompt' },
          ]}
          onChange={(id) => read({ headerRow: Number(id) })}
        />
      )}
      <IntoField importing={importing} />
    </div>
  )
}

function IntoField({ importing }: { readonly importing: Importing }) {
  const drafts = useStore((store) => store.drafts)
  const choices = (drafts ?? []).map(({ id, name }) => ({ id, label: `Behind “${name}”` }))
  return (
    <Select
      label="Goes"
      value={importing.into ?? NEW}
      choices={[{ id: NEW, label: 'Into a new draft' }, ...choices]}
      onChange={(id) => chooseInto(choices.find((choice) => choice.id === id)?.id ?? null)}
    />
  )
}
