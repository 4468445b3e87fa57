import { isTerminal } from '../../../shared/domain/job.ts'
import type { PauseTarget } from '../../engine.ts'
import { persist } from '../advance.ts'
import type { QueueContext } from '../context.ts'
import { rowsOf } from './targets.ts'

export async function setPaused(
  ctx: QueueContext,
  target: PauseTarget,
  paused: boolean,
): Promise<void> {
  await persist(ctx, (tx) => {
    if ('lane' in target) {
      const { provider } = target.lane
      // Resuming a lane also says that the person has seen what held it.
      for (const credential of ctx.credentials.of(provider))
        tx.setLane(
          provider,
          credential,
          paused ? { paused } : { paused, needsPerson: false, heldUntil: null, heldReason: null },
        )
    } else if ('all' in target) tx.setFlag('paused', paused ? String(ctx.clock.now()) : null)
    else if ('batches' in target) for (const id of target.batches) tx.setBatch(id, { paused })
    else
      for (const job of rowsOf(tx, target, {}))
        if (!isTerminal(job.status)) tx.updateJob(job.id, { paused })
  })
  ctx.emit({ type: 'lanes' })
  if ('batches' in target)
    for (const batchId of target.batches) ctx.emit({ type: 'batch', batchId })
}
