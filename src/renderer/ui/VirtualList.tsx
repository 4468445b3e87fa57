import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import { useEffect, useImperativeHandle, useRef, useState } from 'react'
import type { HTMLAttributes, ReactNode, Ref, RefObject } from 'react'

import { useArrival } from '../hooks/useArrival.ts'
import { scrolledTo } from './pace.ts'
import './virtualList.css'

export interface VirtualListHandle {
  /** Brings a row into view, moving as little as possible. */
  readonly reveal: (index: number) => void
  readonly focus: () => void
  readonly element: () => HTMLDivElement | null
}

interface VirtualListProps extends Omit<HTMLAttributes<HTMLDivElement>, 'children'> {
  readonly count: number
  /** Pixels; a list of equal rows gives a constant. */
  readonly heightOf: (index: number) => number
  /** Changes when heights do. */
  readonly layoutKey?: string | number | undefined
  readonly renderRow: (index: number) => ReactNode
  /** A row that exists out of view too, and stays the same element: something is typed in it. */
  readonly kept?: number | null | undefined
  readonly onRange?: ((from: number, to: number) => void) | undefined
  /** Stays at the top while the rows move; lives inside the scrolling box to share its width. */
  readonly header?: ReactNode
  readonly headerHeight?: number | undefined
  readonly handle?: Ref<VirtualListHandle> | undefined
  /** The scrolling box itself. */
  readonly box?: RefObject<HTMLDivElement | null> | undefined
  readonly initialOffset?: number | undefined
  readonly onOffset?: ((offset: number) => void) | undefined
}

/** As high as a bar for scrolling sideways may be. */
const BAR = 12

/** Only the rows in view exist. */
export function VirtualList(props: VirtualListProps) {
  const { count, heightOf, layoutKey, renderRow, onRange, header, headerHeight = 0, handle } = props
  const { initialOffset = 0, onOffset, kept = null, className = '', ...rest } = props
  const attributes = omitOwn(rest)
  const own = useRef<HTMLDivElement>(null)
  const scroller = props.box ?? own
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: heightOf,
    overscan: 6,
    initialOffset,
    scrollPaddingStart: headerHeight,
    // Rows begin below the header, so as much of them is hidden at the foot; a bar may lie there too.
    scrollPaddingEnd: headerHeight === 0 ? 0 : headerHeight + BAR,
    scrollMargin: 0,
    rangeExtractor: (range) => withKept(range, kept),
  })

  useEffect(() => {
    virtualizer.measure()
  }, [virtualizer, layoutKey])

  useArrival(scroller)

  const items = virtualizer.getVirtualItems()
  // Rows that leave lend their elements to those that come: nothing is built while scrolling.
  const [most, setMost] = useState(0)
  const slots = Math.max(most, items.length)
  useEffect(() => setMost(slots), [slots])
  const seen = items.filter(({ index }) => index !== kept)
  const from = seen[0]?.index ?? kept ?? 0
  const to = seen.at(-1)?.index ?? kept ?? 0
  useEffect(() => {
    if (count > 0) onRange?.(from, to)
  }, [count, from, to, onRange])

  useImperativeHandle(
    handle,
    () => ({
      reveal: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
      focus: () => scroller.current?.focus({ preventScroll: true }),
      element: () => scroller.current,
    }),
    [virtualizer, scroller],
  )

  return (
    <div
      {...attributes}
      ref={scroller}
      className={`virtual-list ${className}`}
      onScroll={({ currentTarget: { scrollTop } }) => {
        scrolledTo(scrollTop)
        onOffset?.(scrollTop)
      }}
    >
      {header}
      <div
        className="virtual-rows"
        role="presentation"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {items.map((item) => (
          <div
            key={item.index === kept ? 'kept' : item.index % slots}
            className="virtual-row"
            role="presentation"
            style={{ height: item.size, transform: `translateY(${item.start}px)` }}
          >
            {renderRow(item.index)}
          </div>
        ))}
      </div>
    </div>
  )
}

function withKept(range: Range, kept: number | null): number[] {
  const indexes = defaultRangeExtractor(range)
  if (kept === null || kept >= range.count || indexes.includes(kept)) return indexes
  return kept < range.startIndex ? [kept, ...indexes] : [...indexes, kept]
}

function omitOwn(rest: Partial<VirtualListProps>): HTMLAttributes<HTMLDivElement> {
  const own = [
    'count',
    'heightOf',
    'layoutKey',
    'renderRow',
    'onRange',
    'kept',
    'header',
    'headerHeight',
    'handle',
    'box',
  ]
  return Object.fromEntries(Object.entries(rest).filter(([name]) => !own.includes(name)))
}
