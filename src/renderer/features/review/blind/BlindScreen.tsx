import { ChevronLeft } from 'lucide-react'
import { useState } from 'react'

import type { BlindPair } from '../../../../shared/domain/arena.ts'
import { ask } from '../../../ipc/client.ts'
import { pairVideo } from '../../../ipc/media.ts'
import type { BlindRound } from '../../../store/review/blindSlice.ts'
import { useStore } from '../../../store/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { plural } from '../../../ui/format.ts'
import { ScreenTitle } from '../../../ui/ScreenTitle.tsx'
import '../compare/compare.css'
import { evenFrames, indexedFrames, type Frames } from '../player/frames.ts'
import { ReviewFoot } from '../ReviewFoot.tsx'
import { Sync } from '../sync/sync.ts'
import { SyncTransport } from '../sync/SyncTransport.tsx'
import { SyncVideo } from '../sync/SyncVideo.tsx'
import './blind.css'
import { BlindResults } from './BlindResults.tsx'
import { useBlindKeys, Votes } from './Votes.tsx'

const HINTS = [
  { keys: ['Space'], word: 'play' },
  { keys: [',', '.'], word: 'frame' },
  { keys: ['S'], word: 'sound' },
  { keys: ['Esc'], word: 'end' },
]

type Side = 'a' | 'b'
const SIDES: readonly Side[] = Object.freeze(['a', 'b'])

/** Two takes of one prompt, or of one model; who or what made them is told after the last pair, and not to this page before. */
export function BlindScreen({ blind }: { readonly blind: BlindRound }) {
  if (blind.opened !== null) return <BlindResults of={blind.of} opened={blind.opened} />
  const pair = blind.pairs[blind.at]
  if (pair === undefined) return <div className="compare" aria-busy="true" />
  return <Pair key={pair.id} pair={pair} at={blind.at} count={blind.pairs.length} />
}

interface PairProps {
  readonly pair: BlindPair
  readonly at: number
  readonly count: number
}

function Pair({ pair, at, count }: PairProps) {
  const [sync] = useState(() => new Sync())
  const [heard, setHeard] = useState<Side>('a')
  const endBlind = useStore((store) => store.endBlind)
  useBlindKeys(sync, () => setHeard(heard === 'a' ? 'b' : 'a'))
  return (
    <div className="compare blind">
      <div className="screen-bar">
        <Button variant="quiet" icon={<ChevronLeft />} onPress={() => void endBlind()}>
          {at === 0 ? 'Review' : 'End here'}
        </Button>
        <ScreenTitle>Blind</ScreenTitle>
        <span className="text-2 one-line blind-prompt">
          {pair.prompt ?? 'One model, prompts of two templates'}
        </span>
        <span className="grow" />
        <span className="text-2 blind-count">
          {pair.prompt === null ? 'prompts' : 'names'} are hidden until the last pair
        </span>
      </div>
      <div className="compare-stage blind-stage">
        {SIDES.map((side) => (
          <div key={side} className="compare-cell">
            <SyncVideo
              sync={sync}
              source={pairVideo(pair.id, side)}
              label={side.toUpperCase()}
              isMuted={heard !== side}
              readFrames={() => framesOf(pair, side)}
            />
            <span className="blind-side" aria-hidden="true">
              {side.toUpperCase()}
            </span>
          </div>
        ))}
      </div>
      <SyncTransport sync={sync}>
        <span className="text-2 compare-note">in step, sound from {heard.toUpperCase()}</span>
      </SyncTransport>
      <Votes />
      <ReviewFoot hints={HINTS} take={null}>
        {`${at + 1} of ${plural(count, 'pair')}, results after the last one`}
      </ReviewFoot>
    </div>
  )
}

async function framesOf({ id }: BlindPair, side: Side): Promise<Frames> {
  const answer = await ask('arena.frameTimes', { pairId: id, side })
  return answer.ok ? indexedFrames(answer.data) : evenFrames(1, 24)
}
