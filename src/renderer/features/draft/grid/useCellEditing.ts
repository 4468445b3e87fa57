import { useState, type RefObject } from 'react'

import type { GridColumn } from '../../../store/draft/columns.ts'
import {
  atCell,
  entered,
  moved,
  rangeOf,
  tabbed,
  type Cell,
  type GridSize,
  type Selection,
} from '../../../store/draft/selection.ts'
import { useStore } from '../../../store/store.ts'
import type { VirtualListHandle } from '../../../ui/VirtualList.tsx'
import { range, rows, writeText } from '../gridActions.ts'
import { useGridInsert } from '../insert/useGridInsert.ts'
import type { GridEditing, Onward } from './editing.ts'
import type { EditingCell } from './GridRow.tsx'

/** What is kept while a cell is being typed is one step to undo. */
const TYPING = 'typing'

interface OpenCell extends Cell, Omit<EditingCell, 'col'> {}

interface CellEditingWish {
  readonly size: GridSize
  readonly columns: readonly GridColumn[]
  readonly isReadOnly: boolean
  readonly list: RefObject<VirtualListHandle | null>
}

/** The cell that is open for typing, and where the keys go when it is left. */
export function useCellEditing({ size, columns, isReadOnly, list }: CellEditingWish) {
  const [editing, setEditing] = useState<OpenCell | null>(null)

  const begin = (isReplacing: boolean): void => {
    const { focus } = useStore.getState().selection
    const row = rows()[focus.row]
    const column = columns[focus.col]
    if (isReadOnly || column === undefined) return
    const text = isReplacing || row === undefined ? '' : column.read(row)
    list.current?.reveal(focus.row)
    setEditing({ ...focus, text, isReplacing })
  }
  const end = (): void => {
    setEditing(null)
    list.current?.focus()
  }
  const insert = useGridInsert({
    end: () => list.current?.focus(),
    type: ({ text, from }) => {
      setEditing({ ...useStore.getState().selection.focus, text, isReplacing: true, caret: from })
    },
  })
  // The open cell, not the one that has the focus: a press on another has moved that already.
  const write = (
    text: string,
    target = editing === null ? null : rangeOf(atCell(editing)),
  ): void => {
    if (target !== null) writeText(text, target, TYPING)
  }
  const grid: GridEditing = {
    commit: (text, { go, isAll = false }) => {
      write(text, isAll ? range() : undefined)
      useStore.getState().endStep()
      const { selection: now, select } = useStore.getState()
      const grown = { ...size, rows: rows().length + 1 }
      if (go === 'away') return setEditing(null)
      if (go !== 'stay') select(wentOn(now, go, grown))
      end()
    },
    cancel: (original) => {
      if (original !== undefined) write(original)
      end()
    },
    keep: (text) => write(text),
    insert: (caret) => {
      grid.commit(caret.text, { go: 'stay' })
      insert.ask(caret)
    },
  }

  return { grid, insert, editing, begin, end }
}

/** Where the keys are once a cell was typed. */
function wentOn(from: Selection, go: Onward, size: GridSize): Selection {
  if (go === 'next' || go === 'previous') return tabbed(from, size, go === 'previous')
  if (go === 'below') return entered(from, size, false)
  return moved(from, { direction: go, size })
}
