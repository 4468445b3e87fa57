import type { BatchId } from '../../../shared/domain/ids.ts'
import type { QueueContext } from '../context.ts'
import type { JobRow } from '../jobRow.ts'
import { jobEventView } from '../jobView.ts'

interface Changed {
  readonly jobs?: readonly JobRow[]
  readonly batches?: readonly BatchId[]
  readonly lanes?: boolean
}

/** Tells screens what a command changed, once it is on disk. */
export function announce(
  ctx: QueueContext,
  { jobs = [], batches = [], lanes = false }: Changed,
): void {
  const events = ctx.store.read((tx) => jobs.map((job) => jobEventView(tx, job).event))
  for (const event of events) ctx.emit(event)
  for (const batchId of new Set(batches)) ctx.emit({ type: 'batch', batchId })
  if (lanes) ctx.emit({ type: 'lanes' })
}
