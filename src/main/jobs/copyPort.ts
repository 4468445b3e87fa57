import type { JobId } from '../../shared/domain/ids.ts'
import type { JobPatch, JobRow } from './jobRow.ts'

/** Jobs made from others, and taken back: one statement for all. */
export interface CopyTx {
  /** Copies of jobs, in the order of `copies`: retries, more of the same, late matches that became extra takes. */
  cloneJobs(copies: readonly JobCopy[]): readonly JobRow[]
  /** As they were read in this transaction, cleared away. */
  hideJobs(jobs: readonly JobRow[]): readonly JobRow[]
  /** Of these, the ones that cannot be made again: the journal knew of them, and it keeps no fields. */
  notCopied(ids: readonly JobId[]): ReadonlySet<JobId>
  /** Those whose place another job took already. */
  retriedAmong(ids: readonly JobId[]): ReadonlySet<JobId>
  /** As `positionBeside` after each of them. */
  positionsAfter(ids: readonly JobId[]): ReadonlyMap<JobId, number | null>
  /** Retries that stand for other jobs are taken back: those may be retried again. */
  forgetRetries(copies: readonly JobId[]): void
}

/** A job to be made from another: queued in its place but for what is said here. */
export interface JobCopy {
  readonly of: JobId
  readonly id: JobId
  readonly at: number
  readonly asRetry: boolean
  /** The next take number of its row, instead of the same. */
  readonly asNextTake?: boolean
  /** Another seed than the one that it was sent with, in this field of the request. */
  readonly reseed?: { readonly field: string; readonly seed: number }
  readonly as?: JobPatch
}
