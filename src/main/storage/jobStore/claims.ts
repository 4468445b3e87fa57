import type { BatchId, CredentialId, ProviderId } from '../../../shared/domain/ids.ts'
import { jobErrorSchema, type JobError } from '../../../shared/domain/errors.ts'
import { inOrder, NEVER } from '../../jobs/jobRow.ts'
import { OPEN_LANE, type LaneState } from '../../jobs/lanes.ts'
import type { LaneUse } from '../../jobs/lanePort.ts'
import type { ClaimableBatch, JobTx } from '../../jobs/ports.ts'
import type { RouteTrouble } from '../../jobs/routeHolds.ts'
import { PASSES_BEFORE_ASKING } from '../../jobs/reconcile.ts'
import type { SqlDatabase, SqlRow } from '../sqlite.ts'
import { readableJobs, readJobOf, type RowReader } from './readable.ts'
import {
  CLAIMABLE,
  UNSETTLED,
  JOB_COLUMNS,
  jsonOrNull,
  num,
  numOrNull,
  READABLE_ERROR,
  text,
  toSql,
} from './readers.ts'

type ClaimPart = Pick<
  JobTx,
  | 'due'
  | 'lease'
  | 'claimableBatches'
  | 'nextInBatch'
  | 'nextDueInBatch'
  | 'markTurn'
  | 'nextDueAt'
  | 'bringForward'
  | 'strandedCount'
  | 'mendable'
  | 'lane'
  | 'setLane'
  | 'lanesOf'
  | 'laneUse'
  | 'createsSince'
  | 'routeTrouble'
  | 'setRouteTrouble'
  | 'clearRouteTrouble'
  | 'heldRoutes'
  | 'someJobOf'
  | 'movable'
>

/** An unknown create counts until a person sent its job again or gave it up. */
const STILL_ITS =
  "EXISTS (SELECT 1 FROM jobs WHERE jobs.id = intents.jobId AND jobs.intentId = intents.id AND jobs.status IN ('running', 'needsYou'))"

/** What the claim looks at: due steps, turns of batches, lanes and their use. All by index. */
export function claims(db: SqlDatabase, reader: RowReader): ClaimPart {
  return {
    due: ({ now, step, limit }) =>
      db
        .all(
          `SELECT ${JOB_COLUMNS} FROM jobs WHERE status = 'running' AND lease IS NULL AND step = ? AND runAt <= ? ORDER BY runAt LIMIT ?`,
          [step, now, limit],
        )
        .flatMap((row) => reader.read(row)),
    lease: (jobs, run) => {
      if (jobs.length > 0)
        db.run('UPDATE jobs SET lease = ? WHERE seq IN (SELECT value FROM json_each(?))', [
          run,
          JSON.stringify(jobs.map(({ seq }) => seq)),
        ])
    },
    nextDueAt: ({ now, withIntents }) => {
      const row = db.get(
        `SELECT (SELECT min(runAt) FROM jobs WHERE status = 'running' AND lease IS NULL) AS job,
                (SELECT min(nextLookAt) FROM intents WHERE ? AND nextLookAt IS NOT NULL AND outcome = 'unknown') AS intent,
                (SELECT min(heldUntil) FROM lanes WHERE heldUntil > ?) AS lane`,
        [Number(withIntents), now],
      )
      const times = [row?.['job'], row?.['intent'], row?.['lane']].flatMap((value) =>
        typeof value === 'number' && value < NEVER ? [value] : [],
      )
      return times.length === 0 ? null : Math.min(...times)
    },
    ...stuck(db),
    ...lanes(db),
    ...turns(db, reader),
    ...routeFailures(db),
    ...otherWays(db, reader),
  }
}

/** The base URL is another, or none that may be asked. */
const OF_ADDRESS = "('OTHER_BASE_URL', 'BAD_BASE_URL')"

