import { batchIdSchema, jobIdSchema, type BatchId, type JobId } from '../shared/domain/ids.ts'
import { err, ok, type Result } from '../shared/domain/result.ts'
import { refuseOpen } from './refusals.ts'
import type { CommandContext } from './context.ts'
import type { Engine, JobTarget, Queries } from '../main/engine.ts'
import type { ExitCode } from './exitCode.ts'
import type { Refusal } from './refusals.ts'
import type { ChangeReport } from '../shared/ipc/reports.ts'
import type { Output } from './terminal/output.ts'

/** Opens the engine for a change alone: takes the lock, claims nothing. */
export async function withEngine(
  context: CommandContext,
  change: (engine: Engine) => Promise<ExitCode>,
): Promise<ExitCode> {
  const tools = await context.open()
  try {
    const opened = await tools.openEngine()
    if (!opened.ok) return refuseOpen(context.output, opened.error)
    try {
      return await change(opened.value)
    } finally {
      await opened.value.stop()
    }
  } finally {
    await tools.close()
  }
}

/** Ids of jobs and batches, each of which must exist. */
export function readTargets(
  queries: Queries,
  ids: readonly string[],
): Result<readonly JobTarget[], Refusal> {
  const batches: BatchId[] = []
  const jobs: JobId[] = []
  for (const id of ids) {
    const batch = batchIdSchema.safeParse(id)
    const job = jobIdSchema.safeParse(id)
    if (batch.success && queries.batch(batch.data) !== null) batches.push(batch.data)
    else if (job.success && queries.job(job.data) !== null) jobs.push(job.data)
    else return err(unknown(id))
  }
  return ok([...(batches.length > 0 ? [{ batches }] : []), ...(jobs.length > 0 ? [{ jobs }] : [])])
}

/** Events of commands that change many jobs at once. */
const DONE = { moved: 'Moved', duplicated: 'Duplicated', pruned: 'Cleared away' } as const

/** What a change came to, and what was left as it is with its reason. */
export function tellChange(
  output: Output,
  event: keyof typeof DONE,
  { changed, skipped }: ChangeReport,
): void {
  output.event({ event, changed, skipped })
  output.line(`${DONE[event]}: ${changed}.`)
  for (const { jobId, why } of skipped) output.line(`${jobId} was left: ${why}`)
}

const unknown = (id: string): Refusal => ({
  code: 'unknownId',
  message: `There is no job or batch ${id}.`,
  mend: 'See `dailies jobs` and `dailies status` for ids.',
})
