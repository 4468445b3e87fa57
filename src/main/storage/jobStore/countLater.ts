import type { SqlDatabase } from '../sqlite.ts'

/**
 * Runs `insert` and then adds its jobs to the counts in three statements: triggers that count each new
 * row make an admission a third slower. In an open transaction, so that no crash leaves it half done.
 */
export function countLater(db: SqlDatabase, insert: () => void): void {
  const before = { seq: db.get('SELECT coalesce(max(seq), 0) AS seq FROM jobs')?.['seq'] ?? 0 }
  db.run('INSERT INTO counted_later VALUES (1)')
  insert()
  db.run('DELETE FROM counted_later')
  for (const sql of SUMS) db.run(sql, before)
}

const NEW_ONES = 'FROM jobs WHERE seq > :seq AND hidden = 0'
const SUMS = [
  `INSERT INTO job_counts SELECT batchId, status, count(*) ${NEW_ONES} GROUP BY 1, 2
   ON CONFLICT DO UPDATE SET n = n + excluded.n`,
  `INSERT INTO job_facets SELECT batchId, status, provider, model, count(*) ${NEW_ONES} GROUP BY 1, 2, 3, 4
   ON CONFLICT DO UPDATE SET n = n + excluded.n`,
  `INSERT INTO batch_estimates SELECT batchId, coalesce(estimateCurrency, ''), sum(coalesce(estimateMicros, 0)), count(*) ${NEW_ONES} GROUP BY 1, 2
   ON CONFLICT DO UPDATE SET micros = micros + excluded.micros, n = n + excluded.n`,
]