/** What would not move on by the clock alone. */
function stuck(db: SqlDatabase): Pick<JobTx, 'bringForward' | 'strandedCount' | 'mendable'> {
  return {
    bringForward: ({ now, latest }) => {
      db.run(
        `UPDATE jobs SET runAt = :now WHERE status IN ('running', 'waiting') AND runAt > :latest AND runAt < ${NEVER}`,
        { now, latest },
      )
      // Queued from their admission on, which the clock now puts into the future.
      db.run(
        "UPDATE jobs SET runAt = :now WHERE status = 'queued' AND runAt > :now AND runAt <= createdAt",
        { now },
      )
      db.run('UPDATE intents SET nextLookAt = :now WHERE nextLookAt > :latest', { now, latest })
      db.run('UPDATE lanes SET heldUntil = :now WHERE heldUntil > :latest', { now, latest })
    },
    strandedCount: ({ batchId, keyless, arriving }) =>
      num(
        db.get(
          `SELECT count(*) AS n FROM jobs j
           WHERE j.status = 'running' AND j.step IN ('poll', 'download')
             AND ((${READABLE_ERROR} ->> 'kind' = 'auth' AND j.provider IN (SELECT provider FROM lanes WHERE needsPerson = 1))
               OR ${READABLE_ERROR} ->> 'code' IN ${OF_ADDRESS}
               OR (${READABLE_ERROR} ->> 'code' = 'NO_KEY' AND j.provider IN (SELECT value FROM json_each(:keyless))))
             AND (:batch IS NULL OR j.batchId = :batch)
             AND j.id NOT IN (SELECT value FROM json_each(:arriving))`,
          {
            batch: batchId,
            keyless: JSON.stringify(keyless),
            arriving: JSON.stringify(arriving),
          },
        )?.['n'],
      ),
    mendable: () =>
      readableJobs(
        db,
        db.all(
          `SELECT ${JOB_COLUMNS} FROM jobs WHERE status = 'running' AND step IN ('poll', 'download') AND lease IS NULL
             AND (${READABLE_ERROR} ->> 'kind' = 'auth' OR ${READABLE_ERROR} ->> 'code' IN ${OF_ADDRESS})`,
        ),
      ),
  }
}

/** Below every priority that a person can give. */
const NO_PRIORITY = -1000

/** Of a batch's first job on the provider in that status; one look at the index. */
const topPriority = (status: 'queued' | 'waiting'): string =>
  `coalesce((SELECT j.priority FROM jobs j WHERE j.provider = :provider AND j.status = '${status}' AND j.${CLAIMABLE} AND j.batchId = b.id ORDER BY j.priority DESC LIMIT 1), ${NO_PRIORITY})`

/** In the order of their turn. */
const claimableBatches = (db: SqlDatabase, provider: ProviderId): readonly ClaimableBatch[] =>
  db
    .all(
      `WITH open AS (
             SELECT b.*, max(${topPriority('queued')}, ${topPriority('waiting')}) AS top
             FROM batches b
             WHERE b.id IN (SELECT batchId FROM job_counts WHERE status = 'queued' AND n > 0 UNION SELECT batchId FROM job_counts WHERE status = 'waiting' AND n > 0))
           SELECT id, paused, tonight, allowUnpriced, concurrency, priority, priority + top AS turn,
             coalesce((SELECT n FROM job_counts c WHERE c.batchId = open.id AND c.status = 'running'), 0) AS running,
             EXISTS (SELECT 1 FROM jobs j INDEXED BY jobs_break WHERE j.batchId = open.id AND j.breakPoint = 1) AS stops,
             capMicros IS NOT NULL OR EXISTS (SELECT 1 FROM caps) OR project IN (SELECT name FROM projects WHERE capMicros IS NOT NULL) AS isCapped,
             EXISTS (SELECT 1 FROM route_failures WHERE heldAt IS NOT NULL) AS areHeld
           FROM open WHERE top > ${NO_PRIORITY} ORDER BY turn DESC, lastClaimSeq, seq`,
      { provider },
    )
    .map((row) => ({
      id: text(row['id']) as BatchId,
      paused: row['paused'] === 1,
      tonight: row['tonight'] === 1,
      allowUnpriced: row['allowUnpriced'] === 1,
      concurrency: numOrNull(row['concurrency']),
      running: num(row['running']),
      priority: num(row['turn']),
      ownPriority: num(row['priority']),
      stops: row['stops'] === 1,
      isGuarded: row['stops'] === 1 || row['isCapped'] === 1 || row['areHeld'] === 1,
    }))

