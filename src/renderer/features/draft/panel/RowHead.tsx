import { useEffect, useState } from 'react'

import { isLibraryFrame, type DraftRow } from '../../../../shared/domain/draft.ts'
import type { FrameView } from '../../../../shared/domain/referenceFrame.ts'
import { ask } from '../../../ipc/client.ts'
import { frameThumb } from '../../../ipc/media.ts'
import { formatBytes } from '../../../ui/format.ts'
import { Thumb } from '../../../ui/Thumb.tsx'

interface RowHeadProps {
  readonly row: DraftRow
  readonly number: number
}

export function RowHead({ row, number }: RowHeadProps) {
  const frame = useFrame(row.firstFrame)
  return (
    <div className="row-head">
      {isLibraryFrame(row.firstFrame) && (
        <Thumb src={frameThumb(row.firstFrame)} alt="First frame" isLarge />
      )}
      <div className="row-head-text">
        <p className="row-head-title">Row {number}</p>
        {row.prompt !== '' && <p className="row-head-prompt text-2 selectable">{row.prompt}</p>}
        {frame !== null && (
          <p className="text-3 row-head-frame">
            {frame.name}, {frame.width}×{frame.height}, {formatBytes(frame.bytes)}
          </p>
        )}
      </div>
    </div>
  )
}

function useFrame(ref: DraftRow['firstFrame']): FrameView | null {
  const [frame, setFrame] = useState<FrameView | null>(null)
  useEffect(() => {
    if (!isLibraryFrame(ref)) return
    let isGone = false
    void ask('frames.get', { ids: [ref] }).then((answer) => {
      if (answer.ok && !isGone) setFrame(answer.data[0] ?? null)
    })
    return () => {
      isGone = true
    }
  }, [ref])
  return frame?.id === ref ? frame : null
}
