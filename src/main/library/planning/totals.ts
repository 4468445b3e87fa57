import { groupBy } from '../../../shared/domain/groupBy.ts'
import type { ModelTotal } from '../../../shared/domain/draftCheck.ts'
import { sumMoneys, type Money } from '../../../shared/domain/money.ts'
import type { PlannedJob } from '../../../shared/domain/job.ts'
import type { Warning } from '../../../shared/domain/model.ts'

/** The same change on many jobs, said once. */
export interface WarningTotal {
  readonly warning: Warning
  readonly modelName: string
  readonly jobs: number
  /** The first 20 rows that it is about. */
  readonly rows: readonly number[]
}

export interface Totals {
  readonly models: readonly ModelTotal[]
  readonly warnings: readonly WarningTotal[]
  /** Of the priced jobs, one amount per currency; empty when none has a price. */
  readonly estimate: readonly Money[]
  readonly unpricedJobs: number
}

const MOST_ROWS = 20

/** Adds up what a batch comes to, per model and provider, and groups its warnings. */
export function totalsOf(jobs: readonly PlannedJob[]): Totals {
  const warnings = new Map<string, WarningTotal & { readonly rows: number[]; jobs: number }>()
  for (const job of jobs) {
    for (const warning of job.warnings) {
      const id = `${modelKey(job)} ${warning.field} ${warning.message}`
      const total = warnings.get(id) ?? { warning, modelName: job.modelName, jobs: 0, rows: [] }
      warnings.set(id, total)
      total.jobs += 1
      if (total.rows.length < MOST_ROWS && total.rows.at(-1) !== job.row) total.rows.push(job.row)
    }
  }
  return {
    models: [...groupBy(jobs, modelKey).values()].flatMap(modelTotal),
    warnings: [...warnings.values()].toSorted((a, b) => b.jobs - a.jobs),
    estimate: sumOf(jobs),
    unpricedJobs: countUnpriced(jobs),
  }
}

const modelKey = ({ provider, model }: PlannedJob): string => `${provider} ${model}`

function modelTotal(jobs: readonly PlannedJob[]): readonly ModelTotal[] {
  const [first] = jobs
  if (first === undefined) return []
  const { provider, model, modelName } = first
  const about = { provider, model, modelName, jobs: jobs.length }
  return [{ ...about, estimate: sumOf(jobs), unpricedJobs: countUnpriced(jobs) }]
}

const countUnpriced = (jobs: readonly PlannedJob[]): number =>
  jobs.filter(({ estimate }) => estimate === null).length

const sumOf = (jobs: readonly PlannedJob[]): readonly Money[] =>
  sumMoneys(jobs.flatMap(({ estimate }) => estimate ?? []))
