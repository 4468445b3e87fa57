import { ChevronLeft } from 'lucide-react'
import { useEffect } from 'react'

import type { TakeView } from '../../../../shared/domain/take.ts'
import { useBlocked } from '../../../hooks/useBlocked.ts'
import { act } from '../../../store/notify.ts'
import { useStore } from '../../../store/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { formatCount } from '../../../ui/format.ts'
import { TakeVideo } from '../player/TakeVideo.tsx'
import { usePlayer } from '../player/player.ts'
import { LOUPE_HINTS, ReviewFoot } from '../ReviewFoot.tsx'
import { useReviewKeys } from '../useReviewKeys.ts'
import type { Takes } from '../useTakes.ts'
import { continueFrom } from './continueFrom.ts'
import { LoupePanel } from './LoupePanel.tsx'
import { Transport } from './Transport.tsx'

interface LoupeProps {
  readonly takes: Takes
  readonly take: TakeView
}

/** One take, large: exact to the frame, with what was asked for beside it. */
export function Loupe({ takes, take }: LoupeProps) {
  const openLoupe = useStore((store) => store.openLoupe)
  const play = useStore((store) => store.play)
  const isPlaying = useStore((store) => store.isPlaying)
  const seen = useStore((store) => store.seen)
  const why = useBlocked()
  useReviewKeys(takes, null)
  useEffect(() => void seen(take), [seen, take])
  return (
    <div className="loupe">
      <div className="screen-bar">
        <Button variant="quiet" icon={<ChevronLeft />} onPress={() => openLoupe(false)}>
          Review
        </Button>
        <h1>
          Row {take.row}, take {take.take}
        </h1>
        <span className="text-2 loupe-place">
          {formatCount(takes.chosenIndex + 1)} of {formatCount(takes.total)}
        </span>
        <span className="grow" />
        <Button
          why={why}
          onPress={() => void continueFrom(take, usePlayer.getState().video?.currentTime ?? 0)}
        >
          Continue from this frame
        </Button>
        <Button
          onPress={() =>
            void act('The folder was not opened.', 'takes.showInFolder', { takeId: take.id })
          }
        >
          Show in folder
        </Button>
      </div>
      <div className="loupe-stage">
        <TakeVideo key={take.id} take={take} onPlaying={play} isAutoplay={isPlaying} />
      </div>
      <LoupePanel take={take} />
      <Transport key={`${take.id}/transport`} take={take} />
      <ReviewFoot hints={LOUPE_HINTS} take={null} />
    </div>
  )
}
