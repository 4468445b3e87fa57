import { resolve } from 'node:path'
import { InvalidArgumentError, type Command } from 'commander'
import { readAmount, readExpand, type CellFault } from '../shared/domain/cell.ts'
import type { Expand } from '../shared/domain/draft.ts'
import type { GlobalOptions } from './context.ts'
import type { PlanFileRequest } from '../main/library/planning/planFile.ts'
import { routePreferenceSchema, type RoutePreference } from '../shared/domain/routePreference.ts'
import { readDailyPlan } from '../shared/schedule/dailyPlan.ts'
import type { NightPlan } from '../shared/domain/nightPlan.ts'
import type { Result } from '../shared/domain/result.ts'

/** Options of `plan` and `run`, as commander hands them over. */
export interface BatchCommandOptions extends GlobalOptions {
  readonly provider?: string
  readonly model?: string
  readonly takes?: string
  readonly duration?: string
  readonly size?: string
  readonly resolution?: string
  readonly seed?: string
  readonly expand: Expand
  readonly max?: number
  readonly prefer?: RoutePreference
  readonly fallOver?: true
  readonly concurrency?: number
  readonly budget?: number
  readonly allowUnpriced?: true
  readonly allowRetired?: true
  readonly rehearse?: true
  readonly plain?: true
  readonly tonight?: true
  readonly window?: NightPlan
  readonly name?: string
  readonly project?: string
  readonly sheet?: string
  readonly again?: true
  readonly yes?: true
}

/** Adds the options of `plan` and `run`. Values for rows are checked by planning, like cells. */
export function addBatchOptions(command: Command): Command {
  return command
    .option('--provider <id>', 'provider of rows that name none')
    .option('--model <id>', 'model of rows that name none')
    .option('--takes <n>', 'takes of each prompt')
    .option('--duration <seconds>', 'length of each clip')
    .option('--size <WxH|W:H>', 'pixels, or a ratio')
    .option('--resolution <name>', 'a tier such as 720p')
    .option('--seed <n>', 'seed of the first prompt and take of each row')
    .option('--expand <how>', 'product, pairs or random:N', value(readExpand), PRODUCT)
    .option(
      '--prefer <order>',
      'way to a model without a provider: price, speed or PROVIDER,PROVIDER',
      routeOrder,
    )
    .option('--max <n>', 'most jobs from one row (10000)', wholeNumber)
    .option('--concurrency <n>', 'most jobs at once', wholeNumber)
    .option('--budget <amount>', "most money, in the provider's currency", value(readAmount))
    .option('--allow-unpriced', 'run jobs without a known price in spite of a budget')
    .option('--allow-retired', 'models that their makers ended, too')
    .option('--rehearse', 'render everything with the free rehearsal instead')
    .option('--plain', 'prompts are not templates')
    .option('--tonight', 'obey the night windows')
    .option('--window <from-to>', 'the night window of this run, such as 23:00-07:00', nightWindow)
    .option('--name <text>', 'name of the batch')
    .option('--project <name>', 'project of the batch: its folder and its cap hold')
    .option('--sheet <name>', 'sheet of an XLSX workbook')
    .option('--again', 'run a file whose batch is still unfinished')
    .option('--yes', 'accept warnings and totals without asking')
}

/** Of `run` and `resume`. */
export const FALL_OVER = [
  '--fall-over',
  'where a provider is held, go the next way to the model (rows without a provider)',
] as const

const PRODUCT: Expand = { kind: 'product' }

const value =
  <T>(read: (text: string) => Result<T, CellFault>) =>
  (text: string): T => {
    const result = read(text.trim())
    if (result.ok) return result.value
    throw new InvalidArgumentError(`${result.error.message} ${result.error.mend}`)
  }

/** For `--window`, in place of the windows that were set in the app. */
export function nightWindow(text: string): NightPlan {
  const plan = readDailyPlan(text)
  if (plan.ok) return plan.value
  throw new InvalidArgumentError(plan.error)
}

/** For `--prefer`, in place of what was set in the app. */
export function routeOrder(text: string): RoutePreference {
  const providers = text.split(',').map((part) => part.trim().toLowerCase())
  const [by] = providers
  if (providers.length === 1 && (by === 'price' || by === 'speed')) return { by, providers: [] }
  const read = routePreferenceSchema.safeParse({ by: 'listed', providers })
  if (read.success) return read.data
  throw new InvalidArgumentError(
    'Write price, speed, or providers with commas, such as fal,replicate.',
  )
}

/** From 1. */
export function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text.trim())) return Number(text)
  throw new InvalidArgumentError('Write a whole number from 1.')
}

/** What planning gets of the command line. */
export function planRequest(path: string, options: BatchCommandOptions): PlanFileRequest {
  const { provider, model, takes, duration, size, resolution, seed } = options
  const cells = { provider, model, takes, duration, size, resolution, seed }
  const given = Object.entries(cells).flatMap(([name, cell]) =>
    cell === undefined || cell.trim() === '' ? [] : [[name, cell.trim()] as const],
  )
  return {
    path,
    sheet: options.sheet,
    options: {
      defaults: Object.fromEntries(given),
      expand: options.expand,
      plain: options.plain === true,
      rehearse: options.rehearse === true,
      allowRetired: options.allowRetired === true,
      prefer: options.prefer,
      maxJobsPerRow: options.max ?? null,
    },
    batch: {
      name: options.name ?? null,
      project: options.project?.trim() ? options.project.trim() : null,
      budgetMicros: options.budget ?? null,
      allowUnpriced: options.allowUnpriced === true,
      tonight: options.tonight === true || options.window !== undefined,
      concurrency: options.concurrency ?? null,
      outDir: options.out === undefined ? null : resolve(options.out),
    },
  }
}
