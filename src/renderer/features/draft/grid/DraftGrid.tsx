import { useCallback, useEffect, useMemo, useRef, useState, type CSSProperties } from 'react'

import { useBlocked } from '../../../hooks/useBlocked.ts'
import { useRowHeights } from '../../../hooks/useRowHeights.ts'
import { columnsFor } from '../../../store/draft/columns.ts'
import { moved, rangeOf, spanInRow, type Cell } from '../../../store/draft/selection.ts'
import type { OpenDraft } from '../../../store/draftSlice.ts'
import { useStore } from '../../../store/store.ts'
import { ContextMenu, type MenuPlace } from '../../../ui/ContextMenu.tsx'
import { VirtualList, type VirtualListHandle } from '../../../ui/VirtualList.tsx'
import { writeText } from '../gridActions.ts'
import './draftGrid.css'
import { GridEditingContext, type GridEditing } from './editing.ts'
import { FramePicker } from './FramePicker.tsx'
import { GridHeader } from './GridHeader.tsx'
import { cellId, GridRow } from './GridRow.tsx'
import { ModelPicker } from './ModelPicker.tsx'
import { useGridFiles } from './useGridFiles.ts'
import { useGridKeys } from './useGridKeys.ts'
import { useGridPointer } from './useGridPointer.ts'
import { useRowMenu } from './useRowMenu.ts'

interface OpenCell extends Cell {
  readonly text: string
  readonly isReplacing: boolean
}

/** One row per prompt; only the rows in view exist, and the keys are those of a spreadsheet. */
export function DraftGrid({ open }: { readonly open: OpenDraft }) {
  const { rows, variables, defaults } = open.doc
  const models = useStore((store) => store.models)
  const rowChecks = useStore((store) => store.rowChecks)
  const selection = useStore((store) => store.selection)
  const watchRows = useStore((store) => store.watchRows)
  const isReadOnly = useBlocked().length > 0
  const heights = useRowHeights()
  const columns = useMemo(() => columnsFor(variables), [variables])
  const size = { rows: rows.length + 1, cols: columns.length }
  const list = useRef<VirtualListHandle>(null)
  const box = useRef<HTMLDivElement>(null)
  const [editing, setEditing] = useState<OpenCell | null>(null)
  const [menu, setMenu] = useState<MenuPlace | null>(null)

  const begin = (isReplacing: boolean): void => {
    const { focus } = useStore.getState().selection
    const row = rows[focus.row]
    const column = columns[focus.col]
    if (isReadOnly || column === undefined) return
    const text = isReplacing || row === undefined ? '' : column.read(row)
    setEditing({ ...focus, text, isReplacing })
  }
  const end = (): void => {
    setEditing(null)
    list.current?.focus()
  }
  const grid: GridEditing = {
    commit: (text, { go, isAll = false }) => {
      writeText(text, isAll)
      const { selection: now, select } = useStore.getState()
      const grown = { ...size, rows: (useStore.getState().open?.doc.rows.length ?? 0) + 1 }
      if (go === 'stay') setEditing(null)
      else {
        select(moved(now, { direction: go, size: grown }))
        end()
      }
      if (go === 'stay' && document.activeElement === document.body) list.current?.focus()
    },
    cancel: end,
  }

  const pageRows = (): number =>
    Math.max(1, Math.floor((list.current?.element()?.clientHeight ?? 400) / heights.thumb) - 2)
  const onKeyDown = useGridKeys({ size, columns, pageRows, isReadOnly, open: begin })
  const pointer = useGridPointer({ lastCol: columns.length - 1, open: begin })
  const { dropRow, ...files } = useGridFiles(box, isReadOnly)
  const menuGroups = useRowMenu(rows.length)
  const { focus } = selection
  const range = rangeOf(selection)

  useEffect(() => list.current?.reveal(focus.row), [focus.row])
  const onRange = useCallback(
    (from: number, to: number) => watchRows(rows.slice(from, to + 1).map(({ id }) => id)),
    [rows, watchRows],
  )

  const kind = editing === null ? undefined : columns[editing.col]?.kind
  return (
    <GridEditingContext value={grid}>
      <VirtualList
        handle={list}
        box={box}
        className="draft-grid"
        style={variableColumns(variables.length)}
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
        header={<GridHeader columns={columns} />}
        headerHeight={heights.header}
        onRange={onRange}
        onKeyDown={onKeyDown}
        onContextMenu={(event) => {
          event.preventDefault()
          setMenu({ x: event.clientX, y: event.clientY })
        }}
        {...pointer}
        {...files}
        renderRow={(index) => {
          const row = rows[index] ?? null
          const span = spanInRow(range, index)
          return (
            <GridRow
              index={index}
              row={row}
              columns={columns}
              models={models}
              defaults={defaults}
              check={row === null ? null : (rowChecks[row.id] ?? null)}
              chosenFrom={span?.[0] ?? -1}
              chosenTo={span?.[1] ?? -1}
              isFocusRow={focus.row === index}
              focusCol={focus.row === index ? focus.col : -1}
              isDropRow={dropRow === index}
              editing={
                editing?.row === index && kind !== 'models' && kind !== 'frame' ? editing : null
              }
            />
          )
        }}
      />
      {editing !== null && kind === 'models' && <ModelPicker cell={editing} onClose={end} />}
      {editing !== null && kind === 'frame' && <FramePicker cell={editing} onClose={end} />}
      <ContextMenu label="Rows" place={menu} groups={menuGroups} onClose={() => setMenu(null)} />
    </GridEditingContext>
  )
}

/** For draftGrid.css: `repeat(0, …)` is no list of columns, so none at all is said by an empty text. */
function variableColumns(count: number): CSSProperties {
  const columns = count === 0 ? ' ' : `repeat(${count}, minmax(80px, 104px))`
  return { '--variables': count, '--variable-columns': columns } as CSSProperties
}
