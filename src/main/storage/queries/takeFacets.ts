import type { Facet, TakeFacets, TakeFilter } from '../../../shared/domain/views.ts'
import { num, text } from '../jobStore/readers.ts'
import type { SqlDatabase, SqlRow } from '../sqlite.ts'
import { allOf } from './like.ts'
import { conditionsOf } from './takePages.ts'

const MOST = 200

/** Projects, models and tags with how many takes each would show, every one counted over the rest of the filter. */
export function takeFacets(db: SqlDatabase, filter: TakeFilter): TakeFacets {
  return {
    projects: projectFacets(db, filter),
    models: modelFacets(db, filter),
    tags: tagFacets(db, filter),
  }
}

function projectFacets(
  db: SqlDatabase,
  { project: _project, ...rest }: TakeFilter,
): readonly Facet[] {
  const where = allOf(conditionsOf(db, rest))
  const rows = db.all(
    `SELECT b.project AS key, count(*) AS count
     FROM batches b JOIN takes t ON t.batchId = b.id
     WHERE b.project IS NOT NULL ${where.sql} GROUP BY b.project ORDER BY key LIMIT ${MOST}`,
    where.values,
  )
  return rows.map(named)
}

/** What is its own name. */
function named(row: SqlRow): Facet {
  const key = text(row['key'])
  return { key, name: key, count: num(row['count']) }
}

function modelFacets(db: SqlDatabase, { model: _model, ...rest }: TakeFilter): readonly Facet[] {
  const where = allOf(conditionsOf(db, rest))
  const rows = db.all(
    // Counted by the index alone; the name is that of the newest.
    `SELECT key, modelName AS name, count FROM
       (SELECT t.model AS key, max(t.seq) AS newest, count(*) AS count FROM takes t WHERE true ${where.sql} GROUP BY t.model)
       JOIN takes ON takes.seq = newest ORDER BY name LIMIT ${MOST}`,
    where.values,
  )
  return rows.map((row) => ({
    key: text(row['key']),
    name: text(row['name']),
    count: num(row['count']),
  }))
}

function tagFacets(db: SqlDatabase, { tag: _tag, ...rest }: TakeFilter): readonly Facet[] {
  const where = allOf(conditionsOf(db, rest))
  const rows = db.all(
    `SELECT tag.value AS key, count(*) AS count
     FROM takes t, json_each(iif(json_valid(t.tags), t.tags, '[]')) AS tag
     WHERE t.tags <> '[]' ${where.sql} GROUP BY tag.value ORDER BY count DESC, key LIMIT ${MOST}`,
    where.values,
  )
  return rows.map(named)
}
