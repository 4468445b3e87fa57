import { persist } from '../advance.ts'
import type { QueueContext } from '../context.ts'
import { announce } from './announce.ts'

/** A key, an address or a limit changed: what a look or a download said of it is over, and is tried now. */
export async function lookAgain(ctx: QueueContext): Promise<void> {
  const runAt = ctx.clock.now()
  const jobs = await persist(ctx, (tx) =>
    tx.mendable().map((job) => tx.patchJob(job, { runAt, error: null })),
  )
  announce(ctx, { jobs, lanes: true })
}
