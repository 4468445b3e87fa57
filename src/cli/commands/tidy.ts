import { z } from 'zod'
import { canAsk, confirm } from '../ask.ts'
import { EXIT, type ExitCode } from '../exitCode.ts'
import { counted, megabytes } from '../terminal/words.ts'
import { takeIdSchema } from '../../shared/domain/ids.ts'
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
  const emptied = program
    .command('empty-trash')
    .argument('[takes...]', 'takes that are in the trash; none: all of it')
    .description('delete the files of takes in the trash for good; what they cost stays')
    .option('--yes', 'without asking; needed for all of it where no terminal is asked')
    .action((ids: string[], options: { readonly yes?: true }) =>
      run(emptied, (context) => emptyTrash(context, ids, options)),
    )
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

const emptyTrash = (
  context: CommandContext,
  ids: readonly string[],
  { yes }: { readonly yes?: true },
): Promise<ExitCode> =>
  withEngine(context, async ({ queries, commands }) => {
    const { output } = context
    const wrong = ids.find((id) => !takeIdSchema.safeParse(id).success)
    if (wrong !== undefined)
      return refuse(output, { code: 'unknownId', message: `${wrong} is not the id of a take.` })
    if (ids.length === 0 && yes !== true && !canAsk(context))
      return refuse(output, {
        code: 'notConfirmed',
        column: '--yes',
        message: 'The whole trash is not emptied unasked.',
        mend: 'Give --yes, or the ids of takes.',
      })
    const takes = ids.length === 0 ? null : z.array(takeIdSchema).parse(ids)
    const size = queries.trashSize(takes)
    if (takes !== null && size.takes < takes.length)
      return refuse(output, {
        code: 'notInTrash',
        message: 'Not all of these takes are in the trash.',
        mend: 'Move them to the trash in the app first; nothing was deleted.',
      })
    const question = `Delete ${counted(size.takes, 'take')}, ${megabytes(size.bytes)}, for good?`
    if (size.takes > 0 && yes !== true && !(await confirm(context, question)))
      return EXIT.allSucceeded
    const { deleted, bytes, kept } = await commands.deleteTakes(takes)
    output.event({ event: 'emptied', deleted, bytes, kept })
    output.line(`${counted(deleted, 'take')} deleted, ${megabytes(bytes)} free again.`)
    for (const { takeId, message } of kept) output.error(`${takeId} stays in the trash: ${message}`)
    return kept.length === 0 ? EXIT.allSucceeded : EXIT.someFailed
  })
