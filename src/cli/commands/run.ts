import {
  addBatchOptions,
  FALL_OVER,
  planRequest,
  type BatchCommandOptions,
} from '../batchOptions.ts'
import { admittedEvent, type Summary } from '../events.ts'
import { confirm } from '../ask.ts'
import { counted } from '../terminal/words.ts'
import { drawSheets } from '../contactSheets.ts'
import { EXIT, type ExitCode } from '../exitCode.ts'
import { FREE } from '../../shared/domain/money.ts'
import { listenForInterrupts } from '../interrupts.ts'
import { needsConsent, tellProblems, tellTotals } from '../planReport.ts'
import { refuse, refuseOpen } from '../refusals.ts'
import { work } from '../work.ts'
import type { AddCommand } from '../command.ts'
import type { Engine, Queries } from '../../main/engine.ts'
import type { Admitted } from '../../shared/ipc/reports.ts'
import type { BatchId } from '../../shared/domain/ids.ts'
import type { CliTools } from '../../main/composeCli.ts'
import type { CommandContext } from '../context.ts'
import type { FilePlan } from '../../main/library/planning/planFile.ts'

export const addRun: AddCommand = (program, run) => {
  const command = program
    .command('run')
    .argument('<file>', 'CSV, TSV, XLSX, JSON or TXT')
    .description('admit a batch, all or nothing, and work until it is done or needs a person')
  addBatchOptions(command)
    .option(...FALL_OVER)
    .action((file: string, options: BatchCommandOptions) =>
      run(command, (context) => runFile(context, file, options)),
    )
}

async function runFile(
  context: CommandContext,
  file: string,
  commandOptions: BatchCommandOptions,
): Promise<ExitCode> {
  const options = { ...commandOptions, ...context.options }
  const tools = await context.open({ fallOver: options.fallOver })
  try {
    const planned = await tools.planFile(planRequest(file, options))
    if (!planned.ok) {
      tellProblems(context.output, planned.error)
      return EXIT.badUse
    }
    tellTotals(context.output, planned.value, tools.providers)
    const isFine = options.yes === true || !needsConsent(planned.value)
    if (!isFine && !(await confirm(context, 'Run it?'))) {
      context.output.note('Nothing was created.')
      return EXIT.badUse
    }
    return await runPlan({ context, tools, options, planned: planned.value })
  } finally {
    await tools.close()
  }
}

interface Run {
  readonly context: CommandContext
  readonly tools: CliTools
  readonly options: BatchCommandOptions
  readonly planned: FilePlan
}

async function runPlan(run: Run): Promise<ExitCode> {
  const { context, tools, options, planned } = run
  const { output } = context
  if (options.tonight === true && options.window === undefined && !tools.nightPlan.isOn)
    output.note('No night windows are set: it starts now. Set them in the app, or by --window.')
  const interrupts = listenForInterrupts()
  const opened = await tools.openEngine({ nightPlan: options.window })
  if (!opened.ok) return refuseOpen(output, opened.error)
  const engine = opened.value
  const admitted = await admit(run, engine)
  if (typeof admitted === 'number') {
    await engine.stop()
    return admitted
  }
  const { batchId } = admitted
  output.event(admittedEvent(admitted))
  output.note(`Admitted ${counted(admitted.jobs, 'job')} as ${batchId}.`)
  return work({
    context,
    engine,
    interrupts,
    batchId,
    total: planned.plan.jobs.length,
    obeyWindows: planned.plan.tonight,
    summarise: () => summaryOf(engine.queries, batchId),
    afterwards: () =>
      drawSheets({ output, tools, queries: engine.queries, signal: interrupts.signal }, [batchId]),
  })
}

/** Everything that can refuse comes before the first thing that is made. */
async function admit(
  { context: { output }, tools, options, planned }: Run,
  engine: Engine,
): Promise<Admitted | ExitCode> {
  const { plan } = planned
  const unfinished = engine.queries.unfinishedBatchByDigest(plan.digest)
  if (unfinished !== null && options.again !== true) {
    const message = `This file is already a batch that is not finished (${unfinished}).`
    const mend = 'Go on with it by `dailies resume`, or run it once more with --again.'
    return refuse(output, { code: 'batchUnfinished', message, mend })
  }
  const outDir = tools.makeOutDir(plan.outDir ?? tools.mediaDir)
  const kept = outDir.ok ? await planned.keepFrames() : outDir
  if (!kept.ok) {
    tellProblems(output, Array.isArray(kept.error) ? kept.error : [kept.error])
    return EXIT.badUse
  }
  const admitted = await engine.commands.admit(plan, { again: options.again === true })
  return admitted.ok ? admitted.value : refuse(output, admitted.error)
}

function summaryOf(queries: Queries, batchId: BatchId): Omit<Summary, 'wallMs'> {
  const { succeeded, failed, cancelled, needsYou, queued, waiting, running } =
    queries.counts(batchId)
  const left = queued + waiting + running
  const spent = queries.batch(batchId)?.spent ?? FREE
  return { batchId, succeeded, failed, cancelled, needsYou, waiting: left, spent }
}
