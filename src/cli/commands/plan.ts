import { addBatchOptions, planRequest, type BatchCommandOptions } from '../batchOptions.ts'
import { EXIT, type ExitCode } from '../exitCode.ts'
import { jobPlace, oneLine } from '../terminal/words.ts'
import { moneyText } from '../../shared/domain/moneyText.ts'
import { plannedEvent } from '../events.ts'
import { tellPrices, tellProblems, tellTotals } from '../planReport.ts'
import type { AddCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'

export const addPlan: AddCommand = (program, run) => {
  const command = program
    .command('plan')
    .argument('<file>', 'CSV, TSV, XLSX, JSON or TXT')
    .description('read, check and price a batch; creates nothing, calls nobody unless told to')
  addBatchOptions(command)
    .option('--ask-prices', 'ask providers what the jobs cost, too, where that is free')
    .option('--dry-run', 'as --ask-prices, and of Lumenfall, too, by its dry run')
    .action((file: string, options: PlanOptions) =>
      run(command, (context) => plan(context, file, options)),
    )
}

interface PlanOptions extends BatchCommandOptions {
  readonly askPrices?: true
  readonly dryRun?: true
}

const PROMPT_WIDTH = 70

async function plan(
  context: CommandContext,
  file: string,
  options: PlanOptions,
): Promise<ExitCode> {
  const { output } = context
  const tools = await context.open()
  try {
    const planned = await tools.planFile(planRequest(file, { ...options, ...context.options }))
    if (!planned.ok) {
      tellProblems(output, planned.error)
      return EXIT.badUse
    }
    for (const job of planned.value.plan.jobs) {
      if (output.isJson) output.event(plannedEvent(job, tools.describeWire(job)))
      const price = job.estimate === null ? 'no known price' : moneyText(job.estimate)
      const where = `${job.modelName} on ${job.provider}`
      output.line(
        `${jobPlace(job.row, job.take)}  ${where}  ${price}  ${oneLine(job.prompt, PROMPT_WIDTH)}`,
      )
    }
    tellTotals(output, planned.value, tools.providers)
    if (options.askPrices !== true && options.dryRun !== true) return EXIT.allSucceeded
    const asked = await tools.askPrices(planned.value.plan.jobs, options)
    tellPrices(output, asked)
    return asked.prices.some(({ isBought }) => isBought) ? EXIT.waits : EXIT.allSucceeded
  } finally {
    await tools.close()
  }
}
