import { Label, Slider as AriaSlider, SliderThumb, SliderTrack } from 'react-aria-components'

import './slider.css'

interface SliderProps {
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step?: number | undefined
  readonly onChange: (value: number) => void
}

export function Slider({ label, value, min, max, step = 1, onChange }: SliderProps) {
  return (
    <AriaSlider
      className="slider"
      value={value}
      minValue={min}
      maxValue={max}
      step={step}
      onChange={(next) => {
        if (typeof next === 'number') onChange(next)
      }}
    >
      <Label className="text-3">{label}</Label>
      <SliderTrack className="slider-track">
        {({ state }) => (
          <>
            <span className="slider-fill" style={{ width: `${state.getThumbPercent(0) * 100}%` }} />
            <SliderThumb className="slider-thumb" />
          </>
        )}
      </SliderTrack>
    </AriaSlider>
  )
}
