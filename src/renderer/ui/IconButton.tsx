import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'

import './button.css'
import { Tip, WithTip } from './Tooltip.tsx'

interface IconButtonProps {
  readonly icon: ReactNode
  /** The name of the action: read out, and shown as a tip. */
  readonly label: string
  readonly hint?: string | undefined
  /** In a list that is one stop of Tab: only those of the row that has the focus. */
  readonly isStop?: boolean
  readonly onPress?: (() => void) | undefined
}

export function IconButton({ icon, label, hint, isStop = true, onPress }: IconButtonProps) {
  return (
    <WithTip>
      <Button
        className="icon-button"
        aria-label={label}
        excludeFromTabOrder={!isStop}
        {...(onPress === undefined ? {} : { onPress })}
      >
        {icon}
      </Button>
      <Tip {...(hint === undefined ? {} : { hint })}>{label}</Tip>
    </WithTip>
  )
}
