import type { JobTx } from '../../jobs/ports.ts'
import { statusCounts, unfinishedBatchByDigest } from '../queries/totals.ts'
import type { Revisions } from '../revisions.ts'
import type { SqlDatabase } from '../sqlite.ts'
import { capOf } from './projects.ts'
import { num, text, textOrNull, toSql } from './readers.ts'

type BatchPart = Pick<
  JobTx,
  | 'batch'
  | 'insertBatch'
  | 'unfinishedBatch'
  | 'setBatch'
  | 'counts'
  | 'outstanding'
  | 'flag'
  | 'setFlag'
>

/** Batches, their counts, and the flags that hold for the whole engine. */
export function batches(db: SqlDatabase, revisions: Revisions): BatchPart {
  return {
    insertBatch: ({ id, plan, outDir, at }) =>
      void db.run(
        `INSERT INTO batches (id, seq, name, digest, source, project, outDir, capMicros, capCurrency, allowUnpriced, tonight, concurrency, lastClaimSeq, createdAt, revision)
         VALUES (?, (SELECT coalesce(max(seq), 0) + 1 FROM batches), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(lastClaimSeq), 0) FROM batches), ?, ?)`,
        [
          id,
          plan.name,
          plan.digest,
          plan.source,
          plan.project,
          outDir,
          plan.cap?.micros ?? null,
          plan.cap?.currency ?? null,
          toSql(plan.allowUnpriced),
          toSql(plan.tonight),
          plan.concurrency,
          at,
          revisions.next(),
        ],
      ),
    setBatch: (id, { paused, cap, priority }) => {
      if (priority !== undefined)
        db.run('UPDATE batches SET priority = ?, revision = ? WHERE id = ?', [
          priority,
          revisions.next(),
          id,
        ])
      if (paused !== undefined)
        db.run('UPDATE batches SET paused = ?, revision = ? WHERE id = ?', [
          toSql(paused),
          revisions.next(),
          id,
        ])
      if (cap !== undefined)
        db.run('UPDATE batches SET capMicros = ?, capCurrency = ?, revision = ? WHERE id = ?', [
          cap?.micros ?? null,
          cap?.currency ?? null,
          revisions.next(),
          id,
        ])
    },
    ...batchCounts(db),
    ...flags(db),
    ...batchReads(db),
  }
}

/** Where a route was never measured: 24 MB for 8 s. */
const USUAL_BYTES_PER_SECOND = 3_000_000

function batchCounts(db: SqlDatabase): Pick<JobTx, 'counts' | 'outstanding'> {
  return {
    counts: (batchId) => statusCounts(db, batchId ?? undefined),
    // A clip's size differs from one to the next: the largest of a route counts, and a fifth on top.
    outstanding: () =>
      db
        .all(
          `SELECT b.outDir, coalesce(sum(
             iif(json_valid(j.request), j.request ->> '$.expect.durationSeconds', 0) * coalesce(t.pace, ${USUAL_BYTES_PER_SECOND})), 0) AS bytes
           FROM batches b LEFT JOIN jobs j ON j.batchId = b.id AND j.status = 'running'
           LEFT JOIN (SELECT route, 1.2 * max(bytes / outputSeconds) AS pace FROM render_times GROUP BY route) t ON t.route = j.route
           WHERE b.id IN (SELECT batchId FROM job_counts WHERE n > 0 AND status IN ('queued', 'waiting', 'running'))
           GROUP BY b.outDir`,
        )
        .map((row) => ({ outDir: text(row['outDir']), bytes: Math.ceil(num(row['bytes'])) })),
  }
}

function flags(db: SqlDatabase): Pick<JobTx, 'flag' | 'setFlag'> {
  return {
    flag: (name) => textOrNull(db.get('SELECT value FROM meta WHERE key = ?', [name])?.['value']),
    setFlag: (name, value) =>
      void (value === null
        ? db.run('DELETE FROM meta WHERE key = ?', [name])
        : db.run('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)', [name, value])),
  }
}

function batchReads(db: SqlDatabase): Pick<JobTx, 'batch' | 'unfinishedBatch'> {
  return {
    batch: (id) => {
      const row = db.get('SELECT * FROM batches WHERE id = ?', [id])
      if (row === undefined) return null
      return {
        id,
        name: text(row['name']),
        project: textOrNull(row['project']),
        digest: text(row['digest']),
        outDir: text(row['outDir']),
        cap: capOf(row),
        allowUnpriced: row['allowUnpriced'] === 1,
        paused: row['paused'] === 1,
        tonight: row['tonight'] === 1,
        priority: num(row['priority']),
        createdAt: num(row['createdAt']),
      }
    },
    unfinishedBatch: (digest) => unfinishedBatchByDigest(db, digest),
  }
}
