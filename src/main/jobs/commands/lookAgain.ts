import { persist } from '../advance.ts'
import type { QueueContext } from '../context.ts'
import { endRefusal } from '../laneHolds.ts'
import { announce } from './announce.ts'

/** A key, an address or a limit changed: what a look or a download said of it is over, for its lane too, and is tried now. */
export async function lookAgain(ctx: QueueContext): Promise<void> {
  const runAt = ctx.clock.now()
  const jobs = await persist(ctx, (tx) =>
    tx.mendable().map((job) => {
      const { provider, error } = job
      // The look that would say so later knows it by the error that goes now.
      if (error?.kind === 'auth')
        for (const credential of tx.lanesOf(provider))
          endRefusal(tx, { provider, credential }, error)
      return tx.patchJob(job, { runAt, error: null })
    }),
  )
  announce(ctx, { jobs, lanes: true })
}
