import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import type { MouseEvent } from 'react'

import { useBlocked } from '../../../hooks/useBlocked.ts'
import { useRowHeights } from '../../../hooks/useRowHeights.ts'
import { frozenIn, frozenLefts, rowStyle } from '../../../store/draft/layout.ts'
import { rangeOf, spanInRow, type Cell, type CellRange } from '../../../store/draft/selection.ts'
import type { OpenDraft } from '../../../store/draftSlice.ts'
import { useStore } from '../../../store/store.ts'
import { ContextMenu, type MenuPlace } from '../../../ui/ContextMenu.tsx'
import { VirtualList, type VirtualListHandle } from '../../../ui/VirtualList.tsx'
import { useColumns } from '../useColumns.ts'
import { useLayout } from '../useLayout.ts'
import { useShown } from '../useShown.ts'
import './draftGrid.css'
import { InsertPicker } from '../insert/InsertPicker.tsx'
import { GridEditingContext } from './editing.ts'
import { FramePicker } from './FramePicker.tsx'
import { GridHeader } from './GridHeader.tsx'
import { cellId, GridRow } from './GridRow.tsx'
import { ModelPicker } from './ModelPicker.tsx'
import { useCellEditing } from './useCellEditing.ts'
import { revealColumn, useColumnsInView } from './useColumnsInView.ts'
import { useGridFiles } from './useGridFiles.ts'
import { useGridKeys } from './useGridKeys.ts'
import { useGridPointer } from './useGridPointer.ts'
import { useRowMenu } from './useRowMenu.ts'

interface DraftGridProps {
  readonly open: OpenDraft
  readonly onColumns: () => void
}

