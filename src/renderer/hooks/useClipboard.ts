import { useEffect, useRef, type RefObject } from 'react'

interface ClipboardActs {
  /** Text for the clipboard. */
  readonly copy?: (() => string) | undefined
  /** After a cut was copied. */
  readonly cut?: (() => void) | undefined
  readonly paste?: ((data: DataTransfer) => void) | undefined
}

/**
 * Copy, cut and paste while the focus is on an element that is no field. Chromium sends these events
 * to the body then, so they are listened for on the document.
 */
export function useClipboard(element: RefObject<Element | null>, acts: ClipboardActs): void {
  const latest = useRef(acts)
  useEffect(() => {
    latest.current = acts
  })
  useEffect(() => {
    const isHere = (): boolean => document.activeElement === element.current
    const put = (event: ClipboardEvent): void => {
      const { copy, cut } = latest.current
      if (!isHere() || copy === undefined) return
      event.clipboardData?.setData('text/plain', copy())
      event.preventDefault()
      if (event.type === 'cut') cut?.()
    }
    const paste = (event: ClipboardEvent): void => {
      if (!isHere() || event.clipboardData === null) return
      event.preventDefault()
      latest.current.paste?.(event.clipboardData)
    }
    document.addEventListener('copy', put)
    document.addEventListener('cut', put)
    document.addEventListener('paste', paste)
    return () => {
      document.removeEventListener('copy', put)
      document.removeEventListener('cut', put)
      document.removeEventListener('paste', paste)
    }
  }, [element])
}
