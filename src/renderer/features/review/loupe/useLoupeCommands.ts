import type { TakeView } from '../../../../shared/domain/take.ts'
import { useCommands } from '../../../commands/useCommands.ts'
import { useBlocked } from '../../../hooks/useBlocked.ts'
import type { Reason } from '../../../ui/Button.tsx'
import { currentFrame, goToFrame, markIn, markOut, usePlayer } from '../player/player.ts'
import { continueFrom } from './continueFrom.ts'
import { setMarks, showClip, useClips } from './useMarks.ts'

const NO_MARKS: readonly Reason[] = Object.freeze([
  { text: 'This take has no in or out point yet. I and O set them.' },
])

/** What keys do to the take that is open. */
export function useLoupeCommands(take: TakeView): void {
  const blocked = useBlocked()
  const why = () => blocked
  const whyMarks = () => (usePlayer.getState().marks === null ? NO_MARKS : [])
  const { id } = take
  useCommands({
    'review.markIn': { why, run: () => void setMarks(id, markIn(currentFrame())) },
    'review.markOut': { why, run: () => void setMarks(id, markOut(currentFrame())) },
    'review.goIn': { run: () => goToFrame(usePlayer.getState().marks?.in ?? 0) },
    'review.goOut': { run: goToOut },
    'review.clearMarks': {
      why: () => (blocked.length > 0 ? blocked : whyMarks()),
      run: () => void setMarks(id, null),
    },
    'review.loop': {
      why: whyMarks,
      run: () => usePlayer.getState().change({ isLooping: !usePlayer.getState().isLooping }),
    },
    'review.newClip': {
      why: () => (blocked.length > 0 ? blocked : whyClips()),
      run: () => showClip(useClips.getState().clips.length),
    },
    'review.nextClip': { why: whyClips, run: showNextClip },
    'review.continueFrom': { why, run: () => void continueFrom(take) },
  })
}

/** The last frame of the clip, or of the take. */
function goToOut(): void {
  const { marks, frames } = usePlayer.getState()
  goToFrame((marks?.out ?? frames.count) - 1)
}

const whyClips = (): readonly Reason[] => (useClips.getState().clips.length === 0 ? NO_MARKS : [])

/** The first follows the last. */
function showNextClip(): void {
  const { clips, at } = useClips.getState()
  showClip(at + 1 < clips.length ? at + 1 : 0)
  goToFrame(usePlayer.getState().marks?.in ?? 0)
}
