import { JOB_STATUSES, type JobStatus } from '../../../shared/domain/job.ts'
import { NO_COUNTS } from '../../../shared/domain/batch.ts'
import type { BatchId } from '../../../shared/domain/ids.ts'
import type { FailureGroup, JobFilter, QueueFacets } from '../../../shared/domain/views.ts'
import { num, READABLE_ERROR, text, textOrNull } from '../jobStore/readers.ts'
import type { SqlDatabase, SqlRow } from '../sqlite.ts'
import { filterConditions } from './jobFilter.ts'
import { allOf, contains } from './like.ts'
import { amongThese, promptMatches } from './promptMatches.ts'

/** Jobs that are alike in all that can be filtered by. */
interface Cell {
  readonly batchId: BatchId
  readonly project: string | null
  readonly status: JobStatus
  readonly provider: string
  readonly model: string
  readonly n: number
}

/** How many jobs each choice of each filter would show, under all other filters. */
export function queueFacets(db: SqlDatabase, filter: JobFilter): QueueFacets {
  const cells = cellsOf(db, filter.text)
  const under = (leftOut: keyof JobFilter | null): readonly Cell[] =>
    cells.filter((cell) =>
      isIn(cell, leftOut === null ? filter : { ...filter, [leftOut]: undefined }),
    )
  return {
    statuses: {
      ...NO_COUNTS,
      ...Object.fromEntries(sums(under('statuses'), ({ status }) => status)),
    },
    batches: sums(under(null), ({ batchId }) => batchId).map(([id, jobs]) => ({
      batchId: id as BatchId,
      jobs,
    })),
    batchChoices: choices(under('batchId'), ({ batchId }) => batchId),
    projects: choices(under('project'), ({ project }) => project ?? ''),
    providers: choices(under('provider'), ({ provider }) => provider),
    models: choices(under('model'), ({ model }) => model),
  }
}

function isIn(cell: Cell, { batchId, statuses, provider, model, project }: JobFilter): boolean {
  return (
    (batchId === undefined || batchId === cell.batchId) &&
    (statuses === undefined || statuses.includes(cell.status)) &&
    (provider === undefined || provider === cell.provider) &&
    (model === undefined || model === cell.model) &&
    (project === undefined || project === cell.project)
  )
}

/** From the counters; a text is looked for in the jobs themselves. */
function cellsOf(db: SqlDatabase, search: string | undefined): readonly Cell[] {
  const matches = promptMatches(db, search)
  const where =
    matches === null ? contains('prompt', search) : amongThese([...matches.values()].flat())
  const by = matches === null ? 'INDEXED BY jobs_page' : 'NOT INDEXED'
  const counted =
    where === null
      ? 'SELECT * FROM job_facets WHERE n > 0'
      : `SELECT batchId, status, provider, model, count(*) AS n FROM jobs ${by} WHERE hidden = 0 AND ${where.sql} GROUP BY 1, 2, 3, 4`
  return db
    .all(
      `SELECT c.*, b.project FROM (${counted}) c JOIN batches b ON b.id = c.batchId`,
      where?.values ?? [],
    )
    .flatMap(cellOf)
}

function cellOf(row: SqlRow): readonly Cell[] {
  const status = JOB_STATUSES.find((known) => known === row['status'])
  if (status === undefined) return []
  return [
    {
      batchId: text(row['batchId']) as BatchId,
      project: textOrNull(row['project']),
      status,
      provider: text(row['provider']),
      model: text(row['model']),
      n: num(row['n']),
    },
  ]
}

function sums(cells: readonly Cell[], keyOf: (cell: Cell) => string): readonly [string, number][] {
  const found = new Map<string, number>()
  for (const cell of cells) found.set(keyOf(cell), (found.get(keyOf(cell)) ?? 0) + cell.n)
  return [...found]
}

/** Most jobs first; without a name of its own it is no choice. */
const choices = (cells: readonly Cell[], keyOf: (cell: Cell) => string): QueueFacets['models'] =>
  sums(cells, keyOf)
    .filter(([key]) => key !== '')
    .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([key, jobs]) => ({ key, jobs }))

const GROUPS_SHOWN = 50

/** Failed jobs that were not retried, by class and cause, the largest group first. */
export function failureGroups(db: SqlDatabase, filter: JobFilter): readonly FailureGroup[] {
  const where = allOf(filterConditions(filter))
  return db
    .all(
      `SELECT CAST(coalesce(${READABLE_ERROR} ->> 'kind', 'unknown') AS TEXT) AS kind,
         CAST(coalesce(${READABLE_ERROR} ->> 'code', '') AS TEXT) AS code,
         CAST(min(${READABLE_ERROR} ->> 'message') AS TEXT) AS message, count(*) AS jobs,
         group_concat(DISTINCT provider) AS providers, group_concat(DISTINCT modelName) AS models
       FROM jobs WHERE status = 'failed' AND hidden = 0 AND retriedBy IS NULL ${where.sql}
       GROUP BY 1, 2 ORDER BY jobs DESC, code LIMIT ${GROUPS_SHOWN}`,
      where.values,
    )
    .map((row) => ({
      kind: text(row['kind']),
      code: text(row['code']),
      message: textOrNull(row['message']) ?? '',
      jobs: num(row['jobs']),
      providers: text(row['providers']).split(','),
      models: text(row['models']).split(','),
    }))
}