/** Whose turn it is. */
function turns(
  db: SqlDatabase,
  reader: RowReader,
): Pick<JobTx, 'claimableBatches' | 'nextInBatch' | 'nextDueInBatch' | 'markTurn'> {
  return {
    claimableBatches: (provider) => claimableBatches(db, provider),
    nextInBatch: ({ batchId, provider, now, limit }) => {
      const rows = ['waiting', 'queued'].flatMap((status) =>
        db.all(
          `SELECT ${JOB_COLUMNS} FROM jobs WHERE provider = ? AND status = '${status}' AND ${CLAIMABLE} AND batchId = ? AND paused = 0 AND runAt <= ? AND ${NOT_HELD} ORDER BY priority DESC, position, seq LIMIT ?`,
          [provider, batchId, now, limit],
        ),
      )
      const jobs = rows.flatMap((row) => reader.read(row))
      return jobs.toSorted(inOrder).slice(0, limit)
    },
    nextDueInBatch: ({ batchId, provider }) =>
      numOrNull(
        db.get(
          `SELECT min(runAt) AS at FROM jobs WHERE provider = ? AND status IN ('queued', 'waiting') AND batchId = ? AND paused = 0 AND ${NOT_HELD}`,
          [provider, batchId],
        )?.['at'],
      ),
    markTurn: (batchId) =>
      void db.run(
        'UPDATE batches SET lastClaimSeq = (SELECT max(lastClaimSeq) + 1 FROM batches) WHERE id = ?',
        [batchId],
      ),
  }
}

function lanes(
  db: SqlDatabase,
): Pick<JobTx, 'lane' | 'lanesOf' | 'setLane' | 'laneUse' | 'createsSince'> {
  const lane: JobTx['lane'] = (provider, credential) => {
    const row = db.get(
      'SELECT paused, heldUntil, heldReason, needsPerson, concurrency, learnedSlots, learnedAt, unreachableSince, unreachableTries FROM lanes WHERE provider = ? AND credential = ?',
      [provider, credential],
    )
    return row === undefined ? OPEN_LANE : readLane(row)
  }
  return {
    lane,
    lanesOf: (provider) =>
      db
        .all('SELECT credential FROM lanes WHERE provider = ?', [provider])
        .map((row) => text(row['credential'])),
    setLane: (provider, credential, patch) => {
      const next = { ...lane(provider, credential), ...patch }
      db.run(
        'INSERT OR REPLACE INTO lanes (provider, credential, paused, heldUntil, heldReason, needsPerson, concurrency, learnedSlots, learnedAt, unreachableSince, unreachableTries) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        [
          provider,
          credential,
          toSql(next.paused),
          next.heldUntil,
          toSql(next.heldReason),
          toSql(next.needsPerson),
          next.concurrency,
          next.learned?.slots ?? null,
          next.learned?.at ?? null,
          next.unreachable?.since ?? null,
          next.unreachable?.tries ?? 0,
        ],
      )
    },
    laneUse: (provider, credential) => laneUse(db, { provider, credential }),
    createsSince: (provider, credential, since) => {
      const row = db.get(
        `SELECT count(*) AS sent, min(submitStartedAt) AS firstAt, (SELECT count(*) FROM jobs WHERE provider = :p AND credential = :c AND status = 'running' AND step = 'submit' AND NOT EXISTS (SELECT 1 FROM intents WHERE intents.id = jobs.intentId)) AS leaving
         FROM intents WHERE provider = :p AND credential = :c AND submitStartedAt > :since AND outcome NOT IN ('notSent', 'dropped')`,
        { p: provider, c: credential, since },
      )
      const count = num(row?.['sent']) + num(row?.['leaving'])
      return { count, firstAt: numOrNull(row?.['firstAt']) }
    },
  }
}

function laneUse(
  db: SqlDatabase,
  { provider, credential }: { provider: ProviderId; credential: CredentialId },
): LaneUse {
  const row = db.get(
    `SELECT (SELECT count(*) FROM jobs WHERE provider = :p AND credential = :c AND status = 'running' AND step IN ('submit', 'poll')) AS used,
            (SELECT count(*) FROM jobs WHERE provider = :p AND credential = :c AND status = 'running' AND step = 'submit' AND lease IS NOT NULL) AS sending,
            (SELECT count(*) FROM intents INDEXED BY intents_unsettled WHERE provider = :p AND credential = :c AND outcome = 'unknown' AND ${UNSETTLED} AND ${STILL_ITS}) AS unsettled,
            (SELECT min(nextLookAt) FROM intents INDEXED BY intents_unsettled WHERE provider = :p AND credential = :c AND outcome = 'unknown' AND ${UNSETTLED} AND ${STILL_ITS} AND passes < :passes) AS settlingAt`,
    { p: provider, c: credential, passes: PASSES_BEFORE_ASKING },
  )
  return {
    used: num(row?.['used']),
    sending: num(row?.['sending']),
    unsettled: num(row?.['unsettled']),
    settlingAt: numOrNull(row?.['settlingAt']),
  }
}

