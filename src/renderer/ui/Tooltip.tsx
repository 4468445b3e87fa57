import type { ReactNode } from 'react'
import { Tooltip } from 'react-aria-components'

import { KeyHint } from './KeyHint.tsx'
import './overlay.css'

/** The bubble of a `TooltipTrigger`. */
export function Tip({ children, hint }: { readonly children: ReactNode; readonly hint?: string }) {
  return (
    <Tooltip className="tip" offset={6}>
      {children}
      {hint !== undefined && <KeyHint keys={hint} />}
    </Tooltip>
  )
}
