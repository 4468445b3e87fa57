import { useRef, useState, type PointerEvent } from 'react'

import type { JobId } from '../../../shared/domain/ids.ts'
import { useChosen } from './chosen.ts'
import { dropTarget, moveTo } from './moving.ts'
import type { Queue } from './useQueue.ts'

/** Where the dragged jobs would be put. */
export interface DropMark {
  readonly place: number
  readonly half: 'upper' | 'lower'
}

interface Drag {
  readonly jobs: ReadonlySet<JobId>
  readonly startY: number
  isMoving: boolean
}

/** So far the pointer goes before a press becomes a drag. */
const THRESHOLD = 5
/** This near the edges the list scrolls on. */
const EDGE = 36
const SCROLL_STEP = 14

/**
 * Rows are dragged by their number. The list is virtual, so what lies under the pointer is asked of
 * the page; the keys of the commands do the same without a pointer.
 */
export function useDragRows(queue: Queue, isBlocked: boolean) {
  const drag = useRef<Drag | null>(null)
  const [mark, setMark] = useState<DropMark | null>(null)

  const begin = (event: PointerEvent<HTMLElement>): void => {
    if (isBlocked || event.button !== 0 || !(event.target instanceof Element)) return
    if (event.target.closest('[data-grip]') === null) return
    const row = event.target.closest<HTMLElement>('[data-place]')
    const item = queue.itemAt(Number(row?.dataset['place'] ?? -1))
    if (item?.kind !== 'job' || item.job === null) return
    const { jobs } = useChosen.getState()
    const own = item.job.id
    drag.current = {
      jobs: jobs.has(own) ? jobs : new Set([own]),
      startY: event.clientY,
      isMoving: false,
    }
  }

  const go = (event: PointerEvent<HTMLElement>): void => {
    const now = drag.current
    if (now === null) return
    if (!now.isMoving && Math.abs(event.clientY - now.startY) < THRESHOLD) return
    if (!now.isMoving) event.currentTarget.setPointerCapture(event.pointerId)
    now.isMoving = true
    scrollAtEdge(event.currentTarget, event.clientY)
    const next = markAt(event)
    const isPossible = next !== null && dropTarget(queue, { jobs: now.jobs, ...next }) !== null
    setMark(isPossible ? next : null)
  }

  const end = (event: PointerEvent<HTMLElement>): void => {
    const now = drag.current
    drag.current = null
    setMark(null)
    if (now === null || !now.isMoving || event.type === 'pointercancel') return
    const at = markAt(event)
    const to = at === null ? null : dropTarget(queue, { jobs: now.jobs, ...at })
    if (to !== null) moveTo([...now.jobs], to)
  }

  return {
    mark,
    handlers: {
      onPointerDown: begin,
      onPointerMove: go,
      onPointerUp: end,
      onPointerCancel: end,
    },
  }
}

function markAt(event: PointerEvent<HTMLElement>): DropMark | null {
  const under = document.elementFromPoint(event.clientX, event.clientY)
  const row = under?.closest<HTMLElement>('[data-place]') ?? null
  if (row === null || !event.currentTarget.contains(row)) return null
  const { top, height } = row.getBoundingClientRect()
  const half = event.clientY < top + height / 2 ? 'upper' : 'lower'
  return { place: Number(row.dataset['place']), half }
}

function scrollAtEdge(list: HTMLElement, y: number): void {
  const { top, bottom } = list.getBoundingClientRect()
  if (y < top + EDGE) list.scrollBy(0, -SCROLL_STEP)
  else if (y > bottom - EDGE) list.scrollBy(0, SCROLL_STEP)
}
