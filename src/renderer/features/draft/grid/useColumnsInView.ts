import { useEffect, useState, type CSSProperties, type RefObject } from 'react'

import { useWidth } from '../../../hooks/useWidth.ts'

export interface ColumnSpan {
  readonly from: number
  readonly to: number
}

interface ColumnsInView extends ColumnSpan {
  /** Columns at the left that stand still; those that would leave no room for the others do not. */
  readonly frozen: number
}

interface ColumnsWish {
  readonly count: number
  /** That should stand still. */
  readonly frozen: number
  /** That has the focus. */
  readonly col: number
  /** Changes when widths or order do. */
  readonly style: CSSProperties
}

/** Columns that are drawn beyond the view on either side, and how coarsely the view is told. */
const BEYOND = 8
/** A sheet of so few columns is drawn whole. */
const FEW = 32
/** The part of the view that may stand still. */
const MOST_FROZEN = 0.6

/** The columns in view: a sheet may have hundreds. The one that has the focus is brought into view. */
export function useColumnsInView(
  box: RefObject<HTMLDivElement | null>,
  { count, frozen: wanted, col, style }: ColumnsWish,
): ColumnsInView {
  const [span, setSpan] = useState<ColumnsInView>({ from: 0, to: FEW, frozen: 0 })
  const width = useWidth(box)

  useEffect(() => {
    const scroller = box.current
    if (scroller === null) return
    const measure = (): void => {
      // Widths come by the style; without one nothing can be told of them.
      if (width === 0 || style.minWidth === undefined) return
      const fits = frozenWidth(scroller, wanted) <= scroller.clientWidth * MOST_FROZEN
      const frozen = fits ? wanted : 0
      const seen = count <= FEW ? { from: 0, to: count } : spanIn(scroller, frozen)
      const { from, to } = seen
      setSpan((old) =>
        old.from === from && old.to === to && old.frozen === frozen ? old : { from, to, frozen },
      )
    }
    const look = (): void => {
      scroller.toggleAttribute('data-aside', scroller.scrollLeft > 0)
      if (count > FEW) measure()
    }
    measure()
    scroller.addEventListener('scroll', look, { passive: true })
    return () => scroller.removeEventListener('scroll', look)
  }, [box, count, style, width, wanted])

  const { frozen } = span
  useEffect(() => {
    if (box.current !== null) revealColumn(box.current, col, frozen)
  }, [box, col, frozen])

  return count <= FEW ? { from: 0, to: count, frozen } : span
}

const heads = (scroller: HTMLElement): readonly HTMLElement[] => [
  ...scroller.querySelectorAll<HTMLElement>('.grid-header [data-column]'),
]

/** With the row's number. */
function frozenWidth(scroller: HTMLElement, frozen: number): number {
  const numbers = scroller.querySelector<HTMLElement>('.grid-header .grid-index')
  const kept = heads(scroller).slice(0, frozen)
  return kept.reduce((sum, { offsetWidth }) => sum + offsetWidth, numbers?.offsetWidth ?? 0)
}

function spanIn(scroller: HTMLElement, frozen: number): ColumnSpan {
  const all = heads(scroller)
  const left = scroller.scrollLeft
  const right = left + scroller.clientWidth
  const isMoving = (at: number): boolean => at >= frozen
  const first = all.findIndex(
    (head, at) => isMoving(at) && head.offsetLeft + head.offsetWidth > left,
  )
  const behind = all.findIndex((head, at) => isMoving(at) && head.offsetLeft >= right)
  const last = behind < 0 ? all.length : behind
  const coarse = (col: number): number => Math.floor(col / BEYOND) * BEYOND
  return { from: Math.max(0, coarse(first) - BEYOND), to: coarse(last) + 2 * BEYOND }
}

/** Brings a column into view beside those that stand still. */
export function revealColumn(scroller: HTMLElement, col: number, frozen: number): void {
  const head = heads(scroller)[col]
  if (head === undefined || (col < frozen && col > 0)) return
  const left = col === 0 ? 0 : head.offsetLeft - frozenWidth(scroller, frozen)
  const right = head.offsetLeft + head.offsetWidth
  if (left < scroller.scrollLeft) scroller.scrollLeft = left
  else if (col >= frozen && right > scroller.scrollLeft + scroller.clientWidth) {
    scroller.scrollLeft = Math.min(left, right - scroller.clientWidth)
  }
}
