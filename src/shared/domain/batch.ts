import type { BatchId, JobId } from './ids.ts'
import type { PlannedJob } from './job.ts'
import type { Money } from './money.ts'

/** How many jobs of a batch (or of everything) are in each status. */
export interface StatusCounts {
  readonly queued: number
  readonly running: number
  readonly waiting: number
  readonly needsYou: number
  readonly succeeded: number
  readonly failed: number
  readonly cancelled: number
}
export const NO_COUNTS: StatusCounts = Object.freeze({
  queued: 0,
  running: 0,
  waiting: 0,
  needsYou: 0,
  succeeded: 0,
  failed: 0,
  cancelled: 0,
})

/** A cap: reserved + confirmed + indeterminate never pass it. One currency. */
export interface Cap {
  readonly micros: number
  readonly currency: string
}

/** What admission needs beside the jobs. */
export interface BatchPlan {
  readonly name: string
  /** Of file and options: the same batch is not started twice unless the person insists (money rule 17). */
  readonly digest: string
  /** Where it came from, for people: a file path or `draft`. */
  readonly source: string
  readonly project: string | null
  readonly cap: Cap | null
  readonly allowUnpriced: boolean
  /** Only in night windows. */
  readonly tonight: boolean
  /** How many at once over the whole batch; null leaves it to the lanes. */
  readonly concurrency: number | null
  /** Folder for the media; null is the data folder's own. */
  readonly outDir: string | null
  readonly jobs: readonly PlannedJob[]
}

export interface BatchView {
  readonly id: BatchId
  readonly name: string
  readonly source: string
  readonly project: string | null
  readonly cap: Cap | null
  readonly paused: boolean
  readonly tonight: boolean
  readonly priority: number
  readonly counts: StatusCounts
  /** Reserved, confirmed and indeterminate together; null when nothing was or will be charged. */
  readonly committed: Money | null
  readonly spent: Money | null
  readonly estimate: Money | null
  readonly createdAt: number
  readonly finishedAt: number | null
  /** Epoch ms, from the pace measured so far; null when it cannot be told or is paused. */
  readonly expectedFinishAt: number | null
  /** Why the next of its jobs that is not sent waits; null when there is none. */
  readonly waits: { readonly words: string; readonly until: number | null } | null
  /** The job before which it stops and asks; `isReached`: nothing before it is left to start. */
  readonly stopsAt: {
    readonly jobId: JobId
    readonly row: number
    readonly isReached: boolean
  } | null
  readonly outDir: string
  readonly revision: number
}
