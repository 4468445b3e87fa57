import { counted, moneyList, oneLine } from './terminal/words.ts'
import { problemEvent } from './events.ts'
import type { FilePlan } from '../main/library/planning/planFile.ts'
import type { AskedPrices } from '../shared/domain/priceAsked.ts'
import type { ProviderHere } from '../main/composeCli.ts'
import type { Output } from './terminal/output.ts'
import type { Problem } from '../shared/domain/errors.ts'

/** Every problem, each with its place and its mend. */
export function tellProblems(output: Output, problems: readonly Problem[]): void {
  for (const problem of problems) {
    output.event(problemEvent(problem))
    const place = placeOf(problem)
    output.error(
      `${output.paint('red', place)}${problem.message} ${output.paint('dim', problem.mend)}`,
    )
  }
  output.error(`${counted(problems.length, 'problem')}; nothing was created.`)
}

function placeOf({ row, column }: Problem): string {
  const parts = [row === null ? '' : `row ${row}`, column ?? ''].filter((part) => part !== '')
  return parts.length === 0 ? '' : `${parts.join(', ')}: `
}

const MESSAGE_WIDTH = 160
const MOST_WARNINGS = 20

/** What a batch comes to, before anything exists, and which of its providers lack a key here. */
export function tellTotals(
  output: Output,
  batch: FilePlan,
  providers: readonly ProviderHere[],
): void {
  const { models, warnings, estimate, unpricedJobs, plan } = batch
  output.note(`${plan.name}: ${counted(plan.jobs.length, 'job')}`)
  for (const { modelName, provider, jobs, estimate: cost, unpricedJobs: open } of models) {
    const price = open === jobs ? 'no known price' : moneyList(cost)
    output.note(`  ${modelName} on ${provider}: ${counted(jobs, 'job')}, ${price}`)
  }
  for (const { warning, jobs, rows } of warnings.slice(0, MOST_WARNINGS)) {
    const where = `${counted(jobs, 'job')}, row ${rows.slice(0, 5).join(', ')}${rows.length > 5 ? ' ...' : ''}`
    const text = `${warning.field} ${warning.behaviour}: ${oneLine(warning.message, MESSAGE_WIDTH)}`
    output.note(`  ${output.paint('yellow', 'warning')} ${text} (${where})`)
  }
  if (warnings.length > MOST_WARNINGS) {
    output.note(`  and ${counted(warnings.length - MOST_WARNINGS, 'more warning')}`)
  }
  for (const text of [...batch.notes, ...missingKeys(batch, providers)])
    output.note(`  ${output.paint('yellow', 'note')} ${text}`)
  const open =
    unpricedJobs === 0 ? '' : `, and ${counted(unpricedJobs, 'job')} without a known price`
  const cap = plan.cap === null ? '' : `; budget ${moneyList([{ ...plan.cap, estimated: false }])}`
  output.note(`In all ${moneyList(estimate)}${open}${cap}.`)
}

/** What providers said of prices, beside the catalogue's. */
export function tellPrices(output: Output, { prices, unasked }: AskedPrices): void {
  for (const price of prices) {
    output.event({ event: 'price', ...price })
    const { name, route, durationSeconds, jobs, catalogue, said, trouble } = price
    const what = `${route}, ${durationSeconds} s (${counted(jobs, 'job')})`
    const ours = catalogue === null ? 'no price' : moneyList([catalogue])
    if (said === null) output.error(`${name} gave no price for ${what}: ${trouble ?? 'no answer.'}`)
    else
      output.note(`  ${name} says ${moneyList([said])} for one of ${what}; the catalogue: ${ours}`)
  }
  if (prices.length === 0) output.note('  No provider of this batch can be asked for a price here.')
  if (unasked > 0)
    output.note(`  ${counted(unasked, 'more kind of job', 'more kinds of job')} not asked for.`)
}

/** Money or a changed request is at stake, so a person at the terminal is asked. */
export const needsConsent = ({ warnings, estimate, unpricedJobs }: FilePlan): boolean =>
  warnings.length > 0 || unpricedJobs > 0 || estimate.some(({ micros }) => micros > 0)

function missingKeys({ models }: FilePlan, providers: readonly ProviderHere[]): readonly string[] {
  const used = new Set(models.map(({ provider }) => provider))
  return providers
    .filter(({ id, isReady }) => used.has(id) && !isReady)
    .map(
      ({ name, keyVariable }) =>
        `There is no key for ${name} here: set ${keyVariable ?? 'its variable'}.`,
    )
}
