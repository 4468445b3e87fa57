import { allRows, withReader, type Scope } from '../reading.ts'
import { EXIT, type ExitCode } from '../exitCode.ts'
import { jobEvent } from '../events.ts'
import { jobPlace, oneLine } from '../terminal/words.ts'
import type { AddCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import type { JobView } from '../../shared/domain/job.ts'
import type { Queries } from '../../main/engine.ts'

interface JobsOptions {
  readonly batch?: string
  readonly project?: string
}

export const addJobs: AddCommand = (program, run) => {
  const command = program
    .command('jobs')
    .description('jobs with status, step, attempts and errors')
    .option('--batch <id>', 'of one batch')
    .option('--project <name>', 'of one project')
    .action((options: JobsOptions) =>
      run(command, (context) =>
        withReader(context, { ...options, look: (queries, of) => list(context, queries, of) }),
      ),
    )
}

function list({ output }: CommandContext, queries: Queries, filter: Scope): ExitCode {
  for (const job of allRows((after) => queries.jobs({ filter, after, limit: 500 }))) {
    output.event(jobEvent(job))
    output.line(lineOf(job))
  }
  return EXIT.allSucceeded
}

const PROMPT_WIDTH = 50

function lineOf(job: JobView): string {
  const { id, row, take, status, step, attempt, reason, error, prompt, moved } = job
  const state = status === 'running' ? `running (${step})` : status
  const tries = attempt > 0 ? `, attempt ${attempt}` : ''
  const why = error === null ? reason : `${error.kind}: ${error.message}`
  const words = [id, jobPlace(row, take), `${state}${tries}`, oneLine(prompt, PROMPT_WIDTH)]
  return [...words, why ?? [], moved?.words ?? []].flat().join('  ')
}
