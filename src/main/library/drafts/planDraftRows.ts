import { groupBy } from '../../../shared/domain/groupBy.ts'
import { hash } from 'node:crypto'
import { existsSync } from 'node:fs'
import {
  isBlank,
  isLibraryFrame,
  lostFrameOf,
  MAX_ADDRESS,
  type Draft,
  type DraftRow,
  type FrameRef,
} from '../../../shared/domain/draft.ts'
import type { DraftProblem } from '../../../shared/domain/draftCheck.ts'
import type { Problem } from '../../../shared/domain/errors.ts'
import type { PlannedJob } from '../../../shared/domain/job.ts'
import type { FrameView } from '../../../shared/domain/referenceFrame.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import type { Catalogue } from '../catalogue.ts'
import type { FrameLibrary } from '../frameLibrary.ts'
import type { FrameFault, FrameFile, FrameStore } from '../frameStore.ts'
import { planRows } from '../planning/planJobs.ts'
import { defaultCells, gridColumn, rowTable, type NumberedRow } from './draftTable.ts'
import { sumRow, type RowSummary } from './draftTotals.ts'

export interface PlanRowTools {
  readonly catalogue: Catalogue
  readonly frames: FrameLibrary
  readonly frameStore: Pick<FrameStore, 'pathOf'>
  /** The library's lists, for `__name__`. */
  readonly lists: () => Readonly<Record<string, readonly string[]>>
}

export interface PlanRowsInput {
  readonly draft: Draft
  readonly rows: readonly NumberedRow[]
  readonly rehearse: boolean
}

/** The jobs of a row, or what keeps it from having any. */
export type PlannedRow = Result<readonly PlannedJob[], readonly DraftProblem[]>

/**
 * The jobs of some rows, by the same planning as a batch file's; in the order of the rows. A blank row
 * has none. Draws and seeds go by the row itself, so that it comes to the same beside any others.
 */
export async function planDraftRows(
  tools: PlanRowTools,
  input: PlanRowsInput,
): Promise<readonly PlannedRow[]> {
  const used = input.rows.filter(({ row }) => !isBlank(row))
  const planned = new Map([
    ...(await planAlike(tools, { ...input, rows: used.filter(({ row }) => row.plain) })),
    ...(await planAlike(tools, { ...input, rows: used.filter(({ row }) => !row.plain) })),
  ])
  return input.rows.map(({ number }) => planned.get(number) ?? NO_JOBS)
}

const NO_JOBS: PlannedRow = ok([])

/** Rows that are all plain text, or all templates; by number. */
async function planAlike(
  tools: PlanRowTools,
  { draft, rows, rehearse }: PlanRowsInput,
): Promise<ReadonlyMap<number, PlannedRow>> {
  const [first] = rows
  if (first === undefined) return new Map()
  const pictures = picturesOf(tools, rows)
  const byNumber = new Map(rows.map(({ row, number }) => [number, row]))
  const planned = await planRows({
    table: rowTable({
      rows,
      variables: draft.variables,
      defaultModels: draft.defaults.models,
      lists: tools.lists(),
      frameCell: (ref) => pictures.pathOf.get(ref) ?? null,
    }),
    columnsFollow: true,
    // Every picture of a draft has an absolute path.
    folder: '/',
    contentSha256: draft.id,
    options: {
      defaults: defaultCells(draft.defaults),
      expand: draft.options.expand,
      plain: first.row.plain,
      rehearse,
      maxJobsPerRow: null,
    },
    catalogue: tools.catalogue,
    describeFrame: (path) => Promise.resolve(pictures.describe(path)),
    keyOf: (number) => byNumber.get(number)?.id ?? '',
  })
  const jobs = groupBy(planned.jobs, ({ row }) => row)
  const own = groupBy(planned.problems, ({ row }) => row)
  const shared = own.get(null) ?? []
  return new Map(
    rows.map(({ row, number }): [number, PlannedRow] => {
      const found = [...shared, ...(own.get(number) ?? [])]
      if (found.length === 0) return [number, ok(jobs.get(number) ?? [])]
      return [number, err(found.map((problem) => draftProblem(problem, row)))]
    }),
  )
}

/** The library knows what its pictures are; none is read again to plan with it. */
function picturesOf({ frames, frameStore }: PlanRowTools, rows: readonly NumberedRow[]) {
  const refs = rows.flatMap(({ row }) => [row.firstFrame, row.lastFrame, ...row.references])
  const ids = [...new Set(refs.filter(isLibraryFrame))]
  const views = ids.length === 0 ? [] : frames.get(ids)
  const byPath = new Map(views.map((view) => [frameStore.pathOf(view), view]))
  const pathOf = new Map<FrameRef, string>([...byPath].map(([path, { id }]) => [id, path]))
  const describe = (path: string): Result<FrameFile, FrameFault> => {
    const lost = lostFrameOf(path.slice(1))
    if (lost !== null) return err(lostFault(lost.code))
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

/** The picture itself was never here: what was wrong with it is all that is known. */
const lostFault = (code: string): FrameFault => ({
  code,
  message: LOST[code] ?? 'This is no picture that can be read.',
  mend: 'Choose another frame, or clear the cell.',
})

const LOST: Readonly<Record<string, string>> = {
  imageMissing: 'This picture was not found.',
  badFrameUrl: `This is no https address, or one of over ${MAX_ADDRESS} characters.`,
}

/** What the command line's own words would say wrong here. */
const MENDS: Readonly<Record<string, string>> = {
  tooManyJobs: 'Take fewer values or takes, or draw some at random.',
  unknownModel: 'Choose a model in the cell, or add a file for it as the settings show.',
  noModel: 'Choose a model for the row, or one for the whole draft.',
}

function draftProblem({ code, column, message, mend }: Problem, row: DraftRow): DraftProblem {
  const isDefault = column?.startsWith('--') === true
  return {
    rowId: isDefault ? null : row.id,
    column: gridColumn(column, row),
    code,
    // Paths of the frame store tell a person nothing.
    message: code === 'missingFrame' ? GONE.message : message.replace(/^lost:[^:]*:/, ''),
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
    fingerprint: hash('sha256', confirmed),
  }
}
