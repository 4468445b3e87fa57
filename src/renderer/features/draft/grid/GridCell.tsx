// oxlint-disable jsx-a11y/prefer-tag-over-role -- rows that are placed by hand are no table rows
import { Plus } from 'lucide-react'

import type { DraftDefaults, DraftRow, ModelChoice } from '../../../../shared/domain/draft.ts'
import type { ModelOption } from '../../../../shared/domain/modelOption.ts'
import { frameThumb } from '../../../ipc/media.ts'
import type { GridColumn } from '../../../store/draft/columns.ts'
import { promptParts, variablesIn } from '../../../store/draft/variables.ts'
import { Thumb } from '../../../ui/Thumb.tsx'
import { CellEditor } from './CellEditor.tsx'
import type { EditingCell } from './GridRow.tsx'

interface GridCellProps {
  readonly id: string
  readonly col: number
  readonly row: DraftRow | null
  readonly column: GridColumn
  readonly models: readonly ModelOption[]
  readonly defaults: DraftDefaults
  readonly problem: string | null
  readonly isChosen: boolean
  readonly isFocus: boolean
  readonly editing: EditingCell | null
}

export function GridCell(props: GridCellProps) {
  const { id, col, row, column, problem, isChosen, isFocus, editing } = props
  return (
    <div
      id={id}
      className="grid-cell"
      role="gridcell"
      aria-colindex={col + 2}
      aria-selected={isChosen}
      aria-invalid={problem !== null}
      data-kind={column.kind}
      data-col={col}
      data-chosen={isChosen ? '' : undefined}
      data-focus={isFocus ? '' : undefined}
      data-problem={problem === null ? undefined : ''}
      title={editing === null ? (problem ?? undefined) : undefined}
    >
      {editing === null ? (
        <CellValue row={row} column={column} models={props.models} defaults={props.defaults} />
      ) : (
        <CellEditor column={column} row={row} models={props.models} editing={editing} />
      )}
    </div>
  )
}

type CellValueProps = Pick<GridCellProps, 'row' | 'column' | 'models' | 'defaults'>

function CellValue({ row, column, models, defaults }: CellValueProps) {
  if (row === null) return column.kind === 'prompt' ? <Invitation /> : null
  switch (column.kind) {
    case 'prompt':
      return <PromptText row={row} />
    case 'frame':
      return <FrameValue row={row} />
    case 'models':
      return <ModelsText choices={row.models} fallback={defaults.models} models={models} />
    case 'number':
    case 'text':
      return <PlainValue row={row} column={column} defaults={defaults} />
  }
}

const Invitation = () => (
  <span className="text-3 one-line">Type a prompt, or paste rows from a spreadsheet</span>
)

function PromptText({ row }: { readonly row: DraftRow }) {
  if (row.prompt === '') return <span className="text-3">–</span>
  const parts = row.plain ? [{ text: row.prompt, isVariable: false }] : promptParts(row.prompt)
  return (
    <span className="one-line">
      {parts.map((part, at) =>
        part.isVariable ? (
          // Parts of one text have no other name than their place.
          <span key={at} className="grid-variable">
            {part.text}
          </span>
        ) : (
          part.text
        ),
      )}
    </span>
  )
}

function FrameValue({ row }: { readonly row: DraftRow }) {
  if (row.firstFrame === null) {
    return (
      <span className="grid-ghost" data-opens>
        <Plus aria-hidden="true" />
        <span className="visually-hidden">none</span>
      </span>
    )
  }
  const isUrl = row.firstFrame.startsWith('https:')
  if (isUrl) return <span className="one-line text-2">link</span>
  return <Thumb src={frameThumb(row.firstFrame)} alt="First frame" />
}

interface ModelsTextProps {
  readonly choices: readonly ModelChoice[]
  readonly fallback: readonly ModelChoice[]
  readonly models: readonly ModelOption[]
}

function ModelsText({ choices, fallback, models }: ModelsTextProps) {
  const shown = choices.length > 0 ? choices : fallback
  const [first] = shown
  if (first === undefined) return <span className="text-3">–</span>
  const name = models.find(({ id }) => id === first.model)?.name ?? first.model
  const more = shown.length > 1 ? ` +${shown.length - 1}` : ''
  return (
    <span className={choices.length > 0 ? 'one-line' : 'one-line text-3'}>
      {name}
      {more}
    </span>
  )
}

function PlainValue({
  row,
  column,
  defaults,
}: Pick<GridCellProps, 'column' | 'defaults'> & { row: DraftRow }) {
  const own = column.read(row)
  if (own !== '') return <span className="one-line">{withUnit(column.id, own)}</span>
  if (column.variable !== null) {
    const isUsed = variablesIn(row.prompt).includes(column.variable)
    return isUsed ? null : <span className="text-3">–</span>
  }
  const fallback = defaultOf(column.id, defaults)
  return <span className="text-3">{fallback === '' ? '–' : withUnit(column.id, fallback)}</span>
}

function withUnit(column: string, text: string): string {
  return column === 'duration' && /^\d+(\.\d+)?$/.test(text) ? `${text} s` : text
}

function defaultOf(column: string, defaults: DraftDefaults): string {
  switch (column) {
    case 'duration':
      return defaults.duration
    case 'size':
      return defaults.size === '' ? defaults.aspectRatio : defaults.size
    case 'takes':
      return defaults.takes === '' ? '1' : defaults.takes
    case 'seed':
      return defaults.seed
    default:
      return ''
  }
}
