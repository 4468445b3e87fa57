import { Volume2 } from 'lucide-react'

import type { TakeView } from '../../../../shared/domain/take.ts'
import { takeVideo } from '../../../ipc/media.ts'
import { readFrames } from '../player/readFrames.ts'
import type { Sync } from '../sync/sync.ts'
import { SyncVideo } from '../sync/SyncVideo.tsx'
import { TileWords } from '../TileWords.tsx'

interface CompareCellProps {
  readonly sync: Sync
  readonly take: TakeView
  /** What it is called beside the others. */
  readonly label: string
  readonly isFocused: boolean
  readonly isHeard: boolean
  readonly onFocus: () => void
  /** Clips the picture at its left, for a wipe; a share of its width. */
  readonly wipedTo?: number | undefined
}

export function CompareCell(props: CompareCellProps) {
  const { sync, take, label, isFocused, isHeard, onFocus, wipedTo } = props
  const clip = wipedTo === undefined ? {} : { clipPath: `inset(0 0 0 ${wipedTo * 100}%)` }
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- arrows move the focus; the keys are the screen's
    <div
      className="compare-cell"
      data-focused={isFocused ? '' : undefined}
      data-flag={take.flag}
      style={clip}
      onClick={onFocus}
    >
      <SyncVideo
        sync={sync}
        source={takeVideo(take.id)}
        label={`Row ${take.row}, take ${take.take}, ${take.modelName}${isFocused ? ', chosen' : ''}`}
        isMuted={!isHeard}
        readFrames={() => readFrames(take)}
      />
      <TileWords take={take} label={label} />
      {isHeard && (
        <span className="compare-sound">
          <Volume2 aria-label="Heard" />
        </span>
      )}
    </div>
  )
}
