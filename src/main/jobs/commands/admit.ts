import type { BatchPlan } from '../../../shared/domain/batch.ts'
import type { PlannedJob } from '../../../shared/domain/job.ts'
import type { Money } from '../../../shared/domain/money.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import type { Admitted } from '../../../shared/ipc/reports.ts'
import type { Refusal } from '../../engine.ts'
import { persist } from '../advance.ts'
import type { QueueContext } from '../context.ts'

/** All or nothing. */
export async function admit(
  ctx: QueueContext,
  plan: BatchPlan,
  { again, mediaDir }: { again: boolean; mediaDir: string },
): Promise<Result<Admitted, Refusal>> {
  const at = ctx.clock.now()
  const batchId = ctx.chance.newId('batch')
  const ids = plan.jobs.map(() => ctx.chance.newId('job'))
  const done = await persist<Result<string, Refusal>>(ctx, (tx) => {
    const open = again ? null : tx.unfinishedBatch(plan.digest)
    if (open !== null)
      return err({
        code: 'sameBatchUnfinished',
        message: `This batch is already here and unfinished (${open}).`,
      })
    if (plan.project !== null) tx.setProject(plan.project, {}, at)
    const own = plan.project === null ? null : tx.project(plan.project)
    const outDir = plan.outDir ?? own?.outDir ?? mediaDir
    tx.insertBatch({ id: batchId, plan, outDir, at })
    tx.insertJobs({ batchId, plan, ids, at })
    return ok(outDir)
  })
  if (!done.ok) return done
  const made = await ctx.delivery.makeFolder(done.value)
  // The batch stands and its claims wait for the folder; see `halts.ts`.
  if (!made.ok) ctx.log.warn({ code: made.error.code }, made.error.message)
  ctx.emit({ type: 'batch', batchId })
  return ok({ batchId, jobs: ids.length, estimate: totalEstimate(plan.jobs) })
}

/** Null when any job is unpriced: a partial sum would under-report; or when currencies are mixed. */
export function totalEstimate(jobs: readonly PlannedJob[]): Money | null {
  const first = jobs[0]?.estimate ?? null
  if (first === null || jobs.some(({ estimate }) => estimate?.currency !== first.currency))
    return null
  const micros = jobs.reduce((sum, { estimate }) => sum + (estimate?.micros ?? 0), 0)
  return {
    micros,
    currency: first.currency,
    estimated: jobs.some(({ estimate }) => estimate?.estimated === true),
  }
}
