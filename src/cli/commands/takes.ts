import { allRows, withReader, type Scope } from '../reading.ts'
import { EXIT, type ExitCode } from '../exitCode.ts'
import { jobPlace } from '../terminal/words.ts'
import { moneyText } from '../../shared/domain/moneyText.ts'
import { takeEvent } from '../events.ts'
import type { AddCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import type { Queries } from '../../main/engine.ts'
import type { TakeView } from '../../shared/domain/take.ts'

interface TakesOptions {
  readonly batch?: string
  readonly project?: string
}

export const addTakes: AddCommand = (program, run) => {
  const command = program
    .command('takes')
    .description('delivered takes with paths, facts and cost')
    .option('--batch <id>', 'of one batch')
    .option('--project <name>', 'of one project')
    .action((options: TakesOptions) =>
      run(command, (context) =>
        withReader(context, { ...options, look: (queries, of) => list(context, queries, of) }),
      ),
    )
}

function list({ output }: CommandContext, queries: Queries, filter: Scope): ExitCode {
  for (const take of allRows((after) =>
    queries.takes({ filter, order: 'row', after, limit: 500 }),
  )) {
    output.event(takeEvent(take))
    output.line(lineOf(take))
  }
  return EXIT.allSucceeded
}

function lineOf({ row, take, path, durationSeconds, width, height, cost }: TakeView): string {
  const length =
    durationSeconds === undefined ? 'unknown length' : `${durationSeconds.toFixed(1)} s`
  const size = width === undefined || height === undefined ? 'unknown size' : `${width}x${height}`
  const price = cost === null ? 'no known cost' : moneyText(cost)
  return [jobPlace(row, take), length, size, price, path].join('  ')
}
