import { counted } from '../terminal/words.ts'
import { EXIT, type ExitCode } from '../exitCode.ts'
import { readTargets, withEngine } from '../changing.ts'
import { refuse } from '../refusals.ts'
import type { AddCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import type { Engine } from '../../main/engine.ts'
import type { RetryReport } from '../../shared/ipc/reports.ts'

interface RetryOptions {
  readonly despiteDoubt?: true
}

export const addRetry: AddCommand = (program, run) => {
  const command = program
    .command('retry')
    .argument('<ids...>', 'batches or jobs')
    .option(
      '--despite-doubt',
      'also jobs whose lost answer is still looked for: that may pay twice',
    )
    .description('queue failed and cancelled jobs once more, as new jobs')
    .action((ids: string[], options: RetryOptions) =>
      run(command, (context) =>
        withEngine(context, (engine) => retry(context, engine, { ids, ...options })),
      ),
    )
}

async function retry(
  { output }: CommandContext,
  engine: Engine,
  { ids, despiteDoubt }: RetryOptions & { readonly ids: readonly string[] },
): Promise<ExitCode> {
  const targets = readTargets(engine.queries, ids)
  if (!targets.ok) return refuse(output, targets.error)
  const reports: RetryReport[] = []
  for (const target of targets.value)
    reports.push(await engine.commands.retry(target, { despiteDoubt: despiteDoubt === true }))
  const jobIds = reports.flatMap((report) => report.jobIds)
  const skipped = reports.flatMap((report) => report.skipped)
  output.event({ event: 'retried', jobIds, skipped })
  output.line(
    `Queued ${counted(jobIds.length, 'job')} once more. \`dailies resume\` works on them.`,
  )
  for (const { jobId, why } of skipped) output.line(`${jobId} was left: ${why}`)
  return EXIT.allSucceeded
}
