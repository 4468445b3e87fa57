import type { QueueContext } from '../context.ts'
import type { JobRow } from '../jobRow.ts'
import type { JobTx } from '../ports.ts'
import { nextPollMs } from '../pollPlan.ts'

interface Look {
  readonly job: JobRow
  /** Epoch ms of the accepted create. */
  readonly since: number
  /** Looks in a row that were not answered. */
  readonly failures: number
}

const FLOOR_MS = 1_000

/** Epoch ms at which the provider is asked next; by the route's own measured render time. */
export function nextLookAt(ctx: QueueContext, tx: JobTx, { job, since, failures }: Look): number {
  const now = ctx.clock.now()
  if (ctx.pollMs !== null) return now + ctx.pollMs
  const traits = ctx.providers.get(job.provider)?.traits
  const every = traits?.pollEveryMs ?? null
  if (every !== null && failures === 0) return now + every
  const wait = nextPollMs({
    elapsedMs: Math.max(0, ctx.unscaled(now - since)),
    times: tx.renderTimes(job.route),
    floorMs: traits?.pollFloorMs ?? FLOOR_MS,
    failures,
  })
  return now + ctx.scaled(wait)
}
