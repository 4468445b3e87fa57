// oxlint-disable jsx-a11y/prefer-tag-over-role -- rows that are placed by hand are no table rows
import type {
  ColumnTarget,
  ImportColumn,
  ImportPreview,
} from '../../../../shared/domain/batchImport.ts'
import { chooseTarget } from '../../../store/importStore.ts'
import { Select } from '../../../ui/Select.tsx'
import { VirtualList } from '../../../ui/VirtualList.tsx'
import { LEFT_OUT, targetChoices } from './targets.ts'

const LINE = 40
const HEAD = 28
const MOST_IN_VIEW = 8
/** First rows shown beside each column. */
const SAMPLES = 3

interface ColumnMappingProps {
  readonly preview: ImportPreview
  readonly targets: readonly ColumnTarget[]
}

/** A line for each column of the file: its name, what it becomes, and what the first rows hold. */
export function ColumnMapping({ preview, targets }: ColumnMappingProps) {
  const { columns, rows } = preview
  const samples = rows.slice(0, SAMPLES)
  return (
    <VirtualList
      className="import-columns"
      role="table"
      aria-label="Columns of the file"
      aria-rowcount={columns.length + 1}
      style={{ height: HEAD + Math.min(columns.length, MOST_IN_VIEW) * LINE }}
      count={columns.length}
      heightOf={() => LINE}
      headerHeight={HEAD}
      header={
        <div className="import-column import-columns-head" role="row">
          <span role="columnheader">Column</span>
          <span role="columnheader">Becomes</span>
          {samples.map(({ row }) => (
            <span key={row} role="columnheader">
              Row {row}
            </span>
          ))}
        </div>
      }
      renderRow={(at) => {
        const column = columns[at]
        return column === undefined ? null : (
          <ColumnLine
            column={column}
            target={targets[at] ?? null}
            samples={samples.map(({ row, cells }) => ({ row, text: cells[at] ?? '' }))}
            onChoose={(target) => chooseTarget(at, target)}
          />
        )
      }}
    />
  )
}

interface ColumnLineProps {
  readonly column: ImportColumn
  readonly target: ColumnTarget
  readonly samples: readonly { readonly row: number; readonly text: string }[]
  readonly onChoose: (target: ColumnTarget) => void
}

function ColumnLine({ column, target, samples, onChoose }: ColumnLineProps) {
  const { letter, header, how } = column
  const isGuess = how === 'guessed' && target === column.target
  return (
    <div className="import-column" role="row" data-out={target === null ? '' : undefined}>
      <span className="one-line" role="rowheader" title={header}>
        <span className="text-3 import-letter">{letter}</span>
        {header === '' || header === letter ? <i className="text-3">no name</i> : header}
      </span>
      <span role="cell" className="import-target">
        <Select
          label={`Column ${letter} becomes`}
          isLabelHidden
          value={target ?? LEFT_OUT}
          choices={targetChoices(column)}
          onChange={(id) => onChoose(id === LEFT_OUT ? null : id)}
        />
        {isGuess && <span className="import-guess">a guess</span>}
      </span>
      {samples.map(({ row, text }) => (
        <span key={row} role="cell" className="one-line text-2" title={text}>
          {text.replaceAll(/\s+/g, ' ')}
        </span>
      ))}
    </div>
  )
}
