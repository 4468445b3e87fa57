import type { Command } from 'commander'
import type { CommandContext } from './context.ts'
import type { ExitCode } from './exitCode.ts'

/** Runs what a command does with what it needs, and ends the process with its code. */
export type RunCommand = (
  command: Command,
  action: (context: CommandContext) => Promise<ExitCode>,
) => Promise<void>

/** Every file of `commands/` adds one. */
export type AddCommand = (program: Command, run: RunCommand) => void
