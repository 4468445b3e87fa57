import { useState, type DragEvent, type RefObject } from 'react'

import { MAX_VARIABLES } from '../../../../shared/domain/draft.ts'
import { useClipboard } from '../../../hooks/useClipboard.ts'
import { parseTsv } from '../../../store/draft/clipboard.ts'
import { columnOfProblem } from '../../../store/draft/columns.ts'
import type { Matrix } from '../../../store/draft/edits.ts'
import { readHtmlTable } from '../../../store/draft/htmlTable.ts'
import { atCell, type Cell } from '../../../store/draft/selection.ts'
import { addPastedFrame, takeDropped } from '../../../store/frameActions.ts'
import { notify, notifyFailure } from '../../../store/notify.ts'
import { useStore } from '../../../store/store.ts'
import { formatCount, plural } from '../../../ui/format.ts'
import {
  chooseFrames,
  clearCells,
  columns,
  copyCells,
  frameField,
  pasteCells,
  rows,
} from '../gridActions.ts'
import { askPairing } from '../pair/pairing.ts'
import { cellAt } from './useGridPointer.ts'

/** Cells to and from spreadsheets, pictures from the clipboard, files from the system. */
export function useGridFiles(grid: RefObject<Element | null>, isReadOnly: boolean) {
  const [dropRow, setDropRow] = useState<number | null>(null)
  useClipboard(grid, {
    copy: copyCells,
    cut: () => {
      if (!isReadOnly) clearCells()
    },
    paste: (data) => {
      if (!isReadOnly) paste(data)
    },
  })

  return {
    dropRow,
    onDragOver: (event: DragEvent): void => {
      if (isReadOnly || !event.dataTransfer.types.includes('Files')) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
      setDropRow(cellAt(event.target)?.row ?? null)
    },
    onDragLeave: (): void => setDropRow(null),
    onDrop: (event: DragEvent): void => {
      setDropRow(null)
      if (isReadOnly) return
      event.preventDefault()
      const cell = cellAt(event.target) ?? { row: rows().length, col: -1 }
      void dropFiles([...event.dataTransfer.files], cell)
    },
  }
}

/** Files dropped beside the rows: on the row that has the focus. */
export function useRowDrops(isReadOnly: boolean) {
  return {
    onDragOver: (event: DragEvent): void => {
      if (isReadOnly || !event.dataTransfer.types.includes('Files')) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
    },
    onDrop: (event: DragEvent): void => {
      if (isReadOnly || event.isDefaultPrevented()) return
      event.preventDefault()
      void dropFiles([...event.dataTransfer.files], useStore.getState().selection.focus)
    },
  }
}

function paste(data: DataTransfer): void {
  const picture = [...data.files].find(({ type }) => type.startsWith('image/'))
  const cells = cellsOf(data)
  if (cells !== null) pasteMatrix(cells)
  else if (picture !== undefined) void addPicture(picture)
}

/** As a spreadsheet gives them; a table of a page where its text has other rows than it. Null: no text. */
function cellsOf(data: DataTransfer): Matrix | null {
  const text = data.getData('text/plain')
  const table = readHtmlTable(data.getData('text/html'))
  if (text === '') return table
  const cells = parseTsv(text)
  const isSame = table === null || (table.length === cells.length && cells.every(hasWidthOf(table)))
  return isSame ? cells : table
}

const hasWidthOf =
  ([first = []]: Matrix) =>
  (row: readonly string[]): boolean =>
    row.length === first.length

function pasteMatrix(cells: Matrix): void {
  const added = pasteCells(cells)
  if (added === null) {
    const most = formatCount(MAX_VARIABLES)
    return notifyFailure('Nothing was pasted:', `a draft has at most ${most} columns of its own.`)
  }
  if (added.length === 0) return
  const names = added.length > 3 ? [...added.slice(0, 2), '…', added.at(-1)] : added
  const came = `${plural(added.length, 'column')} came with the cells: ${names.join(', ')}.`
  notify({ text: `${came} A prompt uses {{${added[0]}}}; its menu can rename a column.` })
}

async function addPicture(file: File): Promise<void> {
  const frames = await addPastedFrame(file)
  if (frames.length > 0) chooseFrames(frames, frameField())
}

/** Pictures go on the row they were dropped on and those below; of a folder it is asked. */
async function dropFiles(files: readonly File[], cell: Cell): Promise<void> {
  const { frames, hasFolder } = await takeDropped(files)
  if (frames.length === 0) return
  if (hasFolder) return askPairing(frames, cell.row)
  const isLast = columns()[cell.col]?.id === 'lastFrame'
  const field = isLast ? 'lastFrame' : 'firstFrame'
  const col = Math.max(0, columnOfProblem(columns(), field))
  useStore.getState().select(atCell({ row: cell.row, col }))
  chooseFrames(frames, field)
}
