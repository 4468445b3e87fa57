import type { Vote } from '../../../../shared/domain/arena.ts'
import { useCommands } from '../../../commands/useCommands.ts'
import { useStore } from '../../../store/store.ts'
import { Button } from '../../../ui/Button.tsx'
import type { Sync } from '../sync/sync.ts'
import { useKeysOf } from '../useReviewKeys.ts'

const CHOICES: readonly { readonly vote: Vote; readonly word: string; readonly key: string }[] = [
  { vote: 'a', word: 'A is better', key: '←' },
  { vote: 'alike', word: 'Alike', key: '↓' },
  { vote: 'bothBad', word: 'Both bad', key: 'X' },
  { vote: 'skipped', word: 'Skip', key: 'N' },
  { vote: 'b', word: 'B is better', key: '→' },
]

export function Votes() {
  const vote = useStore((store) => store.voteBlind)
  return (
    <div className="blind-votes">
      {CHOICES.map((choice) => (
        <Button
          key={choice.vote}
          hint={choice.key}
          variant={choice.vote === 'a' || choice.vote === 'b' ? 'plain' : 'quiet'}
          onPress={() => void vote(choice.vote)}
        >
          {choice.word}
        </Button>
      ))}
    </div>
  )
}

/** A vote by one key; playing and stepping as everywhere; undo takes the last vote back. */
export function useBlindKeys(sync: Sync, toggleSound: () => void): void {
  const voteBlind = useStore((store) => store.voteBlind)
  const undoBlind = useStore((store) => store.undoBlind)
  const endBlind = useStore((store) => store.endBlind)
  const vote = (choice: Vote) => () => void voteBlind(choice)
  useKeysOf({
    ArrowLeft: vote('a'),
    ArrowRight: vote('b'),
    ArrowDown: vote('alike'),
    x: vote('bothBad'),
    n: vote('skipped'),
    Home: () => sync.seek(0),
    End: () => sync.seek(sync.store.getState().length),
  })
  useCommands({
    'review.play': { run: sync.toggle },
    'review.stepBack': { run: () => sync.step(-1, '') },
    'review.stepForward': { run: () => sync.step(1, '') },
    'review.sound': { run: toggleSound },
    'review.close': { run: () => void endBlind() },
    'edit.undo': { run: () => void undoBlind() },
  })
}
