import type { ReactNode } from 'react'
import { ToggleButton } from 'react-aria-components'

import { KeyHint } from './KeyHint.tsx'
import './segmented.css'

interface ChipProps {
  readonly children: ReactNode
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
  readonly hint?: string | undefined
}

/** A filter or a flag that is on or off. */
export function Chip({ children, isOn, onChange, hint }: ChipProps) {
  return (
    <ToggleButton className="chip" isSelected={isOn} onChange={onChange}>
      {children}
      {hint !== undefined && <KeyHint keys={hint} />}
    </ToggleButton>
  )
}
