import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MIGRATIONS } from '../../../src/main/storage/migrations/index.ts'
import { createQueries } from '../../../src/main/storage/queries/queries.ts'
import { connect } from '../../../src/main/storage/sqlite.ts'
import { NOW } from '../../helpers/storage/dataFolder.ts'
import { admit, jobIdFor, plannedJob, planOf } from '../../helpers/storage/fillQueue.ts'

const COLUMNS = [
  'operation',
  'outputs',
  'providerState',
  'error',
  'needsYou',
  'request',
  'warnings',
] as const

/** Near misses as well as rubbish. */
const cell = fc.oneof(
  fc.json(),
  fc.string(),
  fc
    .record(
      {
        id: fc.jsonValue(),
        version: fc.jsonValue(),
        data: fc.jsonValue(),
        kind: fc.constantFrom('auth', 'url', 'queued', 'x'),
        code: fc.jsonValue(),
        message: fc.jsonValue(),
        evidence: fc.jsonValue(),
        actions: fc.jsonValue(),
        url: fc.jsonValue(),
      },
      { requiredKeys: [] },
    )
    .chain((value) => fc.constantFrom(JSON.stringify(value), JSON.stringify([value]))),
)

/** Looked at together, a page of them takes hardly longer than one. */
const JOBS = 100
const rubbish = fc.array(fc.tuple(fc.constantFrom(...COLUMNS), cell), {
  minLength: JOBS,
  maxLength: JOBS,
})

test('whatever stands in the JSON of 10,000 rows, they are shown and nothing crashes', async () => {
  const db = connect(':memory:')
  for (const { sql } of MIGRATIONS) db.exec(sql)
  await admit(db, planOf(Array.from({ length: JOBS }, (_, index) => plannedJob(index + 2))))
  const ids = Array.from({ length: JOBS }, (_, index) => jobIdFor(index + 1))
  for (const id of ids) {
    db.run(
      "INSERT INTO attempts (jobId, step, attempt, at, error) VALUES (?, 'submit', 1, 5, '{}')",
      [id],
    )
  }
  db.run(
    "INSERT INTO lanes (provider, credential, paused, heldUntil, heldReason, needsPerson, concurrency) VALUES ('fal', 'env', 0, ?, '{}', 1, 2)",
    [NOW + 5000],
  )
  db.run("UPDATE jobs SET status = 'failed' WHERE row % 2 = 0")
  const traits = { lane: { concurrency: 4, createsPerMinute: null }, keyVariable: 'FAL_KEY' }
  const queries = createQueries({
    db,
    now: () => NOW,
    providers: new Map([['fal', { name: 'fal', traits }]]),
    blocked: () => null,
  })
  const sound = db.get(`SELECT ${COLUMNS.join(', ')} FROM jobs`) ?? {}
  const put = (id: string, column: (typeof COLUMNS)[number], value: unknown): void =>
    void db.run(`UPDATE jobs SET ${column} = ? WHERE id = ?`, [value as string | null, id])
  fc.assert(
    fc.property(rubbish, (pieces) => {
      for (const [index, [column, value]] of pieces.entries()) {
        const id = ids[index] ?? ''
        put(id, column, value)
        db.run('UPDATE attempts SET error = ? WHERE jobId = ?', [value, id])
      }
      db.run('UPDATE lanes SET heldReason = ?', [pieces[0]?.[1] ?? null])
      expect(queries.jobs({ filter: {}, after: null, limit: JOBS }).rows).toHaveLength(JOBS)
      for (const id of ids) expect(queries.job(id)?.attempts).toHaveLength(1)
      expect(queries.lanes()).toHaveLength(1)
      queries.needsYou()
      queries.failures({})
      queries.facets({})
      queries.waits({})
      queries.asks()
      queries.holds()
      queries.moves()
      for (const [index, [column]] of pieces.entries())
        put(ids[index] ?? '', column, sound[column] ?? null)
    }),
    { numRuns: 10_000 / JOBS },
  )
})
