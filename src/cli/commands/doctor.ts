import { EXIT, type ExitCode } from '../exitCode.ts'
import type { AddCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'

export const addDoctor: AddCommand = (program, run) => {
  const command = program
    .command('doctor')
    .description('what work needs here, what is missing and how to get it')
    .action(() => run(command, doctor))
}

const COLORS = { good: 'green', warn: 'yellow', bad: 'red' } as const

async function doctor(context: CommandContext): Promise<ExitCode> {
  const { output, options } = context
  const tools = await context.open()
  try {
    const checks = await tools.doctor(options.out ?? null)
    for (const { name, state, message, mend } of checks) {
      output.event({ event: 'check', name, state, message, mend })
      const words = mend === null ? message : `${message} ${mend}`
      output.line(`${output.paint(COLORS[state], state.padEnd(4))} ${name}: ${words}`)
    }
    return checks.some(({ state }) => state === 'bad') ? EXIT.badUse : EXIT.allSucceeded
  } finally {
    await tools.close()
  }
}
