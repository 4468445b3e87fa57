import { useRef, type ReactNode } from 'react'

import { useArrival } from '../hooks/useArrival.ts'

interface ScreenTitleProps {
  readonly children: ReactNode
  readonly className?: string | undefined
}

/** What a screen is, and where one begins on it until a part of it has the focus. */
export function ScreenTitle({ children, className }: ScreenTitleProps) {
  const title = useRef<HTMLHeadingElement>(null)
  useArrival(title)
  return (
    <h1 ref={title} className={className} tabIndex={-1}>
      {children}
    </h1>
  )
}
