import type { ReactNode } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'

import './segmented.css'

export interface Segment<Id extends string> {
  readonly id: Id
  readonly label: ReactNode
  readonly tone?: 'ask' | undefined
}

interface SegmentedProps<Id extends string> {
  readonly label: string
  readonly value: Id
  readonly segments: readonly Segment<Id>[]
  readonly onChange: (id: Id) => void
}

/** One of a few, all in view. */
export function Segmented<Id extends string>({
  label,
  value,
  segments,
  onChange,
}: SegmentedProps<Id>) {
  return (
    <ToggleButtonGroup
      className="segmented"
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const chosen = segments.find((segment) => keys.has(segment.id))
        if (chosen !== undefined) onChange(chosen.id)
      }}
    >
      {segments.map((segment) => (
        <ToggleButton key={segment.id} id={segment.id} data-tone={segment.tone}>
          {segment.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
