import { EXIT, type ExitCode } from '../exitCode.ts'
import { readTargets, tellChange, withEngine } from '../changing.ts'
import { refuse } from '../refusals.ts'
import type { AddCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'

/** The small changes that take ids and nothing else. */
export const addTidying: AddCommand = (program, run) => {
  const duplicated = program
    .command('duplicate')
    .argument('<jobs...>', 'jobs of any state')
    .description('queue jobs once more, right after each; the same request')
    .action((ids: string[]) => run(duplicated, (context) => duplicate(context, ids)))
  const pruned = program
    .command('prune')
    .argument('[ids...]', 'batches or jobs; none: everything')
    .description('clear what has ended from the queue; takes and money stay')
    .action((ids: string[]) => run(pruned, (context) => prune(context, ids)))
}

const duplicate = (context: CommandContext, ids: readonly string[]): Promise<ExitCode> =>
  withEngine(context, async ({ queries, commands }) => {
    const { output } = context
    const targets = readTargets(queries, ids)
    if (!targets.ok) return refuse(output, targets.error)
    const jobs = targets.value.flatMap((target) => ('jobs' in target ? target.jobs : []))
    if (jobs.length < ids.length)
      return refuse(output, {
        code: 'notAJob',
        message: 'Only jobs are duplicated.',
        mend: 'Run the file of a batch once more with `dailies run FILE --again`.',
      })
    tellChange(output, 'duplicated', await commands.duplicate(jobs))
    return EXIT.allSucceeded
  })

const prune = (context: CommandContext, ids: readonly string[]): Promise<ExitCode> =>
  withEngine(context, async ({ queries, commands }) => {
    const { output } = context
    const targets = ids.length === 0 ? EVERYTHING : readTargets(queries, ids)
    if (!targets.ok) return refuse(output, targets.error)
    for (const target of targets.value) tellChange(output, 'pruned', await commands.prune(target))
    return EXIT.allSucceeded
  })

const EVERYTHING = { ok: true, value: [{ all: true }] } as const
