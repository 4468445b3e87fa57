import { useEffect, type RefObject } from 'react'

/**
 * On arrival keys and screen readers begin at this element, unless they are somewhere already.
 * A title gives way to what it is the title of.
 */
export function useArrival(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { activeElement, body } = document
    if (activeElement === body || activeElement?.tagName === 'H1')
      element.current?.focus({ preventScroll: true })
  }, [element])
}
