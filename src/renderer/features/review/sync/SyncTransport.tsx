import { Pause, Play } from 'lucide-react'
import type { ReactNode } from 'react'
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components'
import { useStore as useVanilla } from 'zustand'

import { formatTimecode } from '../../../ui/format.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import '../../../ui/slider.css'
import type { Sync } from './sync.ts'

/** Shown times have to say nothing of any one video's rate. */
const SHOWN_FPS = 24

/** One play button, one time and one bar for all. */
export function SyncTransport({
  sync,
  children,
}: {
  readonly sync: Sync
  readonly children?: ReactNode
}) {
  const { time, length, isPlaying } = useVanilla(sync.store)
  return (
    <div className="sync-transport">
      <IconButton
        icon={isPlaying ? <Pause /> : <Play />}
        label={isPlaying ? 'Pause' : 'Play'}
        hint="Space"
        onPress={sync.toggle}
      />
      <b className="transport-time" aria-label="Time">
        {formatTimecode(Math.floor(time * SHOWN_FPS) / SHOWN_FPS, SHOWN_FPS)}
      </b>
      <Slider
        className="sync-bar"
        aria-label="Time, in seconds"
        minValue={0}
        maxValue={Math.max(0.01, length)}
        step={0.01}
        value={Math.min(time, length)}
        onChange={(value) => {
          if (typeof value === 'number') sync.seek(value)
        }}
      >
        <SliderTrack className="slider-track">
          {({ state }) => (
            <>
              <span
                className="slider-fill"
                style={{ width: `${state.getThumbPercent(0) * 100}%` }}
              />
              <SliderThumb className="slider-thumb" />
            </>
          )}
        </SliderTrack>
      </Slider>
      {children}
    </div>
  )
}
