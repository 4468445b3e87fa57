import type { BatchId, ProviderId } from '../../../shared/domain/ids.ts'
import type { MoveView } from '../../../shared/domain/views.ts'
import { num, text } from '../jobStore/readers.ts'
import type { SqlDatabase } from '../sqlite.ts'

const LAST = "json_extract(moves, '$[#-1].%')"
const last = (field: string): string => LAST.replace('%', field)

/** Jobs that went another way, by their two ways; the newest words of each. Few rows carry any. */
export const moveViews = (db: SqlDatabase, batchId: BatchId | undefined): readonly MoveView[] =>
  db
    .all(
      `SELECT ${last('from')} AS origin, ${last('to')} AS target, ${last('words')} AS words, max(${last('at')}) AS at, count(*) AS jobs
       FROM jobs INDEXED BY jobs_moved WHERE moves IS NOT NULL AND json_valid(moves) AND hidden = 0 AND (:batch IS NULL OR batchId = :batch)
       GROUP BY 1, 2 ORDER BY at DESC`,
      { batch: batchId ?? null },
    )
    .map((row) => ({
      from: text(row['origin']),
      to: text(row['target']),
      words: text(row['words']),
      at: num(row['at']),
      jobs: num(row['jobs']),
    }))

/** Jobs that left a provider's ways for another's. */
export const movedAway = (db: SqlDatabase, provider: ProviderId): number =>
  moveViews(db, undefined)
    .filter(({ from }) => from.startsWith(`${provider}/`))
    .reduce((sum, { jobs }) => sum + jobs, 0)
