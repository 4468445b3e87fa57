import { useState, type RefObject } from 'react'

import type { DraftId } from '../../../../shared/domain/draft.ts'
import type { GridColumn } from '../../../store/draft/columns.ts'
import { TYPING } from '../../../store/draft/history.ts'
import {
  atCell,
  entered,
  moved,
  rangeOf,
  tabbed,
  type Cell,
  type CellRange,
  type GridSize,
  type Selection,
} from '../../../store/draft/selection.ts'
import { useStore } from '../../../store/store.ts'
import type { VirtualListHandle } from '../../../ui/VirtualList.tsx'
import { columns as columnsNow, range, rows, writeText } from '../gridActions.ts'
import { useGridInsert } from '../insert/useGridInsert.ts'
import type { GridEditing, Onward } from './editing.ts'
import type { EditingCell } from './GridRow.tsx'

/** By its column, not by the place of that: a name that is typed may bring a column before it. */
interface OpenCell extends Omit<EditingCell, 'col'> {
  readonly draftId: DraftId | undefined
  readonly row: number
  readonly columnId: string
}

interface CellEditingWish {
  readonly size: GridSize
  readonly columns: readonly GridColumn[]
  readonly isReadOnly: boolean
  readonly list: RefObject<VirtualListHandle | null>
}

/** The cell that is open for typing, and where the keys go when it is left. */
export function useCellEditing({ size, columns, isReadOnly, list }: CellEditingWish) {
  const [opened, setOpened] = useState<OpenCell | null>(null)
  const editing = placed(opened, columns)

  const begin = (isReplacing: boolean): void => {
    const { focus } = useStore.getState().selection
    const row = rows()[focus.row]
    const column = columns[focus.col]
    if (isReadOnly || column === undefined) return
    const text = isReplacing || row === undefined ? '' : column.read(row)
    list.current?.reveal(focus.row)
    setOpened(openedAt(focus, { text, isReplacing }))
  }
  const end = (): void => {
    setOpened(null)
    list.current?.focus()
  }
  const insert = useGridInsert({
    end: () => list.current?.focus(),
    type: ({ text, from }) => {
      const { focus } = useStore.getState().selection
      setOpened(openedAt(focus, { text, isReplacing: true, caret: from }))
    },
  })
  const grid: GridEditing = {
    commit: (text, { go, isAll = false }) => {
      write(opened, text, isAll ? range() : undefined)
      useStore.getState().endStep()
      const { selection: now, select } = useStore.getState()
      const grown = { ...size, rows: rows().length + 1 }
      if (go === 'away') return setOpened(null)
      if (go !== 'stay') select(wentOn(now, go, grown))
      end()
    },
    cancel: (original) => {
      if (original !== undefined) write(opened, original)
      useStore.getState().endStep()
      end()
    },
    keep: (text) => {
      write(opened, text)
      follow(opened, editing)
    },
    insert: (caret) => {
      // Still the same step: its column stays for what is put in.
      grid.keep(caret.text)
      end()
      insert.ask(caret)
    },
  }

  return { grid, insert, editing, begin, end }
}

function openedAt({ row, col }: Cell, how: Omit<EditingCell, 'col'>): OpenCell | null {
  const columnId = columnsNow()[col]?.id
  const draftId = useStore.getState().open?.id
  return columnId === undefined ? null : { ...how, draftId, row, columnId }
}

/** Into the open cell, not the one that has the focus: a press on another has moved that already. */
function write(opened: OpenCell | null, text: string, everywhere?: CellRange): void {
  const cell = placed(opened, columnsNow())
  // Another draft may have come under an editor that was left open.
  if (cell === null || cell.draftId !== useStore.getState().open?.id) return
  writeText(text, everywhere ?? rangeOf(atCell(cell)), TYPING)
}

/** What is chosen is known by its place: it goes where the column of the open cell went. */
function follow(opened: OpenCell | null, before: Cell | null): void {
  const now = placed(opened, columnsNow())
  if (now !== null && now.col !== before?.col) useStore.getState().select(atCell(now))
}

/** Null: no cell is open, or its column is gone. */
function placed(opened: OpenCell | null, columns: readonly GridColumn[]) {
  const col = columns.findIndex(({ id }) => id === opened?.columnId)
  return opened === null || col < 0 ? null : { ...opened, col }
}

/** Where the keys are once a cell was typed. */
function wentOn(from: Selection, go: Onward, size: GridSize): Selection {
  if (go === 'next' || go === 'previous') return tabbed(from, size, go === 'previous')
  if (go === 'below') return entered(from, size, false)
  return moved(from, { direction: go, size })
}
