import { createHash } from 'node:crypto'
import type { BatchPlan } from '../../../shared/domain/batch.ts'
import type { Draft, DraftId, DraftRow, DraftRowId } from '../../../shared/domain/draft.ts'
import type {
  DraftCheck,
  RowCheck,
  TemplatePreview,
  WirePreview,
} from '../../../shared/domain/draftCheck.ts'
import type { PlannedJob } from '../../../shared/domain/job.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { inPortions, rowsPerTurn } from '../../../shared/domain/rowsPerTurn.ts'
import type { Catalogue } from '../catalogue.ts'
import type { DraftStore, RowStamp } from '../draftStore.ts'
import { addUp, type RowSummary } from './draftTotals.ts'
import { planDraftRows, summarise, type PlanRowTools } from './planDraftRows.ts'
import { templatePreview, type PreviewWish } from './templatePreview.ts'
import { wirePreviews } from './wirePreview.ts'

export type RunHow = 'rehearse' | 'now' | 'tonight'

export interface DraftPlansOptions extends PlanRowTools {
  readonly catalogue: Catalogue
  readonly drafts: DraftStore
  readonly providerName: (id: string) => string
  /** Jobs of a provider at once. */
  readonly slots: (provider: string) => number
  readonly freeBytes: () => Promise<number | null>
  /** Null: the media folder of the data folder. */
  readonly outDir: () => string | null
}

/** Why a draft cannot be run as it is. */
export interface RunRefusal {
  readonly code: 'NOT_FOUND' | 'DRAFT_HAS_PROBLEMS'
  readonly message: string
}

/** From the rows of a draft to what would be sent; the same path as a batch file's. */
export interface DraftPlans {
  /** Rows that did not change since the last check cost next to nothing. Null: there is no such draft. */
  check(id: DraftId): Promise<DraftCheck | null>
  /** Unknown rows are left out. */
  checkRows(id: DraftId, rowIds: readonly DraftRowId[]): Promise<readonly RowCheck[]>
  /** For a row as it stands on screen. */
  wire(id: DraftId, row: DraftRow): Promise<readonly WirePreview[]>
  /** What the template of a row makes, as it stands on screen. Null: there is no such draft. */
  preview(id: DraftId, wish: Omit<PreviewWish, 'draft'>): Promise<TemplatePreview | null>
  /** The whole draft as a batch, with the digest that `check` gave for the same state. */
  plan(id: DraftId, how: RunHow): Promise<Result<DraftPlan, RunRefusal>>
}
export interface DraftPlan {
  readonly plan: BatchPlan
  readonly digest: string
}

export function createDraftPlans(options: DraftPlansOptions): DraftPlans {
  const { drafts } = options
  const memo = new Map<DraftId, Memo>()
  const checkNow = async (id: DraftId): Promise<DraftCheck | null> => {
    const draft = drafts.get(id)
    if (draft === null) return null
    const { summaries, digest } = await summaryOf(options, memo, draft)
    const totals = addUp(summaries, options)
    const freeBytes = await options.freeBytes()
    const disk = { neededBytes: totals.neededBytes, freeBytes }
    return { draftId: id, revision: draft.revision, digest, ...totals.check, disk }
  }
  let checking: Promise<unknown> = Promise.resolve()
  return {
    check(id) {
      // One after the other: the second finds what the first has worked out.
      const check = checking.then(() => checkNow(id))
      checking = check.catch(() => undefined)
      return check
    },
    async checkRows(id, rowIds) {
      const draft = drafts.get(id)
      if (draft === null) return []
      const rows = drafts.rowsById(id, rowIds)
      return (await summarised(options, draft, rows)).map(({ check }) => check)
    },
    async wire(id, row) {
      const draft = drafts.get(id)
      if (draft === null) return []
      const rows = [{ row, number: 1 }]
      const [planned] = await planDraftRows(options, { draft, rows, rehearse: false })
      return planned?.ok === true ? wirePreviews(planned.value, options) : []
    },
    async preview(id, wish) {
      const draft = drafts.get(id)
      return draft === null ? null : templatePreview(options, { ...wish, draft })
    },
    plan: (id, how) => planDraft(options, id, how),
  }
}

/** Summaries by row, valid as long as nothing that they rest on changes. */
interface Memo {
  readonly basis: string
  readonly rows: Map<DraftRowId, { readonly revision: number; readonly summary: RowSummary }>
}

/** What rows come to, in their order; their numbers do not matter to it. */
async function summarised(
  options: DraftPlansOptions,
  draft: Draft,
  rows: readonly DraftRow[],
): Promise<readonly RowSummary[]> {
  const numbered = rows.map((row, index) => ({ row, number: index + 1 }))
  const planned = await planDraftRows(options, { draft, rows: numbered, rehearse: false })
  return rows.map((row, index) => summarise(row, planned[index] ?? ok([]), options.catalogue))
}

