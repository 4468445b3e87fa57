import { ProgressBar as AriaProgressBar } from 'react-aria-components'

import './slider.css'

interface ProgressBarProps {
  readonly label: string
  /** 0 to 1. */
  readonly value: number
  readonly width?: number | undefined
}

export function ProgressBar({ label, value, width }: ProgressBarProps) {
  const percent = Math.max(0, Math.min(1, value)) * 100
  return (
    <AriaProgressBar
      className="progress"
      aria-label={label}
      value={percent}
      {...(width === undefined ? {} : { style: { width } })}
    >
      <span style={{ width: `${percent}%` }} />
    </AriaProgressBar>
  )
}
