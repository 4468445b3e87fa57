import type { JobRow } from '../jobRow.ts'
import type { JobTx } from '../ports.ts'

/** Why a job's request can no longer be changed; null when it can. */
export function whyNotEdit(tx: JobTx, job: JobRow): string | null {
  if (job.status !== 'queued' && job.status !== 'waiting')
    return `Row ${job.row} has left the queue: what was sent stays as it was. Run it again with changes instead.`
  if (tx.mayHaveLeft(job.id))
    return `A request of row ${job.row} may have reached the provider: it stays as it was. Run it again with changes instead.`
  return null
}
