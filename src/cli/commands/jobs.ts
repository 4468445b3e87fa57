import { allRows, readBatchId, withReader } from '../reading.ts'
import { EXIT, type ExitCode } from '../exitCode.ts'
import { jobEvent } from '../events.ts'
import { jobPlace, oneLine } from '../terminal/words.ts'
import { refuse } from '../refusals.ts'
import type { AddCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import type { JobView } from '../../shared/domain/job.ts'
import type { Queries } from '../../main/engine.ts'

interface JobsOptions {
  readonly batch?: string
}

export const addJobs: AddCommand = (program, run) => {
  const command = program
    .command('jobs')
    .description('jobs with status, step, attempts and errors')
    .option('--batch <id>', 'of one batch')
    .action((options: JobsOptions) =>
      run(command, (context) => withReader(context, (queries) => list(context, queries, options))),
    )
}

function list({ output }: CommandContext, queries: Queries, options: JobsOptions): ExitCode {
  const batch = readBatchId(options.batch)
  if (!batch.ok) return refuse(output, { code: 'unknownBatch', message: batch.error })
  const filter = { batchId: batch.value }
  for (const job of allRows((after) => queries.jobs({ filter, after, limit: 500 }))) {
    output.event(jobEvent(job))
    output.line(lineOf(job))
  }
  return EXIT.allSucceeded
}

const PROMPT_WIDTH = 50

function lineOf({ id, row, take, status, step, attempt, reason, error, prompt }: JobView): string {
  const state = status === 'running' ? `running (${step})` : status
  const tries = attempt > 0 ? `, attempt ${attempt}` : ''
  const why = error === null ? reason : `${error.kind}: ${error.message}`
  const words = [id, jobPlace(row, take), `${state}${tries}`, oneLine(prompt, PROMPT_WIDTH)]
  return [...words, ...(why === null ? [] : [why])].join('  ')
}
