import { moneyText } from '../../shared/domain/moneyText.ts'
import { EXIT, type ExitCode } from '../exitCode.ts'
import { FREE, type Money } from '../../shared/domain/money.ts'
import { needsYouEvent, summaryEvent } from '../events.ts'
import { tellNeedsYou } from '../workReport.ts'
import { tellHold, tellMove } from '../holds.ts'
import { tellWaiting } from '../waiting.ts'
import { counted } from '../terminal/words.ts'
import { withReader, type Scope, type Seen } from '../reading.ts'
import type { AddCommand } from '../command.ts'
import type { BatchView } from '../../shared/domain/batch.ts'
import type { CommandContext } from '../context.ts'
import { JOB_STATUSES, type JobStatus } from '../../shared/domain/job.ts'
import type { Output } from '../terminal/output.ts'
import type { Queries } from '../../main/engine.ts'

interface StatusOptions {
  readonly batch?: string
  readonly project?: string
}

export const addStatus: AddCommand = (program, run) => {
  const command = program
    .command('status')
    .description('counts, spend, what waits and why')
    .option('--batch <id>', 'one batch')
    .option('--project <name>', 'of one project')
    .action((options: StatusOptions) =>
      run(command, (context) =>
        withReader(context, { ...options, look: (queries, of) => status(context, queries, of) }),
      ),
    )
}

function status(
  { output }: CommandContext,
  queries: Queries,
  { isWorkedOn, ...scope }: Seen,
): ExitCode {
  const batches = queries
    .batches({ unfinishedOnly: false })
    .filter((batch) => isMeant(batch, scope))
  const ids = new Set<string>(batches.map(({ id }) => id))
  const needs = queries.needsYou().filter(({ batchId }) => ids.has(batchId))
  for (const view of batches) tellBatch(output, view)
  if (batches.length === 0) output.line('Nothing was run yet.')
  const left = batches.some(({ counts }) => counts.queued + counts.waiting + counts.running > 0)
  if (left && !isWorkedOn) {
    const words = 'jobs go on while the app is open, or by `dailies resume`.'
    output.line(`${output.paint('yellow', 'Nothing works on this now:')} ${words}`)
  }
  const { halted, paused } = queries.tonight()
  if (halted !== null)
    output.line(`${output.paint('yellow', 'Nothing is sent:')} ${halted.message}`)
  if (paused) {
    const words = 'nothing is sent until you say `dailies unpause`.'
    output.line(`${output.paint('yellow', 'Everything is paused:')} ${words}`)
  }
  tellWaiting(output, queries, { ...scope, isEnd: !isWorkedOn })
  for (const hold of queries.holds()) tellHold(output, hold, !isWorkedOn)
  for (const move of queries.moves(scope.batchId)) tellMove(output, move)
  tellNeedsYou(output, needs)
  for (const need of needs) output.event(needsYouEvent(need))
  const count = (...statuses: readonly JobStatus[]): number =>
    batches.flatMap(({ counts }) => statuses.map((one) => counts[one])).reduce((a, b) => a + b, 0)
  output.event(
    summaryEvent({
      batchId: scope.batchId ?? null,
      succeeded: count('succeeded'),
      failed: count('failed'),
      cancelled: count('cancelled'),
      needsYou: count('needsYou'),
      waiting: count('queued', 'waiting', 'running'),
      spent: sumOf(batches),
      wallMs: 0,
    }),
  )
  return EXIT.allSucceeded
}

const isMeant = (batch: BatchView, { batchId, project }: Scope): boolean =>
  (batchId === undefined || batch.id === batchId) &&
  (project === undefined || batch.project === project)

function tellBatch(
  output: Output,
  { id, name, counts, spent, cap, paused, outDir }: BatchView,
): void {
  const words = JOB_STATUSES.filter((state) => counts[state] > 0)
    .map((state) =>
      state === 'needsYou'
        ? counted(counts[state], 'needs you', 'need you')
        : `${counts[state]} ${state}`,
    )
    .join(', ')
  output.line(`${output.paint('bold', name)}  ${id}${paused ? '  paused' : ''}`)
  const of = cap === null ? '' : ` of ${moneyText({ ...cap, estimated: false })}`
  output.line(`  ${words}; spent ${moneyText(spent ?? FREE)}${of}; media in ${outDir}`)
}

function sumOf(batches: readonly BatchView[]): Money {
  const spent = batches.flatMap((batch) => (batch.spent === null ? [] : [batch.spent]))
  const currency = spent.find(({ micros }) => micros > 0)?.currency ?? FREE.currency
  const same = spent.filter((money) => money.currency === currency)
  const micros = same.reduce((sum, money) => sum + money.micros, 0)
  return { micros, currency, estimated: same.some(({ estimated }) => estimated) }
}
