import type { JobId } from '../../../shared/domain/ids.ts'
import type { JobTarget, RetryTarget } from '../../engine.ts'
import type { JobRow } from '../jobRow.ts'
import type { JobsFilter, JobTx } from '../ports.ts'

/** What a target names: rows, and those that nobody can read, which stay as they are. */
export interface TargetRows {
  readonly rows: readonly JobRow[]
  readonly unread: { jobId: JobId; why: string }[]
}

const UNREAD = 'What is stored about it cannot be read.'

/** Each row once however often it is named: none is retried twice. Unknown ids are left out. */
export function rowsOf(tx: JobTx, target: JobTarget, filter: JobsFilter): TargetRows {
  if ('jobs' in target) {
    const ids = [...new Set(target.jobs)]
    return apart(tx.jobs(ids), tx.idsOf(ids, {}))
  }
  const places = 'all' in target ? (['all'] as const) : [...new Set(target.batches)]
  return apart(
    places.flatMap((place) => tx.jobsOf(place, filter)),
    places.flatMap((place) => tx.idsOf(place, filter)),
  )
}

/** Rows that may be tried again. */
export function retriedRows(tx: JobTx, target: RetryTarget): TargetRows {
  if (!('failure' in target)) return rowsOf(tx, target, { retryable: true })
  const filter = { retryable: true, failure: target }
  return apart(tx.jobsOf('all', filter), tx.idsOf('all', filter))
}

function apart(rows: readonly JobRow[], ids: readonly JobId[]): TargetRows {
  const read = new Set(rows.map(({ id }) => id))
  const unread = ids.flatMap((jobId) => (read.has(jobId) ? [] : [{ jobId, why: UNREAD }]))
  return { rows, unread }
}

/** It waits and nothing of it exists at a provider. */
export const isUnsent = ({ status }: JobRow): boolean => status === 'queued' || status === 'waiting'
