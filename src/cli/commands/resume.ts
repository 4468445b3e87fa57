import { counted } from '../terminal/words.ts'
import { addMoney, FREE, type Money } from '../../shared/domain/money.ts'
import { drawSheets } from '../contactSheets.ts'
import { listenForInterrupts } from '../interrupts.ts'
import { FALL_OVER, nightWindow } from '../batchOptions.ts'
import { readAmount } from '../../shared/domain/cell.ts'
import { refuse, refuseOpen, type Refusal } from '../refusals.ts'
import { work } from '../work.ts'
import type { AddCommand } from '../command.ts'
import type { BatchView } from '../../shared/domain/batch.ts'
import type { CommandContext } from '../context.ts'
import type { Engine } from '../../main/engine.ts'
import type { ExitCode } from '../exitCode.ts'
import type { HoldView } from '../../shared/domain/views.ts'
import type { JobView } from '../../shared/domain/job.ts'
import type { NightPlan } from '../../shared/domain/nightPlan.ts'
import type { Summary } from '../events.ts'

interface ResumeOptions {
  readonly budget?: string
  readonly batch?: string
  readonly tonight?: true
  readonly window?: NightPlan
  readonly fallOver?: true
  readonly yes?: true
  readonly release?: readonly string[]
}

export const addResume: AddCommand = (program, run) => {
  const command = program
    .command('resume')
    .description('work on whatever is unfinished in the data folder')
    .option('--budget <amount>', "raise or lower the batch's cap")
    .option('--batch <id>', 'which batch the budget is for, when several are unfinished')
    .option('--tonight', 'obey the night windows')
    .option('--release <name...>', 'providers and routes that are held, or all')
    .option('--window <from-to>', 'the night window of this run, such as 23:00-07:00', nightWindow)
    .option(...FALL_OVER)
    .option('--yes', 'accept what the journal brought back after an older database was restored')
    .action((options: ResumeOptions) => run(command, (context) => resume(context, options)))
}

async function resume(context: CommandContext, options: ResumeOptions): Promise<ExitCode> {
  const { output } = context
  const tools = await context.open({ fallOver: options.fallOver })
  try {
    const interrupts = listenForInterrupts()
    const opened = await tools.openEngine({ nightPlan: options.window })
    if (!opened.ok) return refuseOpen(output, opened.error)
    const engine = opened.value
    const unfinished = engine.queries.batches({ unfinishedOnly: true })
    if (options.budget !== undefined) {
      const refused = await setBudget(context, engine, { ...options, unfinished })
      if (refused !== undefined) {
        await engine.stop()
        return refused
      }
    }
    const unknown = await release(engine, options.release ?? [])
    if (unknown !== undefined) {
      await engine.stop()
      return refuse(output, unknown)
    }
    await acceptMerge(context, engine, options)
    const { queued, waiting, running } = engine.queries.counts()
    const left = queued + waiting + running
    output.note(
      `${counted(left, 'job')} left in ${counted(unfinished.length, 'batch', 'batches')}.`,
    )
    return await work({
      context,
      engine,
      interrupts,
      total: left,
      obeyWindows: options.tonight === true || options.window !== undefined,
      summarise: (touched) => summaryOf(engine, touched),
      afterwards: (touched) => {
        const batches = new Set([...touched.values()].map((job) => job.batchId))
        return drawSheets(
          { output, tools, queries: engine.queries, signal: interrupts.signal },
          batches,
        )
      },
    })
  } finally {
    await tools.close()
  }
}

/** What the person has seen and mended goes on: lanes by provider, models by route. */
async function release(
  { queries, commands }: Engine,
  names: readonly string[],
): Promise<Refusal | undefined> {
  const holds = queries.holds().filter(({ needsPerson }) => needsPerson)
  const isMeant = ({ provider, route }: HoldView): boolean =>
    names.includes('all') || names.includes(route ?? provider)
  const known = ['all', ...holds.map(({ provider, route }) => route ?? provider)]
  const wrong = names.find((name) => !known.includes(name))
  if (wrong !== undefined) {
    const mend = holds.length === 0 ? 'Nothing is held.' : `Held are: ${known.slice(1).join(', ')}.`
    return { code: 'notHeld', message: `${wrong} is not held.`, mend, column: '--release' }
  }
  for (const { route, provider } of holds.filter(isMeant))
    await commands.resume(route === null ? { lane: { provider } } : { route })
  return undefined
}

/** Database and journal differed: nothing is claimed until the person has seen it (money rule 13). */
async function acceptMerge(
  { output }: CommandContext,
  { queries, commands }: Engine,
  { yes }: ResumeOptions,
): Promise<void> {
  const halted = queries.tonight().halted
  if (halted?.code !== 'mergePending') return
  if (yes === true) return commands.acceptMerge()
  output.error(`${halted.message} On the command line: dailies resume --yes`)
}

interface Budget extends ResumeOptions {
  readonly unfinished: readonly BatchView[]
}

async function setBudget(
  { output }: CommandContext,
  { commands }: Engine,
  { budget = '', batch, unfinished }: Budget,
): Promise<ExitCode | undefined> {
  const amount = readAmount(budget)
  if (!amount.ok) return refuse(output, { ...amount.error, column: '--budget' })
  const meant = unfinished.filter(({ id }) => batch === undefined || id === batch)
  const [only] = meant
  if (only === undefined || meant.length > 1) {
    const ids = unfinished.map(({ id, name }) => `${id} (${name})`).join(', ')
    const message =
      only === undefined ? 'No such batch is unfinished.' : 'Several batches are unfinished.'
    const mend =
      ids === '' ? 'There is nothing to set a budget for.' : `Name one with --batch: ${ids}.`
    return refuse(output, { code: 'whichBatch', message, mend, column: '--budget' })
  }
  const currency = only.cap?.currency ?? only.estimate?.currency ?? 'USD'
  await commands.setBatchCap(only.id, { micros: amount.value, currency })
  return undefined
}

/** Counts what this run touched; what a person or a cap holds counts wherever it is. */
function summaryOf(
  { queries }: Engine,
  touched: ReadonlyMap<string, JobView>,
): Omit<Summary, 'wallMs'> {
  const jobs = [...touched.values()]
  const countOf = (status: JobView['status']): number =>
    jobs.filter((job) => job.status === status).length
  const { queued, waiting, running, needsYou } = queries.counts()
  return {
    batchId: null,
    succeeded: countOf('succeeded'),
    failed: countOf('failed'),
    cancelled: countOf('cancelled'),
    needsYou,
    waiting: queued + waiting + running,
    spent: spentOn(jobs),
  }
}

/** In the currency of the first bill; other currencies are in `status`. */
function spentOn(jobs: readonly JobView[]): Money {
  let sum = FREE
  for (const { cost } of jobs) {
    if (cost === null) continue
    if (sum.micros === 0 || cost.currency === sum.currency) sum = addMoney(sum, cost)
  }
  return sum
}
