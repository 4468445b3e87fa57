import type { KeyboardEvent, MouseEvent } from 'react'

import type { JobId } from '../../../shared/domain/ids.ts'
import { useStore } from '../../store/store.ts'
import { useChosen } from './chosen.ts'
import type { Queue } from './useQueue.ts'

function idsBetween(queue: Queue, from: number, to: number): ReadonlySet<JobId> {
  const ids = new Set<JobId>()
  for (let place = Math.min(from, to); place <= Math.max(from, to); place += 1) {
    const item = queue.itemAt(place)
    if (item?.kind === 'job' && item.id !== null) ids.add(item.id as JobId)
  }
  return ids
}

/** As a file manager does: the row under the pointer is meant, unless it is one of the chosen. */
export function chooseForMenu(queue: Queue, place: number): void {
  const item = queue.itemAt(place)
  const { jobs } = useChosen.getState()
  const isOneOfThem = item?.kind === 'job' && item.job !== null && jobs.has(item.job.id)
  if (!isOneOfThem) focusPlace(queue, place, 'one')
}

/** Moves the focus; with Shift the jobs between are chosen, with Ctrl or Cmd one is added or left out. */
function focusPlace(queue: Queue, place: number, how: 'one' | 'range' | 'toggle'): void {
  const { anchor, jobs, choose } = useChosen.getState()
  const item = queue.itemAt(place)
  if (item === null) return
  const batchId = item.kind === 'batch' ? item.segment.batchId : null
  if (how === 'range') return choose({ place, batchId, jobs: idsBetween(queue, anchor, place) })
  const one = idsBetween(queue, place, place)
  if (how === 'one') return choose({ place, anchor: place, batchId, jobs: one })
  const next = new Set(jobs)
  for (const id of one) {
    if (next.has(id)) next.delete(id)
    else next.add(id)
  }
  choose({ place, anchor: place, batchId, jobs: next })
}

export function useQueueKeys(queue: Queue, pageRows: () => number) {
  const fold = useStore((store) => store.fold)

  const setFold = (place: number, isFolded: boolean): void => {
    const item = queue.itemAt(place)
    if (item === null) return
    const segment = item.kind === 'batch' ? item.segment : null
    if (segment !== null) return fold(segment.batchId, isFolded)
    const owner = queue.layout.segments.findLast(({ start }) => start < place)
    // Left on a job goes to its batch, as in a tree.
    if (isFolded && owner !== undefined) focusPlace(queue, owner.start, 'one')
  }

  const steps: Readonly<Record<string, () => number>> = {
    ArrowUp: () => -1,
    ArrowDown: () => 1,
    PageUp: () => -pageRows(),
    PageDown: pageRows,
    Home: () => -queue.count,
    End: () => queue.count,
  }

  return {
    onKeyDown: (event: KeyboardEvent): void => {
      if (event.target !== event.currentTarget || event.altKey) return
      const { place } = useChosen.getState()
      const step = steps[event.key]?.()
      if (step !== undefined) {
        const next = Math.max(0, Math.min(queue.count - 1, place + step))
        focusPlace(queue, next, event.shiftKey ? 'range' : 'one')
      } else if (event.key === 'ArrowLeft') setFold(place, true)
      else if (event.key === 'ArrowRight') setFold(place, false)
      else return
      event.preventDefault()
    },
    onClick: (event: MouseEvent): void => {
      if (!(event.target instanceof Element) || event.target.closest('button') !== null) return
      const place = event.target.closest<HTMLElement>('[data-place]')?.dataset['place']
      if (place === undefined) return
      const isToggle = event.ctrlKey || event.metaKey
      focusPlace(queue, Number(place), event.shiftKey ? 'range' : isToggle ? 'toggle' : 'one')
    },
  }
}
