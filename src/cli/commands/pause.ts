import { counted } from '../terminal/words.ts'
import { EXIT, type ExitCode } from '../exitCode.ts'
import { readTargets, withEngine } from '../changing.ts'
import { refuse, type Refusal } from '../refusals.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import type { AddCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import type { Engine, PauseTarget } from '../../main/engine.ts'

interface PauseOptions {
  readonly lane?: string
  readonly hold?: true
}

interface Pausing extends PauseOptions {
  readonly ids: readonly string[]
  readonly paused: boolean
}

/** `resume` works, so taking a pause off has a name of its own. */
export const addPause: AddCommand = (program, run) => {
  const pause = program
    .command('pause')
    .argument('[ids...]', 'batches or jobs; none: everything')
    .description('start nothing new of it until `unpause`; what runs is finished')
    .option('--lane <provider>', 'everything that goes to one provider')
    .option('--hold', 'downloads and looks rest, too (everything only)')
    .action((ids: string[], options: PauseOptions) =>
      run(pause, (context) => setPaused(context, { ids, ...options, paused: true })),
    )
  const unpause = program
    .command('unpause')
    .argument('[ids...]', 'batches or jobs; none: everything')
    .description('take a pause off; `resume` then works on it')
    .option('--lane <provider>', 'everything that goes to one provider')
    .action((ids: string[], options: PauseOptions) =>
      run(unpause, (context) => setPaused(context, { ids, ...options, paused: false })),
    )
}

const setPaused = (context: CommandContext, pausing: Pausing): Promise<ExitCode> =>
  withEngine(context, async (engine) => {
    const { output } = context
    const targets = targetsOf(engine, pausing)
    if (!targets.ok) return refuse(output, targets.error)
    const { paused, hold } = pausing
    for (const target of targets.value) {
      if (paused) await engine.commands.pause(target, { hold: hold === true })
      else await engine.commands.resume(target)
    }
    output.event({
      event: paused ? 'paused' : 'unpaused',
      ids: pausing.ids,
      lane: pausing.lane ?? null,
    })
    output.line(
      `${wordsOf(pausing)} ${paused ? 'paused' : 'unpaused. `dailies resume` works on it'}.`,
    )
    return EXIT.allSucceeded
  })

function wordsOf({ ids, lane }: Pausing): string {
  if (ids.length > 0) return counted(ids.length, 'batch or job is', 'batches and jobs are')
  return lane === undefined ? 'Everything is' : `The lane of ${lane} is`
}

function targetsOf(
  { queries }: Engine,
  { ids, lane, hold }: Pausing,
): Result<readonly PauseTarget[], Refusal> {
  if (hold === true && (ids.length > 0 || lane !== undefined))
    return err(
      wrong(
        '--hold',
        'Downloads rest for everything or for nothing.',
        'Leave out the ids and --lane, or --hold.',
      ),
    )
  if (lane === undefined) return ids.length === 0 ? ok([{ all: true }]) : readTargets(queries, ids)
  if (ids.length > 0)
    return err(wrong('--lane', 'A lane is paused as a whole.', 'Leave out the ids, or --lane.'))
  const known = queries.lanes().find(({ provider }) => provider === lane)
  return known === undefined
    ? err(wrong('--lane', `There is no provider ${lane}.`, 'See `dailies providers`.'))
    : ok([{ lane: { provider: known.provider } }])
}

const wrong = (column: string, message: string, mend: string): Refusal => ({
  code: 'badTarget',
  message,
  mend,
  column,
})
