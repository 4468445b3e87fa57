import { openCli, type CliOptions, type CliTools } from '../main/composeCli.ts'
import type { Output } from './terminal/output.ts'
import type { TestClock } from '../shared/domain/testClock.ts'

/** Options that every command takes. */
export interface GlobalOptions {
  readonly dataDir?: string
  readonly out?: string
  readonly json?: true
  readonly quiet?: true
  readonly color: boolean
}

/** What a command works with. */
export interface CommandContext {
  readonly output: Output
  readonly options: GlobalOptions
  readonly stderr: NodeJS.WriteStream
  readonly stdin: NodeJS.ReadStream
  /** Opens the engine's side; makes no folder and takes no lock. */
  open(wishes?: Pick<CliOptions, 'fallOver'>): Promise<CliTools>
}

export interface ContextParts extends Omit<CommandContext, 'open'> {
  readonly env: Record<string, string | undefined>
  readonly testClock: TestClock
}

/** The context of one run of a command. */
export function createContext({ env, testClock, ...parts }: ContextParts): CommandContext {
  const { dataDir } = parts.options
  return { ...parts, open: (wishes) => openCli({ dataDir, env, ...testClock, ...wishes }) }
}
