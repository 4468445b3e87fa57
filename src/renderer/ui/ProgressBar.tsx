import { ProgressBar as AriaProgressBar } from 'react-aria-components'

import './slider.css'

interface ProgressBarProps {
  readonly label: string
  /** 0 to 1; null: it goes on, nobody knows how far. */
  readonly value: number | null
  readonly width?: number | undefined
}

export function ProgressBar({ label, value, width }: ProgressBarProps) {
  const percent = Math.max(0, Math.min(1, value ?? 0)) * 100
  return (
    <AriaProgressBar
      className="progress"
      aria-label={label}
      value={percent}
      isIndeterminate={value === null}
      {...(width === undefined ? {} : { style: { width } })}
    >
      <span {...(value === null ? {} : { style: { width: `${percent}%` } })} />
    </AriaProgressBar>
  )
}
