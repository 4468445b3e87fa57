import { Pause, Play, Volume2, VolumeX } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components'

import { FILMSTRIP_FRAMES, type TakeView } from '../../../../shared/domain/take.ts'
import { takeFilmstrip } from '../../../ipc/media.ts'
import { useStore } from '../../../store/store.ts'
import { useView } from '../../../store/viewStore.ts'
import { formatTimecode } from '../../../ui/format.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { frameAt, frameTime, seek, togglePlay, usePlayer } from '../player/player.ts'

const DEFAULT_FPS = 24

/** Time, play, sound, and the filmstrip that is the timeline. */
export function Transport({ take }: { readonly take: TakeView }) {
  const isPlaying = useStore((store) => store.isPlaying)
  const isMuted = useView((view) => view.isMuted)
  const change = useView((view) => view.change)
  const fps = take.fps ?? DEFAULT_FPS
  const { frame, frames, rate } = usePosition(take, fps)
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
        <span className="text-2">of {formatTimecode(frames / fps, fps)}</span>
        <span className="grow" />
        <span className="text-2">{rate}×</span>
        {take.hasAudio === true && (
          <IconButton
            icon={isMuted ? <VolumeX /> : <Volume2 />}
            label={isMuted ? 'Sound on' : 'Sound off'}
            onPress={() => change({ isMuted: !isMuted })}
          />
        )}
      </div>
      <Slider
        className="timeline"
        aria-label="Position, in frames"
        minValue={0}
        maxValue={Math.max(1, frames - 1)}
        value={Math.min(frame, Math.max(1, frames - 1))}
        onChange={(value) => {
          if (typeof value === 'number') seek(frameTime(value, fps))
        }}
      >
        <SliderTrack className="timeline-track">
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
          <SliderThumb className="timeline-head" />
        </SliderTrack>
      </Slider>
    </div>
  )
}

interface Position {
  readonly frame: number
  readonly frames: number
  readonly rate: number
}

/** Follows the video frame by frame while it plays, and its seeks while it stands. */
function usePosition(take: TakeView, fps: number): Position {
  const video = usePlayer((player) => player.video)
  const [position, setPosition] = useState({ frame: 0, rate: 1 })
  const [seconds, setSeconds] = useState(take.durationSeconds ?? 0)
  const request = useRef(0)
  useEffect(() => {
    if (video === null) return
    const look = (): void => {
      const frame = frameAt(video.currentTime, fps)
      const rate = video.playbackRate
      setPosition((old) => (old.frame === frame && old.rate === rate ? old : { frame, rate }))
      if (Number.isFinite(video.duration)) setSeconds(video.duration)
    }
    const tick = (): void => {
      look()
      request.current = requestAnimationFrame(tick)
    }
    const events = ['seeked', 'loadedmetadata', 'ratechange', 'pause'] as const
    for (const name of events) video.addEventListener(name, look)
    request.current = requestAnimationFrame(tick)
    return () => {
      cancelAnimationFrame(request.current)
      for (const name of events) video.removeEventListener(name, look)
    }
  }, [video, fps])
  return { ...position, frames: Math.max(1, Math.round(seconds * fps)) }
}
