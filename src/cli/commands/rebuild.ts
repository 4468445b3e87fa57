import { EXIT, type ExitCode } from '../exitCode.ts'
import { counted } from '../terminal/words.ts'
import { refuseOpen } from '../refusals.ts'
import type { AddCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'

export const addRebuild: AddCommand = (program, run) => {
  const command = program
    .command('rebuild')
    .description('bring takes that lie on disk back into the database (--out: look there, too)')
    .action(() => run(command, rebuild))
}

async function rebuild(context: CommandContext): Promise<ExitCode> {
  const { output, options } = context
  const tools = await context.open()
  try {
    const rebuilt = await tools.rebuild(options.out ?? null)
    if (!rebuilt.ok) return refuseOpen(output, rebuilt.error)
    const { adopted, takes, problems, question } = rebuilt.value
    output.event({ event: 'rebuilt', adopted, takes, problems, question })
    output.line(`${counted(adopted, 'take')} brought back, ${takes} in the database.`)
    for (const { path, message } of problems) output.error(`${path}: ${message}`)
    if (question === null) return EXIT.allSucceeded
    output.error(`${question} On the command line: dailies resume --yes`)
    return EXIT.waits
  } finally {
    await tools.close()
  }
}
