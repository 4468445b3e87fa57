import { isLibraryFrame, type DraftRow } from '../../../../shared/domain/draft.ts'
import type { FrameId } from '../../../../shared/domain/ids.ts'
import { useAnswer } from '../../../hooks/useAnswer.ts'
import { frameThumb } from '../../../ipc/media.ts'
import { formatBytes } from '../../../ui/format.ts'
import { Thumb } from '../../../ui/Thumb.tsx'

interface RowHeadProps {
  readonly row: DraftRow
  readonly number: number
}

export function RowHead({ row, number }: RowHeadProps) {
  return (
    <div className="row-head">
      {isLibraryFrame(row.firstFrame) && (
        <Thumb src={frameThumb(row.firstFrame)} alt="First frame" isLarge />
      )}
      <div className="row-head-text">
        <p className="row-head-title">Row {number}</p>
        {row.prompt !== '' && <p className="row-head-prompt text-2 selectable">{row.prompt}</p>}
        {isLibraryFrame(row.firstFrame) && <FrameFacts id={row.firstFrame} />}
      </div>
    </div>
  )
}

function FrameFacts({ id }: { readonly id: FrameId }) {
  const frame = useAnswer('frames.get', { ids: [id] })?.[0]
  if (frame === undefined) return null
  return (
    <p className="text-3 row-head-frame">
      {frame.name}, {frame.width}×{frame.height}, {formatBytes(frame.bytes)}
    </p>
  )
}
