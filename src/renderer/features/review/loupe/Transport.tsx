import { Pause, Play, Repeat, Volume2, VolumeX } from 'lucide-react'

import type { TakeView } from '../../../../shared/domain/take.ts'
import { useKeys } from '../../../commands/platform.ts'
import { useStore } from '../../../store/store.ts'
import { useView } from '../../../store/viewStore.ts'
import { Chip } from '../../../ui/Chip.tsx'
import { formatTimecode, plural } from '../../../ui/format.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Select } from '../../../ui/Select.tsx'
import { setSpeed, togglePlay, usePlayer } from '../player/player.ts'
import { usePosition } from '../player/usePosition.ts'
import { Timeline } from './Timeline.tsx'

const SPEEDS = ['0.1', '0.25', '0.5', '1', '1.5', '2', '4', '8'] as const

/** Time, play, marks, speed, sound, and the filmstrip that is the timeline. */
export function Transport({ take }: { readonly take: TakeView }) {
  const isPlaying = useStore((store) => store.isPlaying)
  const isMuted = useView((view) => view.isMuted)
  const change = useView((view) => view.change)
  const frames = usePlayer((player) => player.frames)
  const { frame, rate } = usePosition()
  const { fps, count } = frames
  return (
    <div className="transport">
      <div className="transport-line">
        <IconButton
          icon={isPlaying ? <Pause /> : <Play />}
          label={isPlaying ? 'Pause' : 'Play'}
          hint="Space"
          onPress={togglePlay}
        />
        <b className="transport-time" aria-label="Time">
          {formatTimecode(frame / fps, fps)}
        </b>
        <span className="text-2 transport-whole">of {formatTimecode(count / fps, fps)}</span>
        <MarkWords />
        <span className="grow" />
        <LoopChip />
        <div className="transport-speed">
          <Select
            label="Speed"
            isLabelHidden
            value={SPEEDS.find((speed) => Number(speed) === rate) ?? '1'}
            choices={SPEEDS.map((speed) => ({ id: speed, label: `${speed}×` }))}
            onChange={(speed) => setSpeed(Number(speed))}
          />
        </div>
        {take.hasAudio === true && (
          <IconButton
            icon={isMuted ? <VolumeX /> : <Volume2 />}
            label={isMuted ? 'Sound on' : 'Sound off'}
            onPress={() => change({ isMuted: !isMuted })}
          />
        )}
      </div>
      <Timeline take={take} frame={frame} />
    </div>
  )
}

function MarkWords() {
  const marks = usePlayer((player) => player.marks)
  const fps = usePlayer((player) => player.frames.fps)
  if (marks === null) return null
  return (
    <span className="text-2 transport-marks">
      {formatTimecode(marks.in / fps, fps)} to {formatTimecode(marks.out / fps, fps)} ·{' '}
      {plural(marks.out - marks.in, 'frame')}
    </span>
  )
}

/** Only where there are marks: a take without them loops whole. */
function LoopChip() {
  const hasMarks = usePlayer((player) => player.marks !== null)
  const isLooping = usePlayer((player) => player.isLooping)
  const change = usePlayer((player) => player.change)
  const key = useKeys('review.loop')
  if (!hasMarks) return null
  return (
    <Chip isOn={isLooping} hint={key} onChange={(isOn) => change({ isLooping: isOn })}>
      <Repeat aria-hidden="true" /> In–out
    </Chip>
  )
}
