import { useRef, type MouseEvent, type PointerEvent } from 'react'

import { atCell, type Cell } from '../../../store/draft/selection.ts'
import { useStore } from '../../../store/store.ts'

interface GridPointer {
  readonly lastCol: number
  readonly open: (isReplacing: boolean) => void
}

/** The cell under an element; column -1 is the row's number. */
export function cellAt(target: EventTarget | Element | null): Cell | null {
  if (!(target instanceof Element)) return null
  const row = target.closest<HTMLElement>('[data-row]')?.dataset['row']
  if (row === undefined) return null
  const col = target.closest<HTMLElement>('[data-col]')?.dataset['col']
  return { row: Number(row), col: col === undefined ? -1 : Number(col) }
}

/** Press chooses, drag and Shift choose a range, a second press on a picture or a model opens it. */
export function useGridPointer({ lastCol, open }: GridPointer) {
  const isDragging = useRef(false)

  const extendTo = (cell: Cell): void => {
    const { selection, select } = useStore.getState()
    const focus = { row: cell.row, col: cell.col < 0 ? lastCol : cell.col }
    select({ anchor: selection.anchor, focus })
  }

  return {
    onPointerDown: (event: PointerEvent): void => {
      const cell = cellAt(event.target)
      if (cell === null || event.button > 2) return
      if (event.target instanceof Element && event.target.closest('.cell-editor') !== null) return
      const { selection, select } = useStore.getState()
      const isMenu = event.button === 2
      if (isMenu && isInside(cell)) return
      if (event.shiftKey) return extendTo(cell)
      if (cell.col < 0) {
        return select({ anchor: { row: cell.row, col: 0 }, focus: { row: cell.row, col: lastCol } })
      }
      const isSecond = selection.focus.row === cell.row && selection.focus.col === cell.col
      select(atCell(cell))
      isDragging.current = !isMenu
      if (!isMenu && opensAtOnce(event.target, isSecond)) open(false)
    },
    onPointerMove: (event: PointerEvent): void => {
      if (!isDragging.current || event.buttons !== 1) return
      const cell = cellAt(event.target)
      const { focus } = useStore.getState().selection
      if (cell !== null && (cell.row !== focus.row || cell.col !== focus.col)) extendTo(cell)
    },
    onPointerUp: (): void => {
      isDragging.current = false
    },
    onDoubleClick: (event: MouseEvent): void => {
      const cell = cellAt(event.target)
      if (cell !== null && cell.col >= 0) open(false)
    },
  }
}

function isInside(cell: Cell): boolean {
  const { anchor, focus } = useStore.getState().selection
  const top = Math.min(anchor.row, focus.row)
  const bottom = Math.max(anchor.row, focus.row)
  return cell.row >= top && cell.row <= bottom
}

function opensAtOnce(target: EventTarget, isSecond: boolean): boolean {
  if (!(target instanceof Element)) return false
  if (target.closest('[data-opens]') !== null) return true
  const kind = target.closest<HTMLElement>('[data-col]')?.dataset['kind']
  return isSecond && (kind === 'models' || kind === 'frame')
}
