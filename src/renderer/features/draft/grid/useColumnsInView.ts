import { useEffect, useState, type CSSProperties, type RefObject } from 'react'

import { useWidth } from '../../../hooks/useWidth.ts'

export interface ColumnSpan {
  readonly from: number
  readonly to: number
}

interface ColumnsWish {
  readonly count: number
  /** That has the focus. */
  readonly col: number
  /** Changes when widths or order do. */
  readonly style: CSSProperties
}

/** Columns that are drawn beyond the view on either side, and how coarsely the view is told. */
const BEYOND = 8
/** A sheet of so few columns is drawn whole. */
const FEW = 32

/** The columns in view: a sheet may have hundreds. The one that has the focus is brought into view. */
export function useColumnsInView(
  box: RefObject<HTMLDivElement | null>,
  { count, col, style }: ColumnsWish,
): ColumnSpan {
  const [span, setSpan] = useState<ColumnSpan>({ from: 0, to: FEW })
  const width = useWidth(box)

  useEffect(() => {
    const scroller = box.current
    // Widths come by the style; without one nothing can be told of them.
    if (scroller === null || count <= FEW || width === 0 || style.minWidth === undefined) return
    const look = (): void => {
      const next = spanIn(scroller)
      setSpan((old) => (old.from === next.from && old.to === next.to ? old : next))
    }
    look()
    scroller.addEventListener('scroll', look, { passive: true })
    return () => scroller.removeEventListener('scroll', look)
  }, [box, count, style, width])

  useEffect(() => {
    if (box.current !== null) reveal(box.current, col)
  }, [box, col])

  return count <= FEW ? { from: 0, to: count } : span
}

const heads = (scroller: HTMLElement): readonly HTMLElement[] => [
  ...scroller.querySelectorAll<HTMLElement>('.grid-header [data-column]'),
]

function spanIn(scroller: HTMLElement): ColumnSpan {
  const all = heads(scroller)
  const left = scroller.scrollLeft
  const right = left + scroller.clientWidth
  const first = all.findIndex((head) => head.offsetLeft + head.offsetWidth > left)
  const behind = all.findIndex((head) => head.offsetLeft >= right)
  const last = behind < 0 ? all.length : behind
  const coarse = (col: number): number => Math.floor(col / BEYOND) * BEYOND
  return { from: Math.max(0, coarse(first) - BEYOND), to: coarse(last) + 2 * BEYOND }
}

function reveal(scroller: HTMLElement, col: number): void {
  const head = heads(scroller)[col]
  if (head === undefined) return
  const left = col === 0 ? 0 : head.offsetLeft
  const right = head.offsetLeft + head.offsetWidth
  if (left < scroller.scrollLeft) scroller.scrollLeft = left
  else if (right > scroller.scrollLeft + scroller.clientWidth) {
    scroller.scrollLeft = Math.min(left, right - scroller.clientWidth)
  }
}
