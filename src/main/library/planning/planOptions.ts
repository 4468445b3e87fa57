import type { ColumnName } from '../../../shared/domain/batchColumns.ts'
import type { RoutePreference } from '../../../shared/domain/routePreference.ts'
import type { Expand } from '../../../shared/domain/draft.ts'

/** What decides which jobs a batch file makes; most of it is part of its digest (money rule 17). */
export interface PlanOptions {
  /** Cells for rows without one of their own, as typed: `--duration 8s` is `{ duration: '8s' }`. */
  readonly defaults: Readonly<Partial<Record<ColumnName, string>>>
  readonly expand: Expand
  /** Prompts are not templates. */
  readonly plain: boolean
  /** Every job on the rehearsal renderer, as if on the model that its row names. */
  readonly rehearse: boolean
  /** Models that their makers ended, too: the person insists. */
  readonly allowRetired?: boolean | undefined
  /** Ways for rows without a provider; undefined: as set in the app. Not part of the digest: the same rows by another way are still the same batch. */
  readonly prefer?: RoutePreference | undefined
  /** The most jobs from one row; null is `MAX_JOBS_PER_ROW`. */
  readonly maxJobsPerRow: number | null
}

/** More at once is split by the person; the queue holds them all the same. */
export const MAX_JOBS = 100_000
