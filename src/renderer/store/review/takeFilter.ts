import type { BatchId } from '../../../shared/domain/ids.ts'
import type { TakeView } from '../../../shared/domain/take.ts'
import type { TakeCounts, TakeFilter } from '../../../shared/domain/views.ts'

export const SHOWN = ['all', 'unseen', 'picked', 'rejected', 'rated4up', 'trashed'] as const
/** Which takes of the chosen ones are shown; one at a time, each with its count. */
export type Shown = (typeof SHOWN)[number]

/** What the filter bar of Review says. */
export interface ReviewFilter {
  readonly shown: Shown
  readonly project: string | null
  readonly batchId: BatchId | null
  readonly model: string | null
  readonly tag: string | null
  readonly text: string
}

export const NO_FILTER: ReviewFilter = Object.freeze({
  shown: 'all',
  project: null,
  batchId: null,
  model: null,
  tag: null,
  text: '',
})

/** The part that the counts of all the others are taken of. */
export function baseFilter(filter: ReviewFilter): TakeFilter {
  const { project, batchId, model, tag, text } = filter
  return {
    ...(project === null ? {} : { project }),
    ...(batchId === null ? {} : { batchId }),
    ...(model === null ? {} : { model }),
    ...(tag === null ? {} : { tag }),
    ...(text.trim() === '' ? {} : { text: text.trim() }),
  }
}

export function fullFilter(filter: ReviewFilter): TakeFilter {
  const base = baseFilter(filter)
  const byShown: Record<Shown, TakeFilter> = {
    all: base,
    unseen: { ...base, unseen: true },
    picked: { ...base, flags: ['pick'] },
    rejected: { ...base, flags: ['reject'] },
    rated4up: { ...base, minRating: 4 },
    trashed: { ...base, trashed: true },
  }
  return byShown[filter.shown]
}

export function shownCount(counts: TakeCounts | null, shown: Shown): number | null {
  return counts === null ? null : counts[shown]
}

/** Batch and row: the takes of one prompt stand together. */
export const promptOf = (take: TakeView): string => `${take.batchId}:${take.row}`
