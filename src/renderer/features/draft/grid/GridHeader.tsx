// oxlint-disable jsx-a11y/prefer-tag-over-role -- rows that are placed by hand are no table rows
import type { CSSProperties, PointerEvent } from 'react'

import type { GridColumn } from '../../../store/draft/columns.ts'
import { fitColumn } from './fitColumn.ts'
import { widenColumn } from '../gridView.ts'
import { useColumnDrag } from './useColumnDrag.ts'

interface GridHeaderProps {
  readonly columns: readonly GridColumn[]
  readonly style: CSSProperties
  /** Of the columns that stand still. */
  readonly lefts: readonly string[]
  /** First and last column that is chosen from top to bottom; -1: none. */
  readonly chosenFrom: number
  readonly chosenTo: number
  readonly isReadOnly: boolean
}

/** A press chooses the whole column, a drag moves it; its right edge makes it wider. */
export function GridHeader(props: GridHeaderProps) {
  const { columns, style, lefts, chosenFrom, chosenTo } = props
  const { drag, handlers } = useColumnDrag(props.isReadOnly)
  const dropAt = drag === null ? null : (drag.before ?? '')
  return (
    <div
      className="grid-row grid-header"
      role="row"
      aria-rowindex={1}
      style={style}
      data-dragging={drag === null ? undefined : ''}
      {...handlers}
    >
      <div className="grid-cell grid-index" role="columnheader" data-head={-1}>
        <span className="visually-hidden">Row</span>
      </div>
      {columns.map((column, col) => (
        <div
          key={column.id}
          className="grid-cell"
          role="columnheader"
          aria-colindex={col + 2}
          style={{ left: lefts[col] }}
          data-left={lefts[col] === undefined ? undefined : col === lefts.length - 1 ? 'last' : ''}
          data-head={col}
          data-column={column.id}
          data-kind={column.kind}
          data-variable={column.variable === null ? undefined : ''}
          data-drawn={drag?.id === column.id ? '' : undefined}
          data-drop={dropAt === column.id ? '' : undefined}
          data-chosen={chosenFrom >= 0 && col >= chosenFrom && col <= chosenTo ? '' : undefined}
        >
          {column.title}
          <Grip id={column.id} />
        </div>
      ))}
      <div
        className="grid-cell grid-estimate number"
        role="columnheader"
        data-drop={dropAt === '' ? '' : undefined}
      >
        Estimate
      </div>
    </div>
  )
}

/** Dragged, the column follows; pressed twice, it is as wide as what it holds. Keys have the dialog of columns. */
function Grip({ id }: { readonly id: string }) {
  const widen = (event: PointerEvent<HTMLSpanElement>): void => {
    const cell = event.currentTarget.parentElement
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || cell === null) return
    widenColumn(id, event.clientX - cell.getBoundingClientRect().left + 3)
  }
  return (
    <span
      className="grid-grip"
      aria-hidden="true"
      onPointerDown={(event) => {
        event.stopPropagation()
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={widen}
      onDoubleClick={(event) => {
        event.stopPropagation()
        fitColumn(id)
      }}
    />
  )
}
