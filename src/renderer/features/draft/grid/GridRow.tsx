// oxlint-disable jsx-a11y/prefer-tag-over-role -- rows that are placed by hand are no table rows
import { memo, type CSSProperties } from 'react'

import type { DraftDefaults, DraftRow } from '../../../../shared/domain/draft.ts'
import type { RowCheck } from '../../../../shared/domain/draftCheck.ts'
import type { ModelOption } from '../../../../shared/domain/modelOption.ts'
import { columnOfProblem, type GridColumn } from '../../../store/draft/columns.ts'
import { EstimateCell } from './EstimateCell.tsx'
import { GridCell } from './GridCell.tsx'

export interface EditingCell {
  readonly col: number
  readonly text: string
  readonly isReplacing: boolean
  /** Where typing goes on; absent: at the end. */
  readonly caret?: number
}

interface GridRowProps {
  /** Place among the rows that are shown. */
  readonly index: number
  /** Place in the draft, from 1. */
  readonly number: number
  /** Null: the row below the last, where a new one begins. */
  readonly row: DraftRow | null
  readonly columns: readonly GridColumn[]
  /** Only these exist, and the one that has the focus: a sheet may have hundreds. */
  readonly firstCol: number
  readonly lastCol: number
  readonly style: CSSProperties
  /** Of the columns that stand still: how far from the left edge. */
  readonly lefts: readonly string[]
  readonly models: readonly ModelOption[]
  readonly defaults: DraftDefaults
  readonly check: RowCheck | null
  /** First and last chosen column; null: none. */
  readonly chosenFrom: number
  readonly chosenTo: number
  readonly isFocusRow: boolean
  readonly focusCol: number
  readonly isDropRow: boolean
  /** Rows that are drawn elsewhere would stand before this one. */
  readonly isMoveHere: boolean
  /** Column that holds the handle of the range; -1: none here. */
  readonly handleCol: number
  /** Columns that the handle is being drawn over; -1: none. */
  readonly fillFrom: number
  readonly fillTo: number
  readonly editing: EditingCell | null
}

export const cellId = (row: number, col: number): string => `draft-cell-${row}-${col}`

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { index, row, columns, check, chosenFrom, chosenTo, isFocusRow } = props
  const mark = markOf(check)
  return (
    <div
      className="grid-row"
      role="row"
      style={props.style}
      aria-rowindex={index + 2}
      data-chosen={chosenFrom >= 0 ? '' : undefined}
      data-mark={mark}
      data-drop={props.isDropRow ? '' : undefined}
      data-here={props.isMoveHere ? '' : undefined}
      data-row={index}
    >
      <div className="grid-cell grid-index" role="rowheader">
        {props.number}
        {mark !== undefined && (
          <span className="visually-hidden">
            {mark === 'fail' ? ', has a problem' : ', has a warning'}
          </span>
        )}
      </div>
      {columns.map((column, col) =>
        isOutOfView(props, col) ? null : (
          <GridCell
            key={column.id}
            id={cellId(index, col)}
            col={col}
            left={props.lefts[col]}
            isLastLeft={col === props.lefts.length - 1}
            row={row}
            column={column}
            models={props.models}
            defaults={props.defaults}
            problem={problemOf(check, columns, col)}
            ways={column.kind === 'models' ? waysOf(check) : NO_WAYS}
            isChosen={col >= chosenFrom && col <= chosenTo && chosenFrom >= 0}
            isFocus={isFocusRow && props.focusCol === col}
            isFilling={props.fillFrom >= 0 && col >= props.fillFrom && col <= props.fillTo}
            hasHandle={props.handleCol === col}
            editing={props.editing?.col === col ? props.editing : null}
          />
        ),
      )}
      <EstimateCell check={check} isEmpty={row === null} />
    </div>
  )
})

const isOutOfView = ({ firstCol, lastCol, focusCol, lefts }: GridRowProps, col: number): boolean =>
  (col < firstCol || col > lastCol) && col !== focusCol && col >= lefts.length

const NO_WAYS: readonly string[] = Object.freeze([])

/** A rehearsal goes nowhere. */
const waysOf = (check: RowCheck | null): readonly string[] =>
  check === null || check.providers.includes('rehearsal') ? NO_WAYS : check.providers

function markOf(check: RowCheck | null): 'fail' | 'ask' | undefined {
  if (check === null) return undefined
  if (check.problems.length > 0) return 'fail'
  return check.warnings.some(({ behaviour }) => behaviour !== 'emulated') ? 'ask' : undefined
}

function problemOf(
  check: RowCheck | null,
  columns: readonly GridColumn[],
  col: number,
): string | null {
  const found = check?.problems.find((problem) => columnOfProblem(columns, problem.column) === col)
  return found === undefined ? null : `${found.message} ${found.mend}`
}
