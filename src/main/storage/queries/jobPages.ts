import type { BatchId, JobId } from '../../../shared/domain/ids.ts'
import type { JobView } from '../../../shared/domain/job.ts'
import { MOST_CHOSEN, type JobFilter, type Page } from '../../../shared/domain/views.ts'
import type { SqlDatabase, SqlRow, SqlValue } from '../sqlite.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { JOB_VIEW_SQL, readJobView, type ReasonFor } from './jobViews.ts'
import { allOf, contains, equal, type Condition } from './like.ts'
import { amongThese, promptMatches, type PromptMatches } from './promptMatches.ts'

export interface JobQuery {
  readonly filter: JobFilter
  readonly after: string | null
  readonly limit: number
}
const PAGE_LIMIT = 500

/** Where a job stands in queue order. */
interface Place {
  readonly seq: number
  readonly priority: number
  readonly position: number
}
interface Batch {
  readonly id: BatchId
  readonly priority: number
  readonly seq: number
}

/** One page in queue order: batch by batch, and in each by priority and position. */
export function jobPage(db: SqlDatabase, query: JobQuery, reasonFor: ReasonFor): Page<JobView> {
  const limit = Math.min(Math.max(1, query.limit), PAGE_LIMIT)
  const found = foundPlaces(db, { ...query, limit: limit + 1 })
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  return {
    rows: viewsOf(
      db,
      shown.map(({ place }) => place.seq),
      reasonFor,
    ),
    next: found.length > limit && last !== undefined ? writePlace(last) : null,
  }
}

interface Found {
  readonly batch: Batch
  readonly place: Place
}

function foundPlaces(db: SqlDatabase, { filter, after, limit }: JobQuery): readonly Found[] {
  const from = readPlace(after)
  const matches = promptMatches(db, filter.text)
  const found: Found[] = []
  for (const batch of batchesFrom(db, filter, from?.batch ?? null)) {
    if (matches !== null && !matches.has(batch.id)) continue
    const isFirst = from !== null && batch.seq === from.batch.seq
    const places = placesIn(db, batch, {
      filter,
      after: isFirst ? from.place : null,
      limit: limit - found.length,
      matches,
    })
    found.push(...places.map((place) => ({ batch, place })))
    if (found.length >= limit) break
  }
  return found
}

/** Ids alone of what the pages of a filter show, in their order. */
export function jobIds(db: SqlDatabase, filter: JobFilter): readonly JobId[] {
  const found = foundPlaces(db, { filter, after: null, limit: MOST_CHOSEN })
  const seqs = found.map(({ place }) => place.seq)
  const rows = db.all('SELECT seq, id FROM jobs WHERE seq IN (SELECT value FROM json_each(?))', [
    JSON.stringify(seqs),
  ])
  const bySeq = new Map(rows.map((row) => [Number(row['seq']), String(row['id']) as JobId]))
  return seqs.flatMap((seq) => bySeq.get(seq) ?? [])
}

/** In the order of `seqs`. */
function viewsOf(db: SqlDatabase, seqs: readonly number[], reasonFor: ReasonFor): JobView[] {
  const rows = db.all(`${JOB_VIEW_SQL} WHERE jobs.seq IN (SELECT value FROM json_each(?))`, [
    JSON.stringify(seqs),
  ])
  const bySeq = new Map(rows.map((row) => [Number(row['seq']), readJobView(row, reasonFor)]))
  return seqs.flatMap((seq) => bySeq.get(seq) ?? [])
}

function batchesFrom(
  db: SqlDatabase,
  { batchId, project }: JobFilter,
  from: Batch | null,
): Batch[] {
  const where = allOf([
    batchId === undefined ? null : { sql: 'id = ?', values: [batchId] },
    project === undefined ? null : { sql: 'project = ?', values: [project] },
    from === null
      ? null
      : { sql: '(-priority, seq) >= (?, ?)', values: [-from.priority, from.seq] },
  ])
  const rows = db.all(
    `SELECT id, priority, seq FROM batches WHERE true ${where.sql} ORDER BY priority DESC, seq`,
    where.values,
  )
  return rows.map((row) => ({
    id: String(row['id']) as BatchId,
    priority: Number(row['priority']),
    seq: Number(row['seq']),
  }))
}

