import type { JobTarget, RetryTarget } from '../../engine.ts'
import type { JobRow } from '../jobRow.ts'
import type { JobsFilter, JobTx } from '../ports.ts'

/** The rows a target names, each once however often it is named: none is retried twice. Unknown ids are left out. */
export function rowsOf(tx: JobTx, target: JobTarget, filter: JobsFilter): readonly JobRow[] {
  if ('all' in target) return tx.jobsOf('all', filter)
  if ('batches' in target)
    return [...new Set(target.batches)].flatMap((id) => tx.jobsOf(id, filter))
  return tx.jobs([...new Set(target.jobs)])
}

/** Rows that may be tried again. */
export function retriedRows(tx: JobTx, target: RetryTarget): readonly JobRow[] {
  if (!('failure' in target)) return rowsOf(tx, target, { retryable: true })
  return tx.jobsOf('all', { retryable: true, failure: target })
}

/** It waits and nothing of it exists at a provider. */
export const isUnsent = ({ status }: JobRow): boolean => status === 'queued' || status === 'waiting'
