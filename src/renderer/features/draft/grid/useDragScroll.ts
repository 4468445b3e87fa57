import { useEffect, useRef, type RefObject } from 'react'

interface Point {
  readonly x: number
  readonly y: number
}

/** Pixels from an edge at which the rows begin to move, and the most that they move in a frame. */
const EDGE = 18
const FASTEST = 48

/** While something is drawn past an edge of the rows they move on; `reached` is told at each step where it is. */
export function useDragScroll(
  box: RefObject<HTMLElement | null>,
  reached: (under: Element | null) => void,
) {
  const point = useRef<Point | null>(null)
  const frame = useRef(0)
  const latest = useRef(reached)
  useEffect(() => {
    latest.current = reached
  })
  const step = (): void => {
    frame.current = 0
    if (box.current === null || point.current === null) return
    const inside = insideOf(box.current)
    const by = pull(inside, point.current)
    if (by.x === 0 && by.y === 0) return
    box.current.scrollBy(by.x, by.y)
    latest.current(under(inside, point.current))
    frame.current = requestAnimationFrame(step)
  }
  return {
    move: (x: number, y: number): void => {
      point.current = { x, y }
      if (box.current !== null) latest.current(under(insideOf(box.current), point.current))
      if (frame.current === 0) frame.current = requestAnimationFrame(step)
    },
    end: (): void => {
      cancelAnimationFrame(frame.current)
      frame.current = 0
      point.current = null
    },
  }
}

interface Inside {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Where rows are: below the header, without bars. */
function insideOf(box: HTMLElement): Inside {
  const { left, top } = box.getBoundingClientRect()
  const header = box.querySelector<HTMLElement>('.grid-header')?.offsetHeight ?? 0
  return {
    left,
    right: left + box.clientWidth,
    top: top + header,
    bottom: top + box.clientHeight,
  }
}

const beyond = (place: number, from: number, to: number): number => {
  const past = Math.min(0, place - from - EDGE) + Math.max(0, place - to + EDGE)
  return Math.max(-FASTEST, Math.min(FASTEST, past))
}

const pull = (inside: Inside, { x, y }: Point): Point => ({
  x: beyond(x, inside.left, inside.right),
  y: beyond(y, inside.top, inside.bottom),
})

function under(inside: Inside, { x, y }: Point): Element | null {
  const within = (place: number, from: number, to: number): number =>
    Math.max(from + 2, Math.min(to - 2, place))
  return document.elementFromPoint(
    within(x, inside.left, inside.right),
    within(y, inside.top, inside.bottom),
  )
}
