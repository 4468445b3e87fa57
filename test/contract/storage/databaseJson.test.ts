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

test('whatever stands in the JSON of a row, it is shown and nothing crashes', async () => {
  const db = connect(':memory:')
  for (const { sql } of MIGRATIONS) db.exec(sql)
  await admit(db, planOf([plannedJob(2)]))
  db.run(
    "INSERT INTO attempts (jobId, step, attempt, at, error) VALUES (?, 'submit', 1, 5, '{}')",
    [jobIdFor(1)],
  )
  db.run(
    "INSERT INTO lanes (provider, credential, paused, heldUntil, heldReason, needsPerson, concurrency) VALUES ('fal', 'env', 0, ?, '{}', 1, 2)",
    [NOW + 5000],
  )
  const traits = { lane: { concurrency: 4 }, keyVariable: 'FAL_KEY' }
  const queries = createQueries({
    db,
    now: () => NOW,
    providers: new Map([['fal', { name: 'fal', traits }]]),
    blocked: () => null,
  })
  fc.assert(
    fc.property(fc.constantFrom(...COLUMNS), cell, (column, value) => {
      const before = db.get(`SELECT ${column} AS was FROM jobs`)?.['was'] ?? null
      db.run(`UPDATE jobs SET ${column} = ?`, [value])
      db.run('UPDATE attempts SET error = ?', [value])
      db.run('UPDATE lanes SET heldReason = ?', [value])
      expect(queries.jobs({ filter: {}, after: null, limit: 5 }).rows).toHaveLength(1)
      expect(queries.job(jobIdFor(1))?.attempts).toHaveLength(1)
      expect(queries.lanes()).toHaveLength(1)
      queries.needsYou()
      db.run(`UPDATE jobs SET ${column} = ?`, [before])
    }),
    { numRuns: process.env['CI'] === undefined ? 1_000 : 10_000 },
  )
})
