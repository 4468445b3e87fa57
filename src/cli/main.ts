import { CommanderError, type Command } from 'commander'
import { createContext, type GlobalOptions } from './context.ts'
import { createProgram } from './program.ts'
import { EXIT } from './exitCode.ts'
import { Output } from './terminal/output.ts'
import { readTestClock } from '../shared/domain/testClock.ts'

/** Runs one command; the process ends by itself once nothing is left to do. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = createProgram(async (command, action) => {
    const options = command.optsWithGlobals<GlobalOptions>()
    const output = outputFor(options)
    const testClock = readTestClock(process.env)
    if (!testClock.ok) {
      output.error(testClock.error)
      process.exitCode = EXIT.badUse
      return
    }
    const { stdin, stderr, env } = process
    const context = createContext({
      output,
      options,
      stdin,
      stderr,
      env,
      testClock: testClock.value,
    })
    process.exitCode = await action(context)
  })
  throwInsteadOfExit(program)
  try {
    await program.parseAsync(argv)
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // Commander has told what was wrong; help that was asked for is no mistake.
    process.exitCode = error.exitCode === 0 ? EXIT.allSucceeded : EXIT.badUse
  }
}

/** Commander hands this down to commands that are added later only. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride()
  for (const child of command.commands) throwInsteadOfExit(child)
}

function outputFor({ json, quiet, color }: GlobalOptions): Output {
  const { stdout, stderr, env } = process
  const wantsColor = color && (env['NO_COLOR'] ?? '') === ''
  return new Output({
    stdout,
    stderr,
    json: json === true,
    quiet: quiet === true,
    color: wantsColor && stderr.isTTY && stdout.isTTY,
  })
}
