import { create } from 'zustand'

import type { BatchId, JobId } from '../../../shared/domain/ids.ts'

/** What of the queue is chosen: a place has the focus, jobs are marked. */
interface Chosen {
  /** Place in the list that keys move. */
  readonly place: number
  readonly anchor: number
  readonly jobs: ReadonlySet<JobId>
  /** The batch whose head has the focus; null: a job has it. */
  readonly batchId: BatchId | null
  /** The list is to come to this job, wherever it stands now. */
  readonly followed: JobId | null
  readonly choose: (chosen: Partial<Omit<Chosen, 'choose'>>) => void
}

const NO_JOBS: ReadonlySet<JobId> = new Set()

export const useChosen = create<Chosen>()((set) => ({
  place: 0,
  anchor: 0,
  jobs: NO_JOBS,
  batchId: null,
  followed: null,
  choose: (chosen) => set(chosen),
}))