/** Routes that failed alike, by index: the table holds a row for each route in trouble. */
const NOT_HELD = 'route NOT IN (SELECT route FROM route_failures WHERE heldAt IS NOT NULL)'

function routeFailures(
  db: SqlDatabase,
): Pick<
  JobTx,
  'routeTrouble' | 'setRouteTrouble' | 'clearRouteTrouble' | 'heldRoutes' | 'someJobOf'
> {
  return {
    routeTrouble: (route) => {
      const row = db.get('SELECT * FROM route_failures WHERE route = ?', [route])
      return row === undefined ? null : readTrouble(row)
    },
    setRouteTrouble: ({ route, provider, modelName, failures, reason, heldAt }) =>
      void db.run(
        'INSERT OR REPLACE INTO route_failures (route, provider, modelName, failures, reason, heldAt) VALUES (?, ?, ?, ?, ?, ?)',
        [route, provider, modelName, failures, JSON.stringify(reason), heldAt],
      ),
    clearRouteTrouble: (route) =>
      void db.run('DELETE FROM route_failures WHERE route = ?', [route]),
    someJobOf: (route) => {
      const row = db.get(`SELECT ${JOB_COLUMNS} FROM jobs WHERE route = ? LIMIT 1`, [route])
      return row === undefined ? null : readJobOf(db, row)
    },
    heldRoutes: ({ batchId, provider }) =>
      db
        .all(
          `SELECT * FROM route_failures f WHERE heldAt IS NOT NULL AND provider = :provider
             AND EXISTS (SELECT 1 FROM jobs WHERE provider = :provider AND ${CLAIMABLE} AND batchId = :batch AND paused = 0 AND route = f.route)`,
          { provider, batch: batchId },
        )
        .map(readTrouble),
  }
}

/** A create of the job that may have come to something: it stays where it is (money rule 7). */
const MAY_HAVE_LEFT =
  "EXISTS (SELECT 1 FROM intents WHERE intents.jobId = jobs.id AND outcome IN ('open', 'unknown', 'accepted'))"

function otherWays(db: SqlDatabase, reader: RowReader): Pick<JobTx, 'movable'> {
  return {
    movable: ({ batchId, provider, routes, now, limit }) => {
      const onRoutes = routes === null ? '' : 'AND route IN (SELECT value FROM json_each(:routes))'
      const rows = ['waiting', 'queued'].flatMap((status) =>
        db.all(
          `SELECT ${JOB_COLUMNS} FROM jobs WHERE provider = :provider AND status = '${status}' AND ${CLAIMABLE} AND batchId = :batch AND routeNamed = 0
             AND paused = 0 AND hidden = 0 AND asked IS NOT NULL AND runAt <= :now ${onRoutes} AND NOT ${MAY_HAVE_LEFT}
           ORDER BY priority DESC, position, seq LIMIT :limit`,
          {
            provider,
            batch: batchId,
            now,
            limit,
            ...(routes === null ? {} : { routes: JSON.stringify(routes) }),
          },
        ),
      )
      return rows
        .flatMap((row) => reader.read(row))
        .toSorted(inOrder)
        .slice(0, limit)
    },
  }
}

/** Why it was held, where that cannot be read: it is held all the same. */
const UNREAD: JobError = {
  kind: 'unknown',
  code: 'REASON_UNREADABLE',
  message: 'What is stored about it cannot be read.',
}

const reasonOf = (cell: SqlRow[string] | undefined): JobError =>
  jsonOrNull(cell, jobErrorSchema) ?? UNREAD

export const readTrouble = (row: SqlRow): RouteTrouble => ({
  route: text(row['route']),
  provider: text(row['provider']),
  modelName: text(row['modelName']),
  failures: num(row['failures']),
  reason: reasonOf(row['reason']),
  heldAt: numOrNull(row['heldAt']),
})

export function readLane(row: SqlRow): LaneState {
  const since = numOrNull(row['unreachableSince'])
  const slots = numOrNull(row['learnedSlots'])
  return {
    unreachable: since === null ? null : { since, tries: num(row['unreachableTries']) },
    paused: row['paused'] === 1,
    heldUntil: numOrNull(row['heldUntil']),
    heldReason: row['heldReason'] === null ? null : reasonOf(row['heldReason']),
    needsPerson: row['needsPerson'] === 1,
    concurrency: numOrNull(row['concurrency']),
    learned: slots === null ? null : { slots, at: num(row['learnedAt']) },
  }
}
