import { createHash } from 'node:crypto'
import { columnProblems } from './columnProblems.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { JobMaker } from './jobMaker.ts'
import { MAX_JOBS, type PlanOptions } from './planOptions.ts'
import { PromptReader } from './rowPrompts.ts'
import { readRows } from './readRows.ts'
import { RowFrames } from './rowFrames.ts'
import { totalsOf, type Totals } from './totals.ts'
import type { BatchTable } from '../batchFile/batchTable.ts'
import type { Catalogue } from '../catalogue.ts'
import type { FrameFile, FrameStore } from '../frameStore.ts'
import type { PlannedJob } from '../../../shared/domain/job.ts'
import type { Problem } from '../../../shared/domain/errors.ts'

export interface PlanInput {
  readonly table: BatchTable
  /** Columns are made after the prompts, as in a draft: none is a mistake. */
  readonly columnsFollow?: boolean
  /** Relative paths of pictures start here. */
  readonly folder: string
  /** Digest of what was read, e.g. of the file's bytes. */
  readonly contentSha256: string
  readonly options: PlanOptions
  readonly catalogue: Catalogue
  readonly describeFrame: FrameStore['describe']
  /** What random draws and seeds that nobody chose go by; absent: the content and the row's number. */
  readonly keyOf?: ((row: number) => string) | undefined
}

/** Every job of a batch, before anything exists. */
export interface PlannedJobs extends Totals {
  /** Of content and options: the same batch has the same (money rule 17). */
  readonly digest: string
  readonly jobs: readonly PlannedJob[]
  /** Pictures to keep before the jobs are admitted, by absolute path. */
  readonly frames: ReadonlyMap<string, FrameFile>
}

/** What came of every row: the jobs of those that are sound, the problems of the others. */
export interface PlannedRows extends Pick<PlannedJobs, 'digest' | 'jobs' | 'frames'> {
  readonly problems: readonly Problem[]
}

/**
 * From rows to jobs: reads cells, expands prompts, looks at pictures, chooses routes, normalises and
 * prices. All or nothing: one problem anywhere, and the answer is every problem there is.
 */
export async function planJobs(input: PlanInput): Promise<Result<PlannedJobs, readonly Problem[]>> {
  const { problems, ...planned } = await planRows(input)
  if (problems.length > 0) return err(byRow(problems))
  return ok({ ...planned, ...totalsOf(planned.jobs) })
}

/** The same, row by row: a problem keeps its own row from making jobs and no other. */
export async function planRows(input: PlanInput): Promise<PlannedRows> {
  const { table, options, catalogue, keyOf } = input
  const problems: Problem[] = []
  const told = new Set<string>()
  const report = (problem: Problem): void => {
    // Two models of one row may mind the same thing.
    const key = JSON.stringify(problem)
    if (!told.has(key)) problems.push(problem)
    told.add(key)
  }
  const rows = readRows({ table, defaults: options.defaults, report })
  const frames = new RowFrames(input.folder)
  await frames.look(
    rows.flatMap(({ values }) => values.frames),
    input.describeFrame,
  )
  const digest = digestOf(input)
  const prompts = new PromptReader(table, options.plain)
  const maker = new JobMaker({ catalogue, options, prompts, frames, digest, keyOf, report })
  const jobs: PlannedJob[] = []
  const hasPrompts = table.columns.some(({ key }) => key === 'prompt')
  const most = Math.max(MAX_JOBS, options.maxJobsPerRow ?? 0)
  for (const row of hasPrompts ? rows : []) {
    if (jobs.length > most) break
    for (const job of maker.jobsOf(row)) jobs.push(job)
  }
  if (jobs.length > most) report(tooManyJobs(most))
  const { usedVariables } = prompts
  const named = input.columnsFollow === true ? [] : columnProblems({ table, usedVariables })
  for (const problem of named) report(problem)
  return { digest, jobs, frames: frames.files, problems }
}

/** Stays in the order of the sheet; the file as a whole comes first. */
export const byRow = (problems: readonly Problem[]): readonly Problem[] =>
  problems.toSorted((a, b) => (a.row ?? 0) - (b.row ?? 0))

function digestOf({ contentSha256, options }: PlanInput): string {
  const { defaults, expand, plain, rehearse } = options
  const cells = Object.entries(defaults).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const text = JSON.stringify([1, contentSha256, cells, expand, plain, rehearse])
  return createHash('sha256').update(text).digest('hex')
}

const tooManyJobs = (most: number): Problem => ({
  row: null,
  column: null,
  code: 'tooManyJobs',
  message: `The batch comes to more than ${most} jobs.`,
  mend: 'Split the file, or take fewer values or takes.',
})
