import type { JobTarget } from '../../engine.ts'
import type { JobRow } from '../jobRow.ts'
import type { JobTx } from '../ports.ts'

export type Refusal = { readonly code: string; readonly message: string }

/** The rows a target names; unknown ids are left out. */
export function rowsOf(
  tx: JobTx,
  target: JobTarget,
  filter: { readonly open?: boolean; readonly retryable?: boolean },
): readonly JobRow[] {
  if ('all' in target) return tx.jobsOf('all', filter)
  if ('batches' in target) return target.batches.flatMap((id) => tx.jobsOf(id, filter))
  return target.jobs.flatMap((id) => tx.job(id) ?? [])
}
