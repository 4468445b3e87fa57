import { useRef, useState, type PointerEvent } from 'react'

import type { BatchId, JobId } from '../../../shared/domain/ids.ts'
import { notify } from '../../store/notify.ts'
import { useChosen } from './chosen.ts'
import { chosenRows, dropTarget, moveTo } from './moving.ts'
import { useEdgeScroll } from './useEdgeScroll.ts'
import type { Queue } from './useQueue.ts'

/** Where the dragged jobs would be put. */
export interface DropMark {
  readonly place: number
  readonly half: 'upper' | 'lower'
}

interface Drag {
  readonly jobs: ReadonlySet<JobId>
  /** Jobs change places within their batch alone. */
  readonly batches: ReadonlySet<BatchId>
  readonly startY: number
  isMoving: boolean
}

/** So far the pointer goes before a press becomes a drag. */
const THRESHOLD = 5
/**
 * Rows are dragged by their number. The list is virtual, so what lies under the pointer is asked of
 * the page; the keys of the commands do the same without a pointer.
 */
export function useDragRows(queue: Queue, isBlocked: boolean) {
  const drag = useRef<Drag | null>(null)
  const [mark, setMark] = useState<DropMark | null>(null)
  const scroll = useEdgeScroll()

  const begin = (event: PointerEvent<HTMLElement>): void => {
    if (!isBlocked && event.button === 0) drag.current = dragFrom(queue, event)
  }

  const go = (event: PointerEvent<HTMLElement>): void => {
    const now = drag.current
    if (now === null) return
    if (!now.isMoving && Math.abs(event.clientY - now.startY) < THRESHOLD) return
    if (!now.isMoving) event.currentTarget.setPointerCapture(event.pointerId)
    now.isMoving = true
    const { clientX, clientY, currentTarget: list } = event
    const show = (): void => {
      const next = markAt(list, { clientX, clientY })
      setMark(next !== null && dropTarget(queue, { ...now, ...next }) !== null ? next : null)
    }
    show()
    scroll.at(list, clientY, show)
  }

  const end = (event: PointerEvent<HTMLElement>): void => {
    const now = drag.current
    drag.current = null
    setMark(null)
    scroll.stop()
    if (now === null || !now.isMoving || event.type === 'pointercancel') return
    const at = markAt(event.currentTarget, event)
    const to = at === null ? null : dropTarget(queue, { ...now, ...at })
    if (to !== null) moveTo([...now.jobs], to)
    else if (at !== null && isOtherBatch(queue, now, at.place))
      notify({ text: 'Nothing was moved: a job stays in its batch.', tone: 'ask' })
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

/** Null where the pointer is on no row's number. */
function dragFrom(queue: Queue, { target, clientY }: PointerEvent<HTMLElement>): Drag | null {
  if (!(target instanceof Element) || target.closest('[data-grip]') === null) return null
  const row = target.closest<HTMLElement>('[data-place]')
  const item = queue.itemAt(Number(row?.dataset['place'] ?? -1))
  if (item?.kind !== 'job' || item.job === null) return null
  const { jobs } = useChosen.getState()
  const own = item.job
  const isChosen = jobs.has(own.id)
  const rows = isChosen ? [own, ...chosenRows(queue)] : [own]
  return {
    jobs: isChosen ? jobs : new Set([own.id]),
    batches: new Set(rows.map(({ batchId }) => batchId)),
    startY: clientY,
    isMoving: false,
  }
}

function isOtherBatch(queue: Queue, { batches }: Pick<Drag, 'batches'>, place: number): boolean {
  const item = queue.itemAt(place)
  return item?.kind === 'job' && item.job !== null && !batches.has(item.job.batchId)
}

type Pointer = Pick<PointerEvent, 'clientX' | 'clientY'>

function markAt(list: HTMLElement, { clientX, clientY }: Pointer): DropMark | null {
  const under = document.elementFromPoint(clientX, clientY)
  const row = under?.closest<HTMLElement>('[data-place]') ?? null
  if (row === null || !list.contains(row)) return null
  const { top, height } = row.getBoundingClientRect()
  const half = clientY < top + height / 2 ? 'upper' : 'lower'
  return { place: Number(row.dataset['place']), half }
}
