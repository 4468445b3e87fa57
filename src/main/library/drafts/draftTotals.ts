import type { DraftRow } from '../../../shared/domain/draft.ts'
import type {
  DraftCheck,
  DraftProblem,
  ModelTotal,
  RowCheck,
  WarningGroup,
} from '../../../shared/domain/draftCheck.ts'
import type { ProviderId } from '../../../shared/domain/ids.ts'
import type { PlannedJob } from '../../../shared/domain/job.ts'
import { sumMoneys } from '../../../shared/domain/money.ts'
import type { Warning } from '../../../shared/domain/model.ts'
import type { Catalogue } from '../catalogue.ts'
import { totalsOf } from '../planning/totals.ts'

/** What totals need of a row; small enough to be kept for every row of a draft. */
export interface RowSummary {
  readonly check: RowCheck
  readonly isBlank: boolean
  readonly models: readonly ModelTotal[]
  readonly warnings: readonly WarningGroup[]
  /** Bytes of all its takes, as far as it can be told. */
  readonly neededBytes: number
  /** Rendering time per provider; null when it is not known for some job. */
  readonly renderSeconds: Readonly<Record<ProviderId, number>> | null
  /** Changes when anything changes that a person confirmed. */
  readonly fingerprint: string
}

/** For a model whose clips nobody has measured: a 1080p clip of a busy scene. */
const USUAL_BYTES_PER_SECOND = 1_000_000
/** As many as rows that a person may still mend one by one; each is a short line to the page. */
const MOST_PROBLEMS = 10_000
const MOST_GROUPS = 1000
const MOST_ROWS = 50

export interface RowOutcome {
  readonly row: DraftRow
  readonly jobs: readonly PlannedJob[]
  readonly problems: readonly DraftProblem[]
  readonly catalogue: Catalogue
}

export function sumRow({
  row,
  jobs,
  problems,
  catalogue,
}: RowOutcome): Omit<RowSummary, 'isBlank' | 'fingerprint'> {
  const { models, estimate, unpricedJobs } = totalsOf(jobs)
  const groups = groupWarnings(row, jobs)
  const warnings = groups.map(({ warning }) => warning)
  let neededBytes = 0
  let isTimed = true
  const seconds: Record<ProviderId, number> = {}
  for (const { route, provider, request } of jobs) {
    const known = catalogue.route(route)
    neededBytes +=
      request.expect.durationSeconds * (known?.bytesPerSecond ?? USUAL_BYTES_PER_SECOND)
    if (known?.typicalRenderSeconds === undefined) isTimed = false
    else seconds[provider] = (seconds[provider] ?? 0) + known.typicalRenderSeconds
  }
  return {
    check: {
      rowId: row.id,
      jobs: jobs.length,
      providers: [...new Set(jobs.map(({ provider }) => provider))],
      estimate,
      unpricedJobs,
      problems,
      warnings,
    },
    models,
    warnings: groups.map(({ group }) => group),
    neededBytes: Math.ceil(neededBytes),
    renderSeconds: isTimed ? seconds : null,
  }
}

function groupWarnings(row: DraftRow, jobs: readonly PlannedJob[]) {
  const groups = new Map<string, { warning: Warning; group: WarningGroup }>()
  for (const { model, modelName, warnings } of jobs) {
    for (const warning of warnings) {
      const { field, behaviour, message } = warning
      const key = `${model} ${field} ${message}`
      const known = groups.get(key)?.group
      const about = { field, behaviour, model, modelName, message, rowIds: [row.id] }
      groups.set(key, { warning, group: { ...about, jobs: (known?.jobs ?? 0) + 1 } })
    }
  }
  return [...groups.values()]
}

type Sums = Omit<DraftCheck, 'draftId' | 'revision' | 'digest' | 'disk'>

/** Adds the rows up to what the whole draft comes to. */
export function addUp(
  summaries: readonly RowSummary[],
  { slots }: { readonly slots: (provider: ProviderId) => number },
): { readonly check: Sums; readonly neededBytes: number | null } {
  const totals = addModels(summaries.flatMap(({ models }) => models))
  const groups = addWarnings(summaries.flatMap(({ warnings }) => warnings))
  const problems = unique(summaries.flatMap(({ check }) => check.problems))
  const jobs = sum(summaries.map(({ check }) => check.jobs))
  const check: Sums = {
    rows: summaries.filter(({ isBlank }) => !isBlank).length,
    jobs,
    estimate: sumMoneys(totals.flatMap(({ estimate }) => estimate)),
    unpricedJobs: sum(totals.map(({ unpricedJobs }) => unpricedJobs)),
    totals,
    problems: problems.slice(0, MOST_PROBLEMS),
    problemCount: problems.length,
    warnings: groups.slice(0, MOST_GROUPS),
    warningCount: groups.length,
    expectedMs: jobs === 0 ? null : expectedMs(summaries, slots),
  }
  const neededBytes = jobs === 0 ? null : sum(summaries.map((summary) => summary.neededBytes))
  return { check, neededBytes }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** What is wrong with the draft's own defaults is found by every row, and said once. */
function unique(problems: readonly DraftProblem[]): readonly DraftProblem[] {
  const told = new Set<string>()
  return problems.filter((problem) => {
    if (problem.rowId !== null) return true
    const key = `${problem.column} ${problem.code} ${problem.message}`
    const isNew = !told.has(key)
    told.add(key)
    return isNew
  })
}

function addModels(models: readonly ModelTotal[]): readonly ModelTotal[] {
  const added = new Map<string, ModelTotal>()
  for (const model of models) {
    const key = `${model.provider} ${model.model}`
    const before = added.get(key)
    added.set(key, before === undefined ? model : addModel(before, model))
  }
  return [...added.values()].toSorted((a, b) => b.jobs - a.jobs)
}

const addModel = (a: ModelTotal, b: ModelTotal): ModelTotal => ({
  ...a,
  jobs: a.jobs + b.jobs,
  unpricedJobs: a.unpricedJobs + b.unpricedJobs,
  estimate: sumMoneys([...a.estimate, ...b.estimate]),
})

function addWarnings(groups: readonly WarningGroup[]): readonly WarningGroup[] {
  const added = new Map<string, { group: WarningGroup; rowIds: DraftRow['id'][]; jobs: number }>()
  for (const group of groups) {
    const key = `${group.model} ${group.field} ${group.message}`
    const before = added.get(key) ?? { group, rowIds: [], jobs: 0 }
    added.set(key, before)
    before.jobs += group.jobs
    if (before.rowIds.length < MOST_ROWS) before.rowIds.push(...group.rowIds)
  }
  return [...added.values()]
    .map(({ group, rowIds, jobs }) => ({ ...group, rowIds, jobs }))
    .toSorted((a, b) => b.jobs - a.jobs)
}

/** The lane that takes longest decides; null when a render time is not known. */
function expectedMs(
  summaries: readonly RowSummary[],
  slots: (provider: ProviderId) => number,
): number | null {
  const seconds = new Map<ProviderId, number>()
  for (const { renderSeconds } of summaries) {
    if (renderSeconds === null) return null
    for (const [provider, more] of Object.entries(renderSeconds)) {
      seconds.set(provider, (seconds.get(provider) ?? 0) + more)
    }
  }
  const lanes = [...seconds].map(([provider, total]) => total / Math.max(1, slots(provider)))
  return Math.round(Math.max(0, ...lanes) * 1000)
}