interface PlacesQuery {
  readonly filter: JobFilter
  readonly after: Place | null
  readonly limit: number
  /** Null: the text is looked for on the way. */
  readonly matches: PromptMatches | null
}

/** Each status is a sorted run of the index `jobs_page`; the first of all runs together are the page. */
function placesIn(db: SqlDatabase, { id }: Batch, query: PlacesQuery): Place[] {
  const { filter, after, limit, matches } = query
  const counts = db.all('SELECT status FROM job_counts WHERE batchId = ? AND n > 0', [id])
  const statuses = counts
    .map((row) => String(row['status']))
    .filter((status) => filter.statuses?.some((wanted) => wanted === status) ?? true)
  const conditions = allOf([
    equal('provider = ?', filter.provider),
    equal('model = ?', filter.model),
    matches === null ? contains('prompt', filter.text) : amongThese(matches.get(id) ?? []),
  ])
  // With the matches known their rows are looked up, and no index is walked for them.
  const by = matches === null ? 'INDEXED BY jobs_page' : 'NOT INDEXED'
  const runs = statuses.map((status) =>
    runOf(db, [id, status], { by, conditions, limit, ranges: rangesAfter(after) }),
  )
  return runs
    .flat()
    .toSorted((a, b) => b.priority - a.priority || a.position - b.position || a.seq - b.seq)
    .slice(0, limit)
}

interface RunQuery {
  readonly by: 'INDEXED BY jobs_page' | 'NOT INDEXED'
  readonly conditions: Condition
  readonly limit: number
  /** In the order of the run. */
  readonly ranges: readonly Condition[]
}

/** What follows a place, as pieces that each are one stretch of the index. */
function rangesAfter(after: Place | null): readonly Condition[] {
  if (after === null) return [{ sql: '', values: [] }]
  const { priority, position, seq } = after
  return [
    { sql: 'AND priority = ? AND position = ? AND seq > ?', values: [priority, position, seq] },
    { sql: 'AND priority = ? AND position > ?', values: [priority, position] },
    { sql: 'AND priority < ?', values: [priority] },
  ]
}

function runOf(
  db: SqlDatabase,
  key: readonly SqlValue[],
  { by, conditions, limit, ranges }: RunQuery,
): Place[] {
  const places: Place[] = []
  for (const range of ranges) {
    if (places.length >= limit) break
    const rows = db.all(
      `SELECT seq, priority, position FROM jobs ${by} WHERE batchId = ? AND status = ? AND hidden = 0 ${range.sql} ${conditions.sql}
       ORDER BY priority DESC, position, seq LIMIT ?`,
      [...key, ...range.values, ...conditions.values, limit - places.length],
    )
    places.push(...rows.map(placeOf))
  }
  return places
}

const placeOf = (row: SqlRow): Place => ({
  seq: Number(row['seq']),
  priority: Number(row['priority']),
  position: Number(row['position']),
})

function readPlace(cursor: string | null): { readonly batch: Batch; readonly place: Place } | null {
  const found = decodeCursor(cursor, 5)
  if (found === null) return null
  const [batchPriority = 0, batchSeq = 0, priority = 0, position = 0, seq = 0] = found
  return {
    batch: { id: 'batch_', priority: batchPriority, seq: batchSeq },
    place: { priority, position, seq },
  }
}

const writePlace = ({ batch, place }: { readonly batch: Batch; readonly place: Place }): string =>
  encodeCursor([batch.priority, batch.seq, place.priority, place.position, place.seq])
