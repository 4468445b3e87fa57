import { EXIT, type ExitCode } from '../exitCode.ts'
import { jobIdSchema } from '../../shared/domain/ids.ts'
import { refuse } from '../refusals.ts'
import { withEngine } from '../changing.ts'
import type { AddCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import type { Engine, Resolution } from '../../main/engine.ts'

interface ResolveOptions {
  readonly adopt?: string
  readonly sendAgain?: true
  readonly giveUp?: true
  readonly retryDownload?: true
}

export const addResolve: AddCommand = (program, run) => {
  const command = program
    .command('resolve')
    .argument('<job>', 'a job that needs a person')
    .description('settle a job that needs a person')
    .option('--adopt <id>', "it is this one at the provider: the provider's own id")
    .option('--send-again', 'send it once more; it may be paid for twice')
    .option('--give-up', 'end it as failed')
    .option('--retry-download', 'fetch the finished video once more')
    .action((job: string, options: ResolveOptions) =>
      run(command, (context) => resolve(context, job, options)),
    )
}

async function resolve(
  context: CommandContext,
  job: string,
  options: ResolveOptions,
): Promise<ExitCode> {
  const { output } = context
  const id = jobIdSchema.safeParse(job)
  if (!id.success) {
    return refuse(output, { code: 'unknownId', message: `${job} is not the id of a job.` })
  }
  const ways = waysOf(options)
  const [how] = ways
  if (how === undefined || ways.length > 1) {
    const message = 'Say how in exactly one way.'
    const mend = 'Use --adopt ID, --send-again, --give-up or --retry-download.'
    return refuse(output, { code: 'whichWay', message, mend })
  }
  return withEngine(context, (engine) => settle(context, engine, { job: id.data, how }))
}

const waysOf = (options: ResolveOptions): readonly Resolution[] => [
  ...(options.adopt === undefined
    ? []
    : [{ kind: 'adopt' as const, operationId: options.adopt.trim() }]),
  ...(options.sendAgain === true ? [{ kind: 'sendAgain' as const }] : []),
  ...(options.giveUp === true ? [{ kind: 'giveUp' as const }] : []),
  ...(options.retryDownload === true ? [{ kind: 'retryDownload' as const }] : []),
]

interface Settle {
  readonly job: Parameters<Engine['commands']['resolve']>[0]
  readonly how: Resolution
}

async function settle(
  { output }: CommandContext,
  { commands }: Engine,
  { job, how }: Settle,
): Promise<ExitCode> {
  const done = await commands.resolve(job, how)
  if (!done.ok) return refuse(output, done.error)
  output.event({ event: 'resolved', jobId: job, how: how.kind })
  output.line(`${job} is settled. \`dailies resume\` goes on with it.`)
  return EXIT.allSucceeded
}
