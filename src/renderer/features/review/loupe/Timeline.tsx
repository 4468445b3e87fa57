import { Slider, SliderThumb, SliderTrack } from 'react-aria-components'

import { FILMSTRIP_FRAMES, type TakeView } from '../../../../shared/domain/take.ts'
import { takeFilmstrip } from '../../../ipc/media.ts'
import { goToFrame, usePlayer } from '../player/player.ts'
import { setMarks } from './useMarks.ts'
import { Waveform } from './Waveform.tsx'

interface TimelineProps {
  readonly take: TakeView
  readonly frame: number
}

/** The filmstrip is the timeline: where one is, and between which frames the clip lies. */
export function Timeline({ take, frame }: TimelineProps) {
  const count = usePlayer((player) => player.frames.count)
  const last = Math.max(1, count - 1)
  return (
    <div className="timeline">
      <Slider
        aria-label="Position, in frames"
        minValue={0}
        maxValue={last}
        value={Math.min(frame, last)}
        onChange={(value) => {
          if (typeof value === 'number') goToFrame(value)
        }}
      >
        <SliderTrack className="timeline-track">
          <Filmstrip take={take} />
          {take.hasAudio === true && <Waveform key={take.id} takeId={take.id} />}
          <SliderThumb className="timeline-head" />
        </SliderTrack>
      </Slider>
      <Handles take={take} />
    </div>
  )
}

function Filmstrip({ take }: { readonly take: TakeView }) {
  return (
    <span className="timeline-strip" aria-hidden="true">
      {take.filmstripPath !== null &&
        Array.from({ length: FILMSTRIP_FRAMES }, (_, at) => (
          <span
            key={at}
            style={{
              backgroundImage: `url("${takeFilmstrip(take.id)}")`,
              backgroundPosition: `${(at / (FILMSTRIP_FRAMES - 1)) * 100}% 50%`,
              backgroundSize: `${FILMSTRIP_FRAMES * 100}% auto`,
            }}
          />
        ))}
    </span>
  )
}

/** In and out, to be dragged or moved by arrows; only once one of them was set. */
function Handles({ take }: { readonly take: TakeView }) {
  const marks = usePlayer((player) => player.marks)
  const change = usePlayer((player) => player.change)
  const count = usePlayer((player) => player.frames.count)
  if (marks === null) return null
  const asMarks = (value: number | number[]) => {
    const [from = 0, to = count] = typeof value === 'number' ? [value] : value
    return { in: Math.min(from, to - 1), out: Math.max(to, from + 1) }
  }
  const share = (frame: number): string => `${(frame / count) * 100}%`
  return (
    <Slider
      className="handles"
      aria-label="In and out, in frames"
      minValue={0}
      maxValue={count}
      value={[marks.in, marks.out]}
      onChange={(value) => change({ marks: asMarks(value) })}
      onChangeEnd={(value) => void setMarks(take.id, asMarks(value))}
    >
      <SliderTrack className="handles-track">
        <span className="handles-out" style={{ left: 0, width: share(marks.in) }} />
        <span className="handles-out" style={{ left: share(marks.out), right: 0 }} />
        <span
          className="handles-in"
          style={{ left: share(marks.in), width: share(marks.out - marks.in) }}
        />
        <SliderThumb index={0} className="handle" aria-label="In" />
        <SliderThumb index={1} className="handle" aria-label="Out" />
      </SliderTrack>
    </Slider>
  )
}
