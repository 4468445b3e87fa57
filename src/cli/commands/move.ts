import { InvalidArgumentError } from 'commander'
import { EXIT, type ExitCode } from '../exitCode.ts'
import { readTargets, tellChange, withEngine } from '../changing.ts'
import { refuse } from '../refusals.ts'
import type { AddCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import type { JobId } from '../../shared/domain/ids.ts'
import type { JobTarget, MoveTo } from '../../main/engine.ts'

interface MoveOptions {
  readonly top?: true
  readonly bottom?: true
  readonly place?: number
  readonly priority?: number
}

const PRIORITIES: Readonly<Record<string, number>> = { high: 1, usual: 0, low: -1 }

export const addMove: AddCommand = (program, run) => {
  const command = program
    .command('move')
    .argument('<ids...>', 'jobs that wait; batches, too, for their priority')
    .description(
      'where jobs stand among those of their batch that wait, or what goes before others',
    )
    .option('--top', 'before all others of the batch')
    .option('--bottom', 'after all others of the batch')
    .option('--place <n>', 'a position, 1 is next', place)
    .option('--priority <which>', 'high, usual or low, over all batches', priority)
    .action((ids: string[], options: MoveOptions) =>
      run(command, (context) => move(context, ids, options)),
    )
}

function place(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('Write a whole number from 1.')
  return Number(text)
}

function priority(text: string): number {
  const value = PRIORITIES[text.trim().toLowerCase()]
  if (value === undefined) throw new InvalidArgumentError('It is high, usual or low.')
  return value
}

/** Null: no place was named, or several. */
function placeOf({ top, bottom, place: at }: MoveOptions): MoveTo | null {
  const named: MoveTo[] = [
    ...(top === true ? [{ place: 'top' } as const] : []),
    ...(bottom === true ? [{ place: 'bottom' } as const] : []),
    ...(at === undefined ? [] : [{ place: at }]),
  ]
  return named.length === 1 ? (named[0] ?? null) : null
}

const jobsIn = (target: JobTarget): readonly JobId[] => ('jobs' in target ? target.jobs : [])

const move = (
  context: CommandContext,
  ids: readonly string[],
  options: MoveOptions,
): Promise<ExitCode> =>
  withEngine(context, async ({ queries, commands }) => {
    const { output } = context
    const targets = readTargets(queries, ids)
    if (!targets.ok) return refuse(output, targets.error)
    const to = placeOf(options)
    const wishes = Object.keys(options).filter((name) => name in WISHES)
    if (wishes.length !== 1)
      return refuse(output, {
        code: 'badMove',
        message: wishes.length === 0 ? 'Nothing says where to.' : 'Only one way to move at a time.',
        mend: 'Give one of --top, --bottom, --place N and --priority.',
      })
    if (to === null) {
      for (const target of targets.value)
        tellChange(output, 'moved', await commands.setPriority(target, options.priority ?? 0))
      return EXIT.allSucceeded
    }
    const jobs = targets.value.flatMap(jobsIn)
    if (jobs.length < ids.length)
      return refuse(output, {
        code: 'badMove',
        message: 'A batch has no place among jobs.',
        mend: 'Name jobs, or give batches a --priority.',
      })
    tellChange(output, 'moved', await commands.move(jobs, to))
    return EXIT.allSucceeded
  })

const WISHES: Readonly<Record<keyof MoveOptions, true>> = {
  top: true,
  bottom: true,
  place: true,
  priority: true,
}