async function summaryOf(
  options: DraftPlansOptions,
  memo: Map<DraftId, Memo>,
  draft: Draft,
): Promise<{ summaries: readonly RowSummary[]; digest: string }> {
  const { drafts } = options
  const stamps = drafts.stamps(draft.id)
  const basis = JSON.stringify([
    options.catalogue.revision,
    draft.defaults,
    draft.options.expand,
    options.lists(),
  ])
  const old = memo.get(draft.id)
  const known: Memo = old?.basis === basis ? old : { basis, rows: new Map() }
  const isStale = ({ id, revision }: RowStamp): boolean => known.rows.get(id)?.revision !== revision
  const stale = stamps.filter(isStale)
  for (const some of inTurns(stale, draft)) {
    const revisions = new Map(some.map(({ id, revision }) => [id, revision]))
    const rows = drafts.rowsById(draft.id, [...revisions.keys()])
    for (const summary of await summarised(options, draft, rows)) {
      const { rowId } = summary.check
      known.rows.set(rowId, { revision: revisions.get(rowId) ?? 0, summary })
    }
    await othersTurn()
  }
  const present = new Set(stamps.map(({ id }) => id))
  for (const id of known.rows.keys()) if (!present.has(id)) known.rows.delete(id)
  memo.set(draft.id, known)
  const summaries = stamps.flatMap(({ id }) => known.rows.get(id)?.summary ?? [])
  return { summaries, digest: digestOf(draft, summaries) }
}

/** Of everything that decides what is sent and what it costs, in the order in which it is sent. */
function digestOf({ options }: Draft, summaries: readonly RowSummary[]): string {
  const hash = createHash('sha256').update(JSON.stringify([1, options]))
  for (const { fingerprint } of summaries) hash.update(fingerprint)
  return hash.digest('hex')
}

/** Rows that are planned before other work of the process has its turn: about 15 ms of it. */
const inTurns = <T>(all: readonly T[], { variables }: Draft): readonly (readonly T[])[] =>
  inPortions(all, Math.ceil(rowsPerTurn(variables.length) / 2))

/** Lets other work in between, so that a check of 10,000 rows blocks nobody. */
const othersTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

async function planDraft(
  options: DraftPlansOptions,
  id: DraftId,
  how: RunHow,
): Promise<Result<DraftPlan, RunRefusal>> {
  const draft = options.drafts.get(id)
  if (draft === null)
    return err({ code: 'NOT_FOUND', message: 'This draft is not there any more.' })
  const rehearse = how === 'rehearse'
  const jobs: PlannedJob[] = []
  const summaries: RowSummary[] = []
  const numbered = options.drafts.stamps(id).map((stamp, at) => ({ id: stamp.id, number: at + 1 }))
  for (const some of inTurns(numbered, draft)) {
    const ids = some.map((one) => one.id)
    const read = new Map(options.drafts.rowsById(id, ids).map((row) => [row.id, row]))
    const rows = some.flatMap(({ number, ...one }) => {
      const row = read.get(one.id)
      return row === undefined ? [] : [{ row, number }]
    })
    for (const [at, planned] of (
      await planDraftRows(options, { draft, rows, rehearse })
    ).entries()) {
      const row = rows[at]?.row
      if (row !== undefined) summaries.push(summarise(row, planned, options.catalogue))
      if (planned.ok) for (const job of planned.value) jobs.push(job)
    }
    await othersTurn()
  }
  const problems = summaries.flatMap(({ check }) => check.problems)
  if (problems.length > 0 || jobs.length === 0) return err(notReady(problems.length))
  const digest = digestOf(draft, summaries)
  return ok({ plan: batchPlan({ draft, how, digest, jobs, outDir: options.outDir() }), digest })
}

function notReady(problems: number): RunRefusal {
  const message =
    problems === 0
      ? 'There is nothing to run: write a prompt first.'
      : `${problems === 1 ? 'One problem keeps' : `${problems} problems keep`} the draft from running. The problems panel names each with its mend.`
  return { code: 'DRAFT_HAS_PROBLEMS', message }
}

interface BatchPlanInput {
  readonly draft: Draft
  readonly how: RunHow
  readonly digest: string
  readonly jobs: readonly PlannedJob[]
  readonly outDir: string | null
}

function batchPlan({ draft, how, digest, jobs, outDir }: BatchPlanInput): BatchPlan {
  const { project, cap, allowUnpriced, concurrency } = draft.options
  return {
    name: how === 'rehearse' ? `${draft.name} (rehearsal)` : draft.name,
    digest: `${draft.id} ${how === 'rehearse' ? 'rehearse' : 'run'} ${digest}`,
    source: 'draft',
    project,
    cap: how === 'rehearse' ? null : cap,
    allowUnpriced,
    tonight: how === 'tonight',
    concurrency,
    outDir,
    jobs,
  }
}
