import { FolderOpen, X } from 'lucide-react'
import { useRef } from 'react'
import { Dialog, GridList, GridListItem, Popover } from 'react-aria-components'

import type { FrameView } from '../../../../shared/domain/referenceFrame.ts'
import { useAnswer } from '../../../hooks/useAnswer.ts'
import { frameThumb } from '../../../ipc/media.ts'
import type { Cell } from '../../../store/draft/selection.ts'
import { addFramesFromDialog } from '../../../store/frameActions.ts'
import { Button } from '../../../ui/Button.tsx'
import { chooseFrames, frameField } from '../gridActions.ts'
import { useShownRow } from '../useShown.ts'
import { cellId } from './GridRow.tsx'
import './pickers.css'

interface FramePickerProps {
  readonly cell: Cell
  readonly onClose: () => void
}

const LATEST = 60
const NONE: readonly FrameView[] = Object.freeze([])

/** The latest frames of the library, a file from disk, or none. */
export function FramePicker({ cell, onClose }: FramePickerProps) {
  const anchor = useRef<Element | null>(null)
  anchor.current ??= document.getElementById(cellId(cell.row, cell.col))
  const field = frameField()
  const current = useShownRow(cell.row)?.[field] ?? null
  const frames = useAnswer('frames.list', { after: null, limit: LATEST })?.rows ?? NONE

  const choose = (chosen: readonly (FrameView | null)[]): void => {
    chooseFrames(chosen, field)
    onClose()
  }
  const browse = async (): Promise<void> => {
    const added = await addFramesFromDialog()
    if (added.length > 0) choose(added)
  }

  return (
    <Popover
      className="popover frame-picker"
      triggerRef={anchor}
      placement="bottom start"
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
    >
      <Dialog aria-label={field === 'firstFrame' ? 'Choose a first frame' : 'Choose a last frame'}>
        <GridList
          className="frame-picker-list"
          aria-label="Latest frames"
          layout="grid"
          items={frames}
          onAction={(key) => choose(frames.filter(({ id }) => id === key))}
          renderEmptyState={() => (
            <p className="list-empty">
              No frames yet. Choose a file, or drop pictures on the rows.
            </p>
          )}
        >
          {(frame) => (
            <GridListItem className="frame-picker-item" id={frame.id} textValue={frame.name}>
              <img src={frameThumb(frame.id)} alt="" draggable={false} />
            </GridListItem>
          )}
        </GridList>
        <footer className="picker-foot">
          <Button icon={<FolderOpen />} onPress={() => void browse()}>
            Choose a file…
          </Button>
          <span className="grow" />
          {current !== null && (
            <Button variant="quiet" icon={<X />} onPress={() => choose([null])}>
              Remove
            </Button>
          )}
        </footer>
      </Dialog>
    </Popover>
  )
}
