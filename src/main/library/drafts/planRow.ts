import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { Draft, DraftRow, FrameRef } from '../../../shared/domain/draft.ts'
import type { DraftProblem } from '../../../shared/domain/draftCheck.ts'
import type { Problem } from '../../../shared/domain/errors.ts'
import type { FrameId } from '../../../shared/domain/ids.ts'
import type { PlannedJob } from '../../../shared/domain/job.ts'
import type { FrameView } from '../../../shared/domain/referenceFrame.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import type { Catalogue } from '../catalogue.ts'
import type { FrameLibrary } from '../frameLibrary.ts'
import type { FrameFault, FrameFile, FrameStore } from '../frameStore.ts'
import { planJobs } from '../planning/planJobs.ts'
import { defaultCells, gridColumn, isBlank, rowTable } from './draftTable.ts'
import { sumRow, type RowSummary } from './draftTotals.ts'

export interface PlanRowTools {
  readonly catalogue: Catalogue
  readonly frames: FrameLibrary
  readonly frameStore: Pick<FrameStore, 'pathOf'>
  /** The library's lists, for `__name__`. */
  readonly lists: () => Readonly<Record<string, readonly string[]>>
}

export interface PlanRowInput {
  readonly draft: Draft
  readonly row: DraftRow
  /** As the grid shows it; seeds that nobody chose depend on it. */
  readonly number: number
  readonly rehearse: boolean
}

/** The jobs of one row, by the same planning as a batch file's. A blank row has none. */
export async function planRow(
  tools: PlanRowTools,
  { draft, row, number, rehearse }: PlanRowInput,
): Promise<Result<readonly PlannedJob[], readonly DraftProblem[]>> {
  if (isBlank(row)) return ok([])
  const pictures = picturesOf(tools, row)
  const table = rowTable({
    row,
    number,
    defaultModels: draft.defaults.models,
    lists: tools.lists(),
    frameCell: (ref) => pictures.pathOf.get(ref) ?? null,
  })
  const planned = await planJobs({
    table,
    hasHeader: false,
    // Every picture of a draft has an absolute path.
    folder: '/',
    contentSha256: createHash('sha256').update(JSON.stringify(table)).digest('hex'),
    options: {
      defaults: defaultCells(draft.defaults),
      expand: draft.options.expand,
      plain: row.plain,
      rehearse,
      maxJobsPerRow: null,
    },
    catalogue: tools.catalogue,
    describeFrame: (path) => Promise.resolve(pictures.describe(path)),
  })
  if (planned.ok) return ok(planned.value.jobs)
  return err(planned.error.map((problem) => draftProblem(problem, row)))
}

/** The library knows what its pictures are; none is read again to plan with it. */
function picturesOf({ frames, frameStore }: PlanRowTools, row: DraftRow) {
  const refs = [row.firstFrame, row.lastFrame, ...row.references]
  const ids = refs.filter((ref): ref is FrameId => ref?.startsWith('frame_') === true)
  const views = ids.length === 0 ? [] : frames.get(ids)
  const byPath = new Map(views.map((view) => [frameStore.pathOf(view), view]))
  const pathOf = new Map<FrameRef, string>([...byPath].map(([path, { id }]) => [id, path]))
  const describe = (path: string): Result<FrameFile, FrameFault> => {
    const view = byPath.get(path)
    return view !== undefined && existsSync(path) ? ok(fileOf(view)) : err(GONE)
  }
  return { pathOf, describe }
}

const fileOf = ({ sha256, contentType, bytes, width, height, name }: FrameView): FrameFile => ({
  sha256,
  contentType,
  bytes,
  width,
  height,
  name,
})

const GONE: FrameFault = {
  code: 'missingFrame',
  message: 'The picture is no longer in the data folder.',
  mend: 'Choose another frame, or clear the cell.',
}

/** What the command line's own words would say wrong here. */
const MENDS: Readonly<Record<string, string>> = {
  tooManyJobs: 'Take fewer values or takes, or draw some at random.',
  noModel: 'Choose a model for the row, or one for the whole draft.',
}

function draftProblem({ code, column, message, mend }: Problem, row: DraftRow): DraftProblem {
  const isDefault = column?.startsWith('--') === true
  return {
    rowId: isDefault ? null : row.id,
    column: gridColumn(column, row),
    code,
    // Paths of the frame store tell a person nothing.
    message: code === 'missingFrame' ? GONE.message : message,
    mend: MENDS[code] ?? mend,
  }
}

/** What a row comes to, small enough to be kept. Nothing in it depends on the row's number. */
export function summarise(
  row: DraftRow,
  planned: Result<readonly PlannedJob[], readonly DraftProblem[]>,
  catalogue: Catalogue,
): RowSummary {
  const jobs = planned.ok ? planned.value : []
  const problems = planned.ok ? [] : planned.error
  const { id: _id, position: _position, ...cells } = row
  const paths = jobs.map(({ route, estimate }) => [route, estimate?.micros, estimate?.currency])
  const confirmed = JSON.stringify([cells, paths, problems.map(({ code }) => code)])
  return {
    ...sumRow({ row, jobs, problems, catalogue }),
    isBlank: isBlank(row),
    fingerprint: createHash('sha256').update(confirmed).digest('hex'),
  }
}
