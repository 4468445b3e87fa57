import { ChevronLeft } from 'lucide-react'
import { useEffect } from 'react'

import type { TakeView } from '../../../../shared/domain/take.ts'
import { runCommand } from '../../../commands/registry.ts'
import { useKeys } from '../../../commands/platform.ts'
import { useBlocked } from '../../../hooks/useBlocked.ts'
import { useStore } from '../../../store/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { formatCount } from '../../../ui/format.ts'
import { ScreenTitle } from '../../../ui/ScreenTitle.tsx'
import { TakeVideo } from '../player/TakeVideo.tsx'
import { dragOut } from '../dragOut.ts'
import { LOUPE_HINTS, ReviewFoot } from '../ReviewFoot.tsx'
import { usePlayCommands } from '../usePlayCommands.ts'
import { useReviewKeys } from '../useReviewKeys.ts'
import type { Takes } from '../useTakes.ts'
import { continueFrom } from './continueFrom.ts'
import './loupe.css'
import { LoupePanel } from './LoupePanel.tsx'
import { Stage } from './Stage.tsx'
import { Transport } from './Transport.tsx'
import { useLoupeCommands } from './useLoupeCommands.ts'
import { useMarks } from './useMarks.ts'

interface LoupeProps {
  readonly takes: Takes
  readonly take: TakeView
}

/** One take, large: exact to the frame, with what was asked for beside it. */
export function Loupe({ takes, take }: LoupeProps) {
  const play = useStore((store) => store.play)
  const isPlaying = useStore((store) => store.isPlaying)
  const seen = useStore((store) => store.seen)
  useReviewKeys(takes, null)
  usePlayCommands(takes)
  useLoupeCommands(take)
  useMarks(take.id)
  useEffect(() => void seen(take), [seen, take])
  return (
    <div className="loupe">
      <LoupeBar takes={takes} take={take} />
      <Stage key={take.id} pixels={take.width} onDragOut={(event) => dragOut(event, take.id)}>
        <TakeVideo take={take} onPlaying={play} isAutoplay={isPlaying} />
      </Stage>
      <Transport take={take} />
      <LoupePanel take={take} />
      <ReviewFoot hints={LOUPE_HINTS} take={null} />
    </div>
  )
}

function LoupeBar({ takes, take }: LoupeProps) {
  const openLoupe = useStore((store) => store.openLoupe)
  const why = useBlocked()
  const exportKey = useKeys('review.export')
  const rerollKey = useKeys('review.reroll')
  const continueKey = useKeys('review.continueFrom')
  return (
    <div className="screen-bar">
      <Button variant="quiet" icon={<ChevronLeft />} onPress={() => openLoupe(false)}>
        Review
      </Button>
      <ScreenTitle>
        Row {take.row}, take {take.take}
      </ScreenTitle>
      <span className="text-2 loupe-place">
        {formatCount(takes.chosenIndex + 1)} of {formatCount(takes.total)}
      </span>
      <span className="grow" />
      <Button why={why} hint={rerollKey} onPress={() => runCommand('review.reroll')}>
        Re-roll
      </Button>
      <Button why={why} hint={continueKey} onPress={() => void continueFrom(take)}>
        Continue from this frame
      </Button>
      <Button
        variant="solid"
        why={why}
        hint={exportKey}
        onPress={() => runCommand('review.export')}
      >
        Export
      </Button>
    </div>
  )
}
