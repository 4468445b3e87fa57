import type { Facet, TakeFacets, TakeFilter } from '../../../shared/domain/views.ts'
import { num, text } from '../jobStore/readers.ts'
import type { SqlDatabase } from '../sqlite.ts'
import { allOf } from './like.ts'
import { conditionsOf } from './takePages.ts'

const MOST = 200

/** Models and tags with how many takes each would show, every one counted over the rest of the filter. */
export function takeFacets(db: SqlDatabase, filter: TakeFilter): TakeFacets {
  return { models: modelFacets(db, filter), tags: tagFacets(db, filter) }
}

function modelFacets(db: SqlDatabase, { model: _model, ...rest }: TakeFilter): readonly Facet[] {
  const where = allOf(conditionsOf(rest))
  const rows = db.all(
    `SELECT t.model AS key, max(t.modelName) AS name, count(*) AS count
     FROM takes t WHERE true ${where.sql} GROUP BY t.model ORDER BY name LIMIT ${MOST}`,
    where.values,
  )
  return rows.map((row) => ({
    key: text(row['key']),
    name: text(row['name']),
    count: num(row['count']),
  }))
}

function tagFacets(db: SqlDatabase, { tag: _tag, ...rest }: TakeFilter): readonly Facet[] {
  const where = allOf(conditionsOf(rest))
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
