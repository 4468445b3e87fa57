import { Slider, SliderThumb, SliderTrack } from 'react-aria-components'

/** Parts the two pictures that lie on each other; dragged, or moved by arrows. */
export function WipeLine({
  at,
  onMove,
}: {
  readonly at: number
  readonly onMove: (at: number) => void
}) {
  return (
    <Slider
      className="wipe"
      aria-label="Wipe, in hundredths"
      minValue={0}
      maxValue={100}
      value={at * 100}
      onChange={(value) => {
        if (typeof value === 'number') onMove(value / 100)
      }}
    >
      <SliderTrack className="wipe-track">
        <SliderThumb className="wipe-line" />
      </SliderTrack>
    </Slider>
  )
}
