import { useCommands } from '../../commands/useCommands.ts'
import { useBlocked } from '../../hooks/useBlocked.ts'
import { useStore } from '../../store/store.ts'
import type { Reason } from '../../ui/Button.tsx'
import { stepFrames, togglePlay, usePlayer } from './player/player.ts'
import { promptMates } from './promptMates.ts'
import { NO_TAKE } from './useReviewCommands.ts'
import { selectAll } from './useChoosing.ts'
import type { Takes } from './useTakes.ts'

const TOO_FEW: readonly Reason[] = Object.freeze([
  { text: 'There is only one take of this prompt. Choose others too, by Ctrl and a click.' },
])

/** Playing the chosen take, where it stands or in the loupe, and leading from there. */
export function usePlayCommands(takes: Takes): void {
  const blocked = useBlocked()
  const hasTake = (): readonly Reason[] => (takes.chosen === null ? NO_TAKE : [])
  const step = (count: number) => ({ why: hasTake, run: () => stepOrStart(count, takes) })
  useCommands({
    'review.play': { why: hasTake, run: () => playOrPause(takes) },
    'review.open': { why: hasTake, run: () => openLoupe(takes) },
    'review.close': { run: close },
    'review.selectAll': { run: () => void selectAll() },
    'review.stepBack': step(-1),
    'review.stepForward': step(1),
    'review.blind': {
      why: () => blocked,
      run: () => void useStore.getState().beginBlind('makers'),
    },
    'review.blindTemplates': {
      why: () => blocked,
      run: () => void useStore.getState().beginBlind('templates'),
    },
    'review.compare': {
      why: () => (takes.total === 0 ? NO_TAKE : promptMates(takes).length < 2 ? TOO_FEW : []),
      run: () => useStore.getState().compareTakes(promptMates(takes)),
    },
  })
}

/** Out of the loupe, else out of a choice of several. */
function close(): void {
  const store = useStore.getState()
  if (store.isLoupeOpen) store.openLoupe(false)
  else store.selectTakes([])
}

function playOrPause({ chosen }: Takes): void {
  const { isPlaying, isLoupeOpen, play, seen, chooseTake } = useStore.getState()
  if (chosen === null) return
  void seen(chosen)
  if (isLoupeOpen || isPlaying) return togglePlay()
  chooseTake(chosen.id)
  play(true)
}

/** Stepping needs the video itself: on the wall it is made first, and stands at its beginning. */
function stepOrStart(count: number, takes: Takes): void {
  if (usePlayer.getState().video === null) playOrPause(takes)
  else stepFrames(count)
}

export function openLoupe({ chosen }: Takes): void {
  if (chosen === null) return
  const { chooseTake, openLoupe: open, seen } = useStore.getState()
  chooseTake(chosen.id)
  open(true)
  void seen(chosen)
}
