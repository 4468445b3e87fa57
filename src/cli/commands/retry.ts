import { Option } from 'commander'
import { counted } from '../terminal/words.ts'
import { EXIT, type ExitCode } from '../exitCode.ts'
import { readTargets, withEngine } from '../changing.ts'
import { refuse, type Refusal } from '../refusals.ts'
import { ERROR_KINDS, type ErrorKind } from '../../shared/domain/errors.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import type { AddCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import type { Engine, Queries, RetryTarget } from '../../main/engine.ts'
import type { RetryReport } from '../../shared/ipc/reports.ts'

interface RetryOptions {
  readonly class?: ErrorKind
  readonly batch?: string
  readonly despiteDoubt?: true
}

export const addRetry: AddCommand = (program, run) => {
  const command = program
    .command('retry')
    .argument('[ids...]', 'batches or jobs')
    .addOption(
      new Option('--class <kind>', 'all that failed for one reason, in place of ids').choices(
        ERROR_KINDS,
      ),
    )
    .option('--batch <id>', 'with --class: of one batch')
    .option(
      '--despite-doubt',
      'also jobs whose lost answer is still looked for: that may pay twice',
    )
    .description('queue failed and cancelled jobs once more, as new jobs')
    .action((ids: string[], options: RetryOptions) =>
      run(command, (context) =>
        withEngine(context, (engine) => retry(context, engine, { ids, ...options })),
      ),
    )
}

async function retry(
  { output }: CommandContext,
  engine: Engine,
  { ids, despiteDoubt, ...of }: RetryOptions & { readonly ids: readonly string[] },
): Promise<ExitCode> {
  const targets = targetsOf(engine.queries, { ids, ...of })
  if (!targets.ok) return refuse(output, targets.error)
  const reports: RetryReport[] = []
  for (const target of targets.value)
    reports.push(await engine.commands.retry(target, { despiteDoubt: despiteDoubt === true }))
  const jobIds = reports.flatMap((report) => report.jobIds)
  const skipped = reports.flatMap((report) => report.skipped)
  output.event({ event: 'retried', jobIds, skipped })
  output.line(
    jobIds.length === 0
      ? 'Nothing was queued: no such job failed or was cancelled.'
      : `Queued ${counted(jobIds.length, 'job')} once more. \`dailies resume\` works on them.`,
  )
  for (const { jobId, why } of skipped) output.line(`${jobId} was left: ${why}`)
  return EXIT.allSucceeded
}

/** Ids, or every cause of one class. */
function targetsOf(
  queries: Queries,
  { ids, class: kind, batch }: RetryOptions & { readonly ids: readonly string[] },
): Result<readonly RetryTarget[], Refusal> {
  if ((kind === undefined) === (ids.length === 0))
    return err({
      code: 'badTarget',
      message:
        kind === undefined ? 'Nothing says what to retry.' : 'It is ids or a class, not both.',
      mend: 'Name batches or jobs, or give --class KIND.',
    })
  if (kind === undefined) return batch === undefined ? readTargets(queries, ids) : err(ONLY_CLASS)
  const read = batch === undefined ? ok([]) : readTargets(queries, [batch])
  if (!read.ok) return read
  const [of] = read.value
  const batchId = of !== undefined && 'batches' in of ? of.batches[0] : undefined
  if (batch !== undefined && batchId === undefined) return err(ONLY_BATCH)
  const filter = { batchId }
  const alike = queries.failures(filter).filter((group) => group.kind === kind)
  return ok(alike.map(({ code }) => ({ failure: { kind, code }, filter })))
}

const ONLY_CLASS: Refusal = {
  code: 'badTarget',
  message: '--batch goes with --class.',
  mend: 'Name the batch itself: `dailies retry BATCH`.',
  column: '--batch',
}
const ONLY_BATCH: Refusal = {
  code: 'unknownBatch',
  message: '--batch names no batch.',
  mend: 'See `dailies status` for ids.',
  column: '--batch',
}
