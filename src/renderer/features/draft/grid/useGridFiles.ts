import { useState, type ClipboardEvent, type DragEvent } from 'react'

import type { FrameId } from '../../../../shared/domain/ids.ts'
import { importDropped } from '../../../store/draftFiles.ts'
import { atCell } from '../../../store/draft/selection.ts'
import { addPastedFrame, takeDropped } from '../../../store/frameActions.ts'
import { useStore } from '../../../store/store.ts'
import { chooseFrames, clearCells, copyCells, pasteCells } from '../gridActions.ts'
import { cellAt } from './useGridPointer.ts'

/** Cells to and from spreadsheets, pictures from the clipboard, files from the system. */
export function useGridFiles(isReadOnly: boolean) {
  const [dropRow, setDropRow] = useState<number | null>(null)
  const isEditing = (event: ClipboardEvent): boolean => event.target !== event.currentTarget

  return {
    dropRow,
    onCopy: (event: ClipboardEvent): void => {
      if (isEditing(event)) return
      event.clipboardData.setData('text/plain', copyCells())
      event.preventDefault()
    },
    onCut: (event: ClipboardEvent): void => {
      if (isEditing(event) || isReadOnly) return
      event.clipboardData.setData('text/plain', copyCells())
      event.preventDefault()
      clearCells()
    },
    onPaste: (event: ClipboardEvent): void => {
      if (isEditing(event) || isReadOnly) return
      event.preventDefault()
      const picture = [...event.clipboardData.files].find(({ type }) => type.startsWith('image/'))
      const text = event.clipboardData.getData('text/plain')
      if (text !== '') pasteCells(text)
      else if (picture !== undefined) void addPicture(picture)
    },
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
      const row = cellAt(event.target)?.row ?? useStore.getState().open?.doc.rows.length ?? 0
      void dropFiles([...event.dataTransfer.files], row)
    },
  }
}

async function addPicture(file: File): Promise<void> {
  const frames = await addPastedFrame(file)
  if (frames.length > 0) chooseFrames(frames.map(({ id }): FrameId => id))
}

/** Pictures go on the row they were dropped on and those below; a batch file becomes a draft. */
async function dropFiles(files: readonly File[], row: number): Promise<void> {
  const { frames, batchFiles } = await takeDropped(files)
  const [batchFile] = batchFiles
  if (batchFile !== undefined) return importDropped(batchFile.dropId)
  if (frames.length === 0) return
  useStore.getState().select(atCell({ row, col: 1 }))
  chooseFrames(frames.map(({ id }) => id))
}
