import type { TakeId } from '../../../shared/domain/ids.ts'
import type { TakeView } from '../../../shared/domain/take.ts'
import type {
  Page,
  TakeCounts,
  TakeFilter,
  TakeOrder,
  TrashSize,
} from '../../../shared/domain/views.ts'
import type { SqlDatabase, SqlRow } from '../sqlite.ts'
import { readTakeView, TAKE_COLUMNS } from '../takeView.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { allOf, contains, equal, type Condition } from './like.ts'
import { amongThese, promptMatches, type PromptMatches } from './promptMatches.ts'

export interface TakeQuery {
  readonly filter: TakeFilter
  readonly order: TakeOrder
  readonly after: string | null
  readonly limit: number
}
const PAGE_LIMIT = 500
const COLUMNS = TAKE_COLUMNS.split(', ')
  .map((column) => `t.${column}`)
  .join(', ')

/** One page of takes that are not in the trash, or of those that are. */
export function takePage(db: SqlDatabase, query: TakeQuery): Page<TakeView> {
  const limit = Math.min(Math.max(1, query.limit), PAGE_LIMIT)
  return query.order === 'newest' ? newest(db, query, limit) : byRow(db, query, limit)
}

export function takeById(db: SqlDatabase, id: TakeId): TakeView | null {
  const row = db.get(`SELECT ${COLUMNS} FROM takes t WHERE t.id = ? AND t.deleteAskedAt IS NULL`, [
    id,
  ])
  return row === undefined ? null : readableTake(row)
}

function newest(db: SqlDatabase, { filter, after }: TakeQuery, limit: number): Page<TakeView> {
  const place = decodeCursor(after, 1)
  const where = allOf([
    ...conditionsOf(db, filter),
    place === null ? null : { sql: 't.seq < ?', values: place },
  ])
  const rows = db.all(
    `SELECT ${COLUMNS} FROM takes t WHERE true ${where.sql} ORDER BY t.seq DESC LIMIT ?`,
    [...where.values, limit + 1],
  )
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const hasMore = rows.length > limit && last !== undefined
  return {
    rows: shown.map(readableTake),
    next: hasMore ? encodeCursor([Number(last['seq'])]) : null,
  }
}

/**
 * Batches by admission; CROSS JOIN keeps SQLite to that order, so that it stops at the page's end. The few
 * of a prompt that few have are looked up instead, and sorted.
 */
function byRow(db: SqlDatabase, { filter, after }: TakeQuery, limit: number): Page<TakeView> {
  const place = decodeCursor(after, 4)
  const jobs = promptMatches(db, filter.text)
  const from =
    jobs === null
      ? 'batches b CROSS JOIN takes t INDEXED BY takes_batch ON t.batchId = b.id'
      : 'takes t JOIN batches b ON b.id = t.batchId'
  const where = allOf([
    ...conditionsOf(db, filter, jobs),
    place === null
      ? null
      : {
          sql: 'b.seq >= ? AND (b.seq, t.row, t.take, t.seq) > (?, ?, ?, ?)',
          values: [place[0] ?? 0, ...place],
        },
  ])
  const rows = db.all(
    `SELECT ${COLUMNS}, b.seq AS batchSeq FROM ${from}
     WHERE true ${where.sql} ORDER BY b.seq, t.row, t.take, t.seq LIMIT ?`,
    [...where.values, limit + 1],
  )
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const hasMore = rows.length > limit && last !== undefined
  const end = ['batchSeq', 'row', 'take', 'seq'].map((name) => Number(last?.[name]))
  return { rows: shown.map(readableTake), next: hasMore ? encodeCursor(end) : null }
}

function readableTake(row: SqlRow): TakeView {
  try {
    return readTakeView(row)
  } catch {
    return readTakeView({ ...row, facts: null, tags: '[]', flag: 'none' })
  }
}

/** How many takes each facet of the filter would show; `trashed` counts the trash, all others leave it out. */
export function takeCounts(db: SqlDatabase, filter: TakeFilter): TakeCounts {
  // The facets themselves are counted over everything else that the filter says.
  const { flags: _flags, minRating: _rating, unseen: _unseen, trashed: _trashed, ...rest } = filter
  const where = allOf(conditionsOf(db, rest).slice(1))
  const row = db.get(
    `SELECT coalesce(sum(trashedAt IS NULL), 0) AS "all",
            coalesce(sum(trashedAt IS NULL AND seenAt IS NULL), 0) AS unseen,
            coalesce(sum(trashedAt IS NULL AND flag = 'pick'), 0) AS picked,
            coalesce(sum(trashedAt IS NULL AND flag = 'reject'), 0) AS rejected,
            coalesce(sum(trashedAt IS NULL AND rating >= 4), 0) AS rated4up,
            coalesce(sum(trashedAt IS NOT NULL AND deleteAskedAt IS NULL), 0) AS trashed
     FROM takes t WHERE true ${where.sql}`,
    where.values,
  )
  const count = (name: string): number => Number(row?.[name] ?? 0)
  return {
    all: count('all'),
    unseen: count('unseen'),
    picked: count('picked'),
    rejected: count('rejected'),
    rated4up: count('rated4up'),
    trashed: count('trashed'),
  }
}

/** What is to be deleted for good is in the trash no more, also while its files are still going. */
const IN_TRASH = 't.trashedAt IS NOT NULL AND t.deleteAskedAt IS NULL'

/** How much the trash holds; `ids`: of these alone. The bytes are those of the videos. */
export function trashSize(db: SqlDatabase, ids: readonly TakeId[] | null): TrashSize {
  const row = db.get(
    `SELECT count(*) AS takes, coalesce(sum(bytes), 0) AS bytes FROM takes t WHERE ${IN_TRASH}
     ${ids === null ? '' : 'AND t.id IN (SELECT value FROM json_each(?))'}`,
    ids === null ? [] : [JSON.stringify(ids)],
  )
  return { takes: Number(row?.['takes'] ?? 0), bytes: Number(row?.['bytes'] ?? 0) }
}

/** The first says whether the trash is looked into. */
export function conditionsOf(
  db: SqlDatabase,
  filter: TakeFilter,
  jobs = promptMatches(db, filter.text),
): (Condition | null)[] {
  const { batchId, project, model, flags, minRating, unseen, tag, text, trashed } = filter
  return [
    { sql: trashed === true ? IN_TRASH : 't.trashedAt IS NULL', values: [] },
    equal('t.batchId = ?', batchId),
    equal('t.batchId IN (SELECT id FROM batches WHERE project = ?)', project),
    equal('t.model = ?', model),
    flags === undefined
      ? null
      : { sql: `t.flag IN (${flags.map(() => '?').join(', ')})`, values: flags },
    equal('t.rating >= ?', minRating),
    unseen === true ? { sql: 't.seenAt IS NULL', values: [] } : null,
    equal(
      `EXISTS (SELECT 1 FROM json_each(iif(json_valid(t.tags), t.tags, '[]')) WHERE value = ?)`,
      tag,
    ),
    jobs === null ? contains('t.prompt', text) : ofJobs(jobs),
  ]
}

/** A take has the prompt of its job, and the index of those finds what few have. */
function ofJobs(jobs: PromptMatches): Condition {
  const { sql, values } = amongThese([...jobs.values()].flat())
  return { sql: `t.jobId IN (SELECT id FROM jobs WHERE ${sql})`, values }
}
