import { useEffect, useRef } from 'react'

/** This near the edges the list scrolls on. */
const EDGE = 36
/** Pixels a frame: some 25 rows a second. */
const SCROLL_STEP = 14

/** While the pointer rests near an edge the list goes on, frame by frame; `onStep` after each. */
export function useEdgeScroll() {
  const frame = useRef(0)
  useEffect(() => () => cancelAnimationFrame(frame.current), [])
  const stop = (): void => cancelAnimationFrame(frame.current)
  const at = (list: HTMLElement, y: number, onStep: () => void): void => {
    stop()
    const { top, bottom } = list.getBoundingClientRect()
    const by = y < top + EDGE ? -SCROLL_STEP : y > bottom - EDGE ? SCROLL_STEP : 0
    if (by === 0) return
    const step = (): void => {
      list.scrollBy(0, by)
      onStep()
      frame.current = requestAnimationFrame(step)
    }
    frame.current = requestAnimationFrame(step)
  }
  return { at, stop }
}
