import type { BatchId, JobId } from '../../../shared/domain/ids.ts'
import type { JobView } from '../../../shared/domain/job.ts'
import { moveJobs, type MoveTo } from '../../store/queueActions.ts'
import { useChosen } from './chosen.ts'
import type { Queue } from './useQueue.ts'
import { isWaiting } from './stateWords.ts'

export const moveTo = (jobs: readonly JobId[], to: MoveTo): void => void moveJobs(jobs, to)

/** To a place that may be out of view: the list comes along with the first of them. */
export async function moveAway(jobs: readonly JobId[], to: MoveTo): Promise<void> {
  const [first] = jobs
  if ((await moveJobs(jobs, to)) && first !== undefined)
    useChosen.getState().choose({ followed: first })
}

/** The chosen jobs whose rows are here, in the order of the list. */
export function chosenRows(queue: Queue): readonly JobView[] {
  const { jobs, place } = useChosen.getState()
  if (jobs.size === 0) return []
  const found: JobView[] = []
  // They lie near the focus; further than this they were scrolled away and are named by id alone.
  for (let at = Math.max(0, place - AROUND); at < Math.min(queue.count, place + AROUND); at += 1) {
    const item = queue.itemAt(at)
    if (item?.kind === 'job' && item.job !== null && jobs.has(item.job.id)) found.push(item.job)
  }
  return found
}
const AROUND = 2_000

/** Past the next job of the same batch that waits and is not chosen; the focus goes with them. */
export function moveBy(queue: Queue, step: 1 | -1): void {
  const { jobs, place, choose } = useChosen.getState()
  const rows = chosenRows(queue)
  const edge = step < 0 ? rows[0] : rows.at(-1)
  if (edge === undefined) return
  const start = placeOf(queue, edge.id, place)
  for (let at = start + step; at >= 0 && at < queue.count; at += step) {
    const item = queue.itemAt(at)
    if (item === null || item.kind === 'batch') return
    const { job } = item
    if (job === null || !isWaiting(job) || jobs.has(job.id)) continue
    choose({ place: place + (at - start), anchor: place + (at - start) })
    return moveTo([...jobs], step < 0 ? { before: job.id } : { after: job.id })
  }
}

/** Where a job stands in the list, looked for around a place. */
function placeOf(queue: Queue, id: JobId, around: number): number {
  for (let away = 0; away <= AROUND; away += 1) {
    for (const at of [around - away, around + away]) {
      const item = queue.itemAt(at)
      if (item?.kind === 'job' && item.id === id) return at
    }
  }
  return around
}

/** Before or after the job at a place, as the pointer let go; null where nothing can be dropped. */
export function dropTarget(
  queue: Pick<Queue, 'itemAt'>,
  {
    jobs,
    batches,
    place,
    half,
  }: {
    jobs: ReadonlySet<JobId>
    batches: ReadonlySet<BatchId>
    place: number
    half: 'upper' | 'lower'
  },
): MoveTo | null {
  const item = queue.itemAt(place)
  if (item?.kind !== 'job' || item.job === null || jobs.has(item.job.id)) return null
  if (!batches.has(item.job.batchId)) return null
  return half === 'upper' ? { before: item.job.id } : { after: item.job.id }
}
