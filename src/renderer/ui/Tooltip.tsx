import { useEffect, useState, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { Tooltip, TooltipTrigger } from 'react-aria-components'

import { KeyHint } from './KeyHint.tsx'
import './overlay.css'

interface WithTipProps {
  /** The trigger and its `Tip`. */
  readonly children: ReactNode
  readonly delay?: number
}

/** Escape hides a tip and does what else it is for: the library alone would keep that press. */
export function WithTip({ children, delay = 400 }: WithTipProps) {
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    if (!isOpen) return
    const pressed = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') flushSync(() => setOpen(false))
    }
    window.addEventListener('keydown', pressed, true)
    return () => window.removeEventListener('keydown', pressed, true)
  }, [isOpen])
  return (
    <TooltipTrigger delay={delay} isOpen={isOpen} onOpenChange={setOpen}>
      {children}
    </TooltipTrigger>
  )
}

/** The bubble of a `WithTip`. */
export function Tip({ children, hint }: { readonly children: ReactNode; readonly hint?: string }) {
  return (
    <Tooltip className="tip" offset={6}>
      {children}
      {hint !== undefined && <KeyHint keys={hint} />}
    </Tooltip>
  )
}
