import { ToggleButton } from 'react-aria-components'

import './stars.css'

interface StarsProps {
  /** 0 to 5. */
  readonly value: number
  readonly onChange: (value: number) => void
}

const RATINGS = [1, 2, 3, 4, 5]

/** A rating; pressing the star that is set takes it back. */
export function Stars({ value, onChange }: StarsProps) {
  return (
    <fieldset className="stars" aria-label="Rating">
      {RATINGS.map((rating) => (
        <ToggleButton
          key={rating}
          className="star"
          aria-label={`Rate ${rating}`}
          isSelected={rating === value}
          data-on={rating <= value ? '' : undefined}
          onChange={(isOn) => onChange(isOn ? rating : 0)}
        >
          ★
        </ToggleButton>
      ))}
    </fieldset>
  )
}
