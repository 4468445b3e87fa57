import { basename, dirname, extname, resolve } from 'node:path'
import { byRow, planJobs, type PlannedJobs } from './planJobs.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { readBatchFile, type ReadBatchFile } from '../batchFile/readBatchFile.ts'
import type { BatchTable } from '../batchFile/batchTable.ts'
import type { BatchPlan, Cap } from '../../../shared/domain/batch.ts'
import type { Catalogue } from '../catalogue.ts'
import type { FrameFile, FrameStore } from '../frameStore.ts'
import type { Money } from '../../../shared/domain/money.ts'
import type { PlanOptions } from './planOptions.ts'
import type { Problem } from '../../../shared/domain/errors.ts'
import type { Totals } from './totals.ts'

export interface PlanFileRequest {
  readonly path: string
  /** Of an XLSX workbook; the first where none is named. */
  readonly sheet?: string | undefined
  readonly options: PlanOptions
  readonly batch: BatchOptions
}

/** What holds for the batch as a whole and changes none of its requests. */
export interface BatchOptions extends Pick<
  BatchPlan,
  'project' | 'allowUnpriced' | 'tonight' | 'concurrency' | 'outDir'
> {
  /** Null: the file's own name, else the name of the file. */
  readonly name: string | null
  /** A cap in millionths of the currency that the jobs cost. */
  readonly budgetMicros: number | null
}

export interface PlanTools {
  /** Lists of the library, for `__name__`; those of the file count before them. */
  readonly lists?: BatchTable['lists'] | undefined
  readonly catalogue: Catalogue
  readonly frames: Pick<FrameStore, 'describe' | 'keep'>
}

/** A batch file as it would be admitted. Nothing exists yet. */
export interface FilePlan extends Totals {
  readonly plan: BatchPlan
  /** What a person should know of the file and can do nothing wrong about. */
  readonly notes: readonly string[]
  /** Copies the pictures into the frame store: call it before the plan is admitted. */
  keepFrames(): Promise<Result<void, readonly Problem[]>>
}

/** Reads a batch file and plans it; every problem of its form and of its cells comes together. */
export async function planFile(
  request: PlanFileRequest,
  tools: PlanTools,
): Promise<Result<FilePlan, readonly Problem[]>> {
  const { path, sheet, options } = request
  const unknown = unknownInOrder(options, tools.catalogue)
  if (unknown !== undefined) return err([unknown])
  const file = await readBatchFile({ path, sheet, plain: options.plain })
  if (file.table === null) return err(file.problems)
  const planned = await planJobs({
    table: { ...file.table, lists: { ...tools.lists, ...file.table.lists } },
    folder: dirname(resolve(path)),
    contentSha256: `${file.sha256} ${sheet ?? ''}`,
    options,
    catalogue: tools.catalogue,
    describeFrame: tools.frames.describe,
  })
  const found = planned.ok ? file.problems : [...file.problems, ...planned.error]
  if (!planned.ok || found.length > 0) return err(byRow(found))
  const cap = capOf(request.batch.budgetMicros, planned.value.estimate)
  if (!cap.ok) return err([cap.error])
  return ok(filePlan({ request, file, cap: cap.value, jobs: planned.value, tools }))
}

/** A slip in `--prefer` would be an order that nobody asked for. */
function unknownInOrder({ prefer }: PlanOptions, { models }: Catalogue): Problem | undefined {
  const known = new Set(models.flatMap(({ routes }) => routes.map(({ provider }) => provider)))
  const wrong = prefer?.providers.find((provider) => !known.has(provider))
  if (wrong === undefined) return undefined
  return {
    row: null,
    column: '--prefer',
    code: 'unknownProvider',
    message: `No model of the catalogue runs on "${wrong}".`,
    mend: `Use price, speed, or some of ${[...known].toSorted().join(', ')}.`,
  }
}

interface Parts {
  readonly request: PlanFileRequest
  readonly file: ReadBatchFile
  readonly cap: Cap | null
  readonly jobs: PlannedJobs
  readonly tools: PlanTools
}

function filePlan({ request, file, cap, jobs, tools }: Parts): FilePlan {
  const { path, batch } = request
  const { budgetMicros: _budget, name, ...rest } = batch
  const plan: BatchPlan = {
    ...rest,
    name: name ?? file.table?.name ?? basename(path, extname(path)),
    digest: jobs.digest,
    source: resolve(path),
    cap,
    jobs: jobs.jobs,
  }
  return {
    plan,
    models: jobs.models,
    warnings: jobs.warnings,
    estimate: jobs.estimate,
    unpricedJobs: jobs.unpricedJobs,
    notes: notesOf(file, plan, jobs),
    keepFrames: () => keepFrames(jobs.frames, tools.frames),
  }
}

/** A budget is in the currency of the jobs; one cap cannot hold two. */
function capOf(micros: number | null, estimate: readonly Money[]): Result<Cap | null, Problem> {
  if (micros === null) return ok(null)
  const currencies = estimate.filter((money) => money.micros > 0).map(({ currency }) => currency)
  if (currencies.length < 2) return ok({ micros, currency: currencies[0] ?? 'USD' })
  return err({
    row: null,
    column: '--budget',
    code: 'mixedCurrencies',
    message: `The batch costs ${currencies.join(' and ')}; a budget holds one currency.`,
    mend: 'Split the batch by provider, or leave the budget out.',
  })
}

function notesOf(file: ReadBatchFile, plan: BatchPlan, jobs: PlannedJobs): readonly string[] {
  const latin =
    file.encoding === 'Latin-1'
      ? ['The file is not UTF-8 and was read as Latin-1; check its accents in the prompts.']
      : []
  const isHeld = plan.cap !== null && !plan.allowUnpriced && jobs.unpricedJobs > 0
  const unpriced = isHeld
    ? [
        `${jobs.unpricedJobs} jobs have no known price, so the budget holds them back. ` +
          'Allow them with --allow-unpriced.',
      ]
    : []
  return [...latin, ...unpriced]
}

async function keepFrames(
  frames: ReadonlyMap<string, FrameFile>,
  store: Pick<FrameStore, 'keep'>,
): Promise<Result<void, readonly Problem[]>> {
  const problems: Problem[] = []
  for (const [path, file] of frames) {
    const kept = await store.keep(path, file)
    if (kept.ok) continue
    const { code, message, mend } = kept.error
    problems.push({ row: null, column: null, code, message: `${path}: ${message}`, mend })
  }
  return problems.length === 0 ? ok(undefined) : err(problems)
}
