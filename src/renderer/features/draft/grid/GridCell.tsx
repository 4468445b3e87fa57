// oxlint-disable jsx-a11y/prefer-tag-over-role -- rows that are placed by hand are no table rows
import { Plus } from 'lucide-react'
import type { ReactNode } from 'react'

import {
  isLibraryFrame,
  lostFrameOf,
  type DraftDefaults,
  type DraftRow,
  type FrameRef,
} from '../../../../shared/domain/draft.ts'
import type { ModelOption } from '../../../../shared/domain/modelOption.ts'
import { frameThumb } from '../../../ipc/media.ts'
import type { GridColumn } from '../../../store/draft/columns.ts'
import { promptParts } from '../../../store/draft/variables.ts'
import { Thumb } from '../../../ui/Thumb.tsx'
import { CellEditor } from './CellEditor.tsx'
import { cellText, NONE } from './cellText.ts'
import type { EditingCell } from './GridRow.tsx'

interface GridCellProps {
  readonly id: string
  readonly col: number
  /** Undefined: it moves sideways with the others. */
  readonly left: string | undefined
  readonly isLastLeft: boolean
  readonly row: DraftRow | null
  readonly column: GridColumn
  readonly models: readonly ModelOption[]
  readonly defaults: DraftDefaults
  readonly problem: string | null
  /** Of the model's cell: the providers that the row's jobs go to, once it was checked. */
  readonly ways: readonly string[]
  readonly isChosen: boolean
  readonly isFocus: boolean
  /** The handle is being drawn over it. */
  readonly isFilling: boolean
  readonly hasHandle: boolean
  readonly editing: EditingCell | null
}

/** Words stand in the cell itself, with nothing around them: a sheet has thousands. */
export function GridCell(props: GridCellProps) {
  const { id, col, row, column, problem, isChosen, isFocus, editing } = props
  const { content, isFaint } = valueOf(props)
  return (
    <div
      id={id}
      className="grid-cell"
      role="gridcell"
      aria-colindex={col + 2}
      style={{ gridColumn: col + 2, left: props.left }}
      data-left={props.left === undefined ? undefined : props.isLastLeft ? 'last' : ''}
      aria-selected={isChosen}
      aria-invalid={problem === null ? undefined : true}
      data-kind={column.kind}
      data-col={col}
      data-faint={isFaint ? '' : undefined}
      data-chosen={isChosen ? '' : undefined}
      data-focus={isFocus ? '' : undefined}
      data-filling={props.isFilling ? '' : undefined}
      data-problem={problem === null ? undefined : ''}
      data-editing={editing === null ? undefined : ''}
      title={editing === null ? (problem ?? undefined) : undefined}
    >
      {editing === null ? (
        content
      ) : (
        <CellEditor column={column} row={row} models={props.models} editing={editing} />
      )}
      {props.hasHandle && editing === null && (
        <span className="grid-handle" data-fill="" aria-hidden="true" />
      )}
    </div>
  )
}

interface CellValue {
  readonly content: ReactNode
  readonly isFaint: boolean
}

const INVITATION: CellValue = {
  content: 'Type a prompt, or paste rows from a spreadsheet',
  isFaint: true,
}
const NOTHING: CellValue = { content: null, isFaint: false }

function valueOf({ row, column, models, defaults, ways }: GridCellProps): CellValue {
  if (row === null) return column.kind === 'prompt' ? INVITATION : NOTHING
  if (column.kind === 'prompt') return promptValue(row)
  if (column.kind === 'frame')
    return {
      content: (
        <FrameValue
          frame={column.id === 'lastFrame' ? row.lastFrame : row.firstFrame}
          title={column.title}
        />
      ),
      isFaint: false,
    }
  const { text, isFaint } = cellText(row, column, { models, defaults })
  if (column.kind !== 'models' || ways.length === 0) return { content: text, isFaint }
  return { content: <ModelValue text={text} ways={ways} models={models} />, isFaint }
}

interface ModelValueProps {
  readonly text: string
  readonly ways: readonly string[]
  readonly models: readonly ModelOption[]
}

/** With the provider that its jobs really go to, by the person's order where none is named. */
function ModelValue({ text, ways, models }: ModelValueProps) {
  const routes = models.flatMap((model) => model.routes)
  const nameOf = (way: string): string =>
    routes.find(({ provider }) => provider === way)?.providerName ?? way
  return (
    <span className="grid-model">
      <span className="one-line">{text}</span>{' '}
      <span className="one-line grid-way text-3">{ways.map(nameOf).join(', ')}</span>
    </span>
  )
}

function promptValue({ prompt, plain }: DraftRow): CellValue {
  if (prompt === '') return { content: NONE, isFaint: true }
  if (plain || !prompt.includes('{{')) return { content: prompt, isFaint: false }
  const content = promptParts(prompt).map((part, at) =>
    part.isVariable ? (
      // Parts of one text have no other name than their place.
      <span key={at} className="grid-variable">
        {part.text}
      </span>
    ) : (
      part.text
    ),
  )
  return { content, isFaint: false }
}

interface FrameValueProps {
  readonly frame: FrameRef | null
  readonly title: string
}

function FrameValue({ frame, title }: FrameValueProps) {
  if (frame === null) {
    return (
      <span className="grid-ghost" data-opens>
        <Plus aria-hidden="true" />
        <span className="visually-hidden">none</span>
      </span>
    )
  }
  if (!isLibraryFrame(frame)) {
    const name =
      lostFrameOf(frame)
        ?.name.split(/[/\\]/)
        .findLast((part) => part !== '') ?? 'link'
    return <span className="one-line">{name}</span>
  }
  return <Thumb src={frameThumb(frame)} alt={title} />
}
