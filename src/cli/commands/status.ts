import { moneyText } from '../terminal/words.ts'
import { EXIT, type ExitCode } from '../exitCode.ts'
import { FREE, type Money } from '../../shared/domain/money.ts'
import { needsYouEvent, summaryEvent } from '../events.ts'
import { tellNeedsYou } from '../workReport.ts'
import { tellHold, tellMove } from '../holds.ts'
import { tellWaiting } from '../waiting.ts'
import { withReader } from '../reading.ts'
import type { AddCommand } from '../command.ts'
import type { BatchId } from '../../shared/domain/ids.ts'
import type { BatchView, StatusCounts } from '../../shared/domain/batch.ts'
import type { CommandContext } from '../context.ts'
import type { Output } from '../terminal/output.ts'
import type { Queries } from '../../main/engine.ts'

interface StatusOptions {
  readonly batch?: string
}

export const addStatus: AddCommand = (program, run) => {
  const command = program
    .command('status')
    .description('counts, spend, what waits and why')
    .option('--batch <id>', 'one batch')
    .action(({ batch }: StatusOptions) =>
      run(command, (context) =>
        withReader(context, { batch, look: (queries, id) => status(context, queries, id) }),
      ),
    )
}

function status(
  { output }: CommandContext,
  queries: Queries,
  batchId: BatchId | undefined,
): ExitCode {
  const one = batchId === undefined ? null : queries.batch(batchId)
  const batches = one === null ? queries.batches({ unfinishedOnly: false }) : [one]
  const needs = queries
    .needsYou()
    .filter(({ jobId }) => one === null || isOf(queries, jobId, one.id))
  for (const view of batches) tellBatch(output, view)
  if (batches.length === 0) output.line('Nothing was run yet.')
  tellWaiting(output, queries, { batchId, withJobs: false })
  for (const hold of queries.holds()) tellHold(output, hold)
  for (const move of queries.moves(batchId)) tellMove(output, move)
  tellNeedsYou(output, needs)
  for (const need of needs) output.event(needsYouEvent(need))
  const counts = queries.counts(batchId)
  const { succeeded, failed, cancelled, needsYou } = counts
  output.event(
    summaryEvent({
      batchId: batchId ?? null,
      succeeded,
      failed,
      cancelled,
      needsYou,
      waiting: leftOf(counts),
      spent: sumOf(batches),
      wallMs: 0,
    }),
  )
  return EXIT.allSucceeded
}

const isOf = (queries: Queries, jobId: Parameters<Queries['job']>[0], batchId: BatchId): boolean =>
  queries.job(jobId)?.job.batchId === batchId

const leftOf = ({ queued, waiting, running }: StatusCounts): number => queued + waiting + running

function tellBatch(
  output: Output,
  { id, name, counts, spent, cap, paused, outDir }: BatchView,
): void {
  const states = Object.entries(counts).filter(([, count]) => count > 0)
  const words = states.map(([state, count]) => `${count} ${STATES[state] ?? state}`).join(', ')
  output.line(`${output.paint('bold', name)}  ${id}${paused ? '  paused' : ''}`)
  const of = cap === null ? '' : ` of ${moneyText({ ...cap, estimated: false })}`
  output.line(`  ${words}; spent ${moneyText(spent ?? FREE)}${of}; media in ${outDir}`)
}

const STATES: Readonly<Record<string, string>> = { needsYou: 'need you' }

function sumOf(batches: readonly BatchView[]): Money {
  const spent = batches.flatMap((batch) => (batch.spent === null ? [] : [batch.spent]))
  const currency = spent.find(({ micros }) => micros > 0)?.currency ?? FREE.currency
  const same = spent.filter((money) => money.currency === currency)
  const micros = same.reduce((sum, money) => sum + money.micros, 0)
  return { micros, currency, estimated: same.some(({ estimated }) => estimated) }
}
