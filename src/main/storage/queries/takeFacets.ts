import type { Facet, TakeFacets, TakeFilter } from '../../../shared/domain/views.ts'
import { num, text, textOrNull } from '../jobStore/readers.ts'
import type { SqlDatabase } from '../sqlite.ts'
import { allOf } from './like.ts'
import { conditionsOf } from './takePages.ts'

const MOST = 200

/** Projects, models and tags with how many takes each would show, every one counted over the rest of the filter. */
export function takeFacets(db: SqlDatabase, filter: TakeFilter): TakeFacets {
  const cells = cellsOf(db, filter)
  const { project, model } = filter
  return {
    projects: projectFacets(cells.filter((cell) => model === undefined || cell.model === model)),
    models: modelFacets(
      db,
      cells.filter((cell) => project === undefined || cell.project === project),
    ),
    tags: tagFacets(db, filter),
  }
}

/** Takes of one batch and one model. */
interface Cell {
  readonly project: string | null
  readonly model: string
  readonly n: number
  readonly newest: number
}

/**
 * In one pass, in the order of the index where that holds all that is asked. A text or a tag is read
 * from the takes themselves, and those in the order they lie in: they are sorted afterwards.
 */
function cellsOf(
  db: SqlDatabase,
  { project: _project, model: _model, ...rest }: TakeFilter,
): readonly Cell[] {
  const where = allOf(conditionsOf(db, rest))
  const batch = rest.text === undefined && rest.tag === undefined ? 't.batchId' : '+t.batchId'
  const rows = db.all(
    `SELECT b.project, c.* FROM
       (SELECT t.batchId, t.model, count(*) AS n, max(t.seq) AS newest FROM takes t
        WHERE true ${where.sql} GROUP BY ${batch}, t.model) c
     LEFT JOIN batches b ON b.id = c.batchId`,
    where.values,
  )
  return rows.map((row) => ({
    project: textOrNull(row['project']),
    model: text(row['model']),
    n: num(row['n']),
    newest: num(row['newest']),
  }))
}

function projectFacets(cells: readonly Cell[]): readonly Facet[] {
  const counts = new Map<string, number>()
  for (const { project, n } of cells) {
    if (project !== null) counts.set(project, (counts.get(project) ?? 0) + n)
  }
  return [...counts]
    .map(([key, count]) => ({ key, name: key, count }))
    .toSorted(byName)
    .slice(0, MOST)
}

/** Each has the name of its newest take. */
function modelFacets(db: SqlDatabase, cells: readonly Cell[]): readonly Facet[] {
  const models = new Map<string, { readonly n: number; readonly newest: number }>()
  for (const { model, n, newest } of cells) {
    const known = models.get(model) ?? { n: 0, newest: 0 }
    models.set(model, { n: known.n + n, newest: Math.max(known.newest, newest) })
  }
  const newest = JSON.stringify([...models.values()].map((model) => model.newest))
  return db
    .all('SELECT model, modelName FROM takes WHERE seq IN (SELECT value FROM json_each(?))', [
      newest,
    ])
    .map((row) => {
      const key = text(row['model'])
      return { key, name: text(row['modelName']), count: models.get(key)?.n ?? 0 }
    })
    .toSorted(byName)
    .slice(0, MOST)
}

/** As SQLite sorts. */
const byName = (a: Facet, b: Facet): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)

function tagFacets(db: SqlDatabase, { tag: _tag, ...rest }: TakeFilter): readonly Facet[] {
  const where = allOf(conditionsOf(db, rest))
  const rows = db.all(
    `SELECT tag.value AS key, count(*) AS count
     FROM takes t, json_each(iif(json_valid(t.tags), t.tags, '[]')) AS tag
     WHERE t.tags <> '[]' ${where.sql} GROUP BY tag.value ORDER BY count DESC, key LIMIT ${MOST}`,
    where.values,
  )
  return rows.map((row) => {
    const key = text(row['key'])
    return { key, name: key, count: num(row['count']) }
  })
}
