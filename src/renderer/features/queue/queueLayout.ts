import type { BatchView, StatusCounts } from '../../../shared/domain/batch.ts'
import type { BatchId } from '../../../shared/domain/ids.ts'
import type { JobStatus } from '../../../shared/domain/job.ts'
import type { QueueShown } from '../../store/queueSlice.ts'

export const STATUSES_SHOWN: Readonly<Record<QueueShown, readonly JobStatus[] | null>> = {
  all: null,
  running: ['running'],
  waiting: ['queued', 'waiting'],
  needsYou: ['needsYou'],
  failed: ['failed'],
  done: ['succeeded'],
}

export function countOf(counts: StatusCounts, shown: QueueShown): number {
  const statuses = STATUSES_SHOWN[shown] ?? (Object.keys(counts) as JobStatus[])
  return statuses.reduce((sum, status) => sum + counts[status], 0)
}

export const workLeft = ({ queued, running, waiting, needsYou }: StatusCounts): number =>
  queued + running + waiting + needsYou

/** A batch in the list: its head, then its jobs unless it is folded. */
export interface Segment {
  readonly batchId: BatchId
  /** Place of the head in the whole list. */
  readonly start: number
  readonly jobs: number
  readonly isFolded: boolean
}

export interface Layout {
  readonly segments: readonly Segment[]
  readonly count: number
}

/** What has work left comes first, as the engine takes it; what ended follows, latest first. */
export function inQueueOrder(batches: readonly LaidOutBatch[]): readonly LaidOutBatch[] {
  const open = batches.filter(({ counts }) => workLeft(counts) > 0)
  const ended = batches.filter(({ counts }) => workLeft(counts) === 0)
  const byId = (a: BatchView, b: BatchView): number => (a.id < b.id ? -1 : 1)
  return [
    ...open.toSorted((a, b) => b.priority - a.priority || byId(a, b)),
    ...ended.toSorted((a, b) => byId(b, a)),
  ]
}

/** `jobs`: how many a narrower filter leaves; absent: as the status counts say. */
export type LaidOutBatch = BatchView & { readonly jobs?: number }

interface LayoutOf {
  readonly batches: readonly LaidOutBatch[]
  readonly shown: QueueShown
  readonly folded: Readonly<Record<BatchId, boolean>>
}

/** Batches without a job of the shown kind are left out. */
export function layoutOf({ batches, shown, folded }: LayoutOf): Layout {
  const segments: Segment[] = []
  let start = 0
  for (const batch of inQueueOrder(batches)) {
    const jobs = batch.jobs ?? countOf(batch.counts, shown)
    if (jobs === 0) continue
    const isFolded = folded[batch.id] ?? (shown === 'all' && workLeft(batch.counts) === 0)
    segments.push({ batchId: batch.id, start, jobs, isFolded })
    start += 1 + (isFolded ? 0 : jobs)
  }
  return { segments, count: start }
}

/** Groups of a found list: one run of jobs after another, in queue order, never folded. */
export function layoutOfRuns(runs: readonly { batchId: BatchId; jobs: number }[]): Layout {
  let start = 0
  const segments = runs.map(({ batchId, jobs }) => {
    const segment = { batchId, start, jobs, isFolded: false }
    start += 1 + jobs
    return segment
  })
  return { segments, count: start }
}

export type LayoutItem =
  | { readonly kind: 'batch'; readonly segment: Segment }
  | { readonly kind: 'job'; readonly segment: Segment; readonly index: number }

/** What stands at a place of the list; null beyond its end. */
export function itemAt(layout: Layout, place: number): LayoutItem | null {
  let low = 0
  let high = layout.segments.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((layout.segments[middle]?.start ?? 0) <= place) low = middle
    else high = middle - 1
  }
  const segment = layout.segments[low]
  if (segment === undefined || place < segment.start || place >= layout.count) return null
  if (place === segment.start) return { kind: 'batch', segment }
  return { kind: 'job', segment, index: place - segment.start - 1 }
}

/** How many jobs stand in the found list before this segment. */
export function jobsBefore(layout: Layout, segment: Segment): number {
  return layout.segments
    .filter(({ start }) => start < segment.start)
    .reduce((sum, { jobs }) => sum + jobs, 0)
}