/** One row per prompt; only the rows in view exist, and the keys are those of a spreadsheet. */
export function DraftGrid({ open, onColumns }: DraftGridProps) {
  const { defaults } = open.doc
  const { rows, at } = useShown()
  const models = useStore((store) => store.models)
  const rowChecks = useStore((store) => store.rowChecks)
  const selection = useStore((store) => store.selection)
  const watchRows = useStore((store) => store.watchRows)
  const isReadOnly = useBlocked().length > 0
  const heights = useRowHeights()
  const layout = useLayout()
  const columns = useColumns()
  const style = useMemo(() => rowStyle(columns, layout), [columns, layout])
  const size = { rows: rows.length + 1, cols: columns.length }
  const list = useRef<VirtualListHandle>(null)
  const box = useRef<HTMLDivElement>(null)
  const wish = { style, count: columns.length, frozen: frozenIn(layout), col: selection.focus.col }
  const inView = useColumnsInView(box, wish)
  const lefts = useMemo(
    () => frozenLefts(columns, layout, inView.frozen),
    [columns, layout, inView.frozen],
  )
  const [menu, setMenu] = useState<MenuPlace | null>(null)

  const { grid, insert, editing, begin, end } = useCellEditing({ size, columns, isReadOnly, list })

  const pageRows = (): number =>
    Math.max(1, Math.floor((list.current?.element()?.clientHeight ?? 400) / heights.thumb) - 2)
  const isFilled = ({ row, col }: Cell): boolean => {
    const cells = rows[row]
    return cells !== undefined && (columns[col]?.read(cells) ?? '') !== ''
  }
  const show = ({ row, col }: Cell): void => {
    list.current?.reveal(row)
    if (box.current !== null) revealColumn(box.current, col, inView.frozen)
  }
  const onKeyDown = useGridKeys({
    size,
    columns,
    pageRows,
    isFilled,
    isReadOnly,
    show,
    open: begin,
  })
  const { filling, before, isDrawing, ...pointer } = useGridPointer({
    box,
    size,
    isReadOnly,
    open: begin,
  })
  const { dropRow, ...files } = useGridFiles(box, isReadOnly)
  const menuGroups = useRowMenu(rows.length, onColumns)
  const { focus } = selection
  const range = rangeOf(selection)
  const isColumns = rows.length > 0 && range.top === 0 && range.bottom >= rows.length - 1

  // What is pressed is in view already.
  const reveal = useEffectEvent((row: number) => {
    if (!isDrawing()) list.current?.reveal(row)
  })
  useEffect(() => reveal(focus.row), [focus.row])
  const onRange = useCallback(
    (from: number, to: number) => watchRows(rows.slice(from, to + 1).map(({ id }) => id)),
    [rows, watchRows],
  )

  const numberAt = (index: number): number =>
    (at?.[index] ?? (index < rows.length ? index : open.doc.rows.length)) + 1
  const handles = !isReadOnly && editing === null
  const kind = editing === null ? undefined : columns[editing.col]?.kind
  // The others stand beside their cell, and need it to stay the element that it is.
  const inCell = kind === 'models' || kind === 'frame' ? null : editing
  return (
    <GridEditingContext value={grid}>
      <VirtualList
        handle={list}
        box={box}
        className="draft-grid"
        role="grid"
        aria-label="Prompts"
        aria-multiselectable="true"
        aria-rowcount={size.rows + 1}
        aria-colcount={columns.length + 2}
        aria-readonly={isReadOnly}
        aria-activedescendant={cellId(focus.row, focus.col)}
        tabIndex={0}
        count={size.rows}
        heightOf={() => heights.thumb}
        layoutKey={heights.thumb}
        kept={inCell?.row ?? null}
        header={
          <GridHeader
            columns={columns}
            style={style}
            lefts={lefts}
            chosenFrom={isColumns ? range.left : -1}
            chosenTo={isColumns ? range.right : -1}
            isReadOnly={isReadOnly}
          />
        }
        headerHeight={heights.header}
        onRange={onRange}
        onKeyDown={onKeyDown}
        onContextMenu={(event) => {
          event.preventDefault()
          setMenu(menuPlace(event, focus))
        }}
        {...pointer}
        {...files}
        renderRow={(index) => {
          const row = rows[index] ?? null
          const span = spanOf(range, index)
          const fills = spanOf(filling, index)
          return (
            <GridRow
              index={index}
              number={numberAt(index)}
              row={row}
              columns={columns}
              firstCol={inView.from}
              lastCol={inView.to}
              style={style}
              lefts={lefts}
              models={models}
              defaults={defaults}
              check={row === null ? null : (rowChecks[row.id] ?? null)}
              chosenFrom={span[0]}
              chosenTo={span[1]}
              isFocusRow={focus.row === index}
              focusCol={focus.row === index ? focus.col : -1}
              isDropRow={dropRow === index}
              isMoveHere={before === index}
              handleCol={handles && index === range.bottom && row !== null ? range.right : -1}
              fillFrom={fills[0]}
              fillTo={fills[1]}
              editing={inCell?.row === index ? inCell : null}
            />
          )
        }}
      />
      {editing !== null && kind === 'models' && <ModelPicker cell={editing} onClose={end} />}
      {editing !== null && kind === 'frame' && <FramePicker cell={editing} onClose={end} />}
      {insert.isAsking && <InsertPicker onChoose={insert.choose} onClose={insert.close} />}
      <ContextMenu label="Rows" place={menu} groups={menuGroups} onClose={() => setMenu(null)} />
    </GridEditingContext>
  )
}

/** First and last column of a range in a row; -1 for none. */
const spanOf = (range: CellRange | null, row: number): readonly [number, number] =>
  (range === null ? null : spanInRow(range, row)) ?? [-1, -1]

/** At the pointer; opened by a key, at the cell that has the focus. */
function menuPlace(event: MouseEvent, { row, col }: Cell): MenuPlace {
  const isKey = event.button !== 2 && !event.ctrlKey
  const cell = isKey
    ? document.getElementById(cellId(row, col))?.getBoundingClientRect()
    : undefined
  return cell === undefined
    ? { x: event.clientX, y: event.clientY }
    : { x: cell.left + 12, y: cell.bottom }
}
