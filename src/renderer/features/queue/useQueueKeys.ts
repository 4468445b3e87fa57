import type { KeyboardEvent, MouseEvent } from 'react'

import type { BatchId, JobId } from '../../../shared/domain/ids.ts'
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

interface RangeChoice {
  readonly from: number
  readonly to: number
  readonly batchId: BatchId | null
}

/** What is here is chosen at once, the rest as soon as main has named it. */
function chooseRange(queue: Queue, { from, to, batchId }: RangeChoice): void {
  const jobs = idsBetween(queue, from, to)
  useChosen.getState().choose({ place: to, batchId, jobs })
  const isHere = (place: number): boolean => {
    const item = queue.itemAt(place)
    return item?.kind === 'batch' || (item !== null && item.id !== null)
  }
  const places = Array.from({ length: Math.abs(to - from) + 1 }, (_, at) => Math.min(from, to) + at)
  if (places.every(isHere)) return
  void queue.idsIn(Math.min(from, to), Math.max(from, to)).then((all) => {
    const { jobs: still, choose } = useChosen.getState()
    if (still === jobs) choose({ jobs: all })
  })
}

/** Every job that has a place; the focus stays where it is. */
export function chooseAll(queue: Queue): void {
  const jobs = idsBetween(queue, 0, queue.count - 1)
  useChosen.getState().choose({ anchor: 0, batchId: null, jobs })
  void queue.idsIn(0, queue.count - 1).then((all) => {
    const { jobs: still, choose } = useChosen.getState()
    if (still === jobs) choose({ jobs: all })
  })
}

/** Moves the focus; with Shift the jobs between are chosen, with Ctrl or Cmd one is added or left out. */
function focusPlace(queue: Queue, place: number, how: 'one' | 'range' | 'toggle'): void {
  const { anchor, jobs, choose } = useChosen.getState()
  const item = queue.itemAt(place)
  if (item === null) return
  const batchId = item.kind === 'batch' ? item.segment.batchId : null
  if (how === 'range') return chooseRange(queue, { from: anchor, to: place, batchId })
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
