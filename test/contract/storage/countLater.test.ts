import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SqlDatabase, SqlRow } from '../../../src/main/storage/sqlite.ts'
import { planOf } from '../../helpers/queueHarness.ts'
import { startCase } from '../../helpers/queueCase.ts'

test('jobs that are admitted many at a time are counted as if one by one', async () => {
  const { h } = await startCase({ jobs: 45, checks: ['running'] })
  await h.commands.admit(planOf({ jobs: 83, micros: null, twins: true }), { again: true })
  await h.until(() => h.store.read((tx) => tx.counts(null)).running > 0)
  expect(kept(h.db)).toEqual(counted(h.db))
})

test('so are copies, and what is taken back', async () => {
  const { h } = await startCase({ jobs: 45, checks: ['running'] })
  await h.until(() => h.store.read((tx) => tx.counts(null)).running > 0)
  const waiting = h.store
    .read((tx) => tx.jobsOf('all', { open: true }))
    .flatMap(({ id, status }) => (status === 'queued' ? [id] : []))
  await h.commands.duplicate(waiting)
  expect(kept(h.db)).toEqual(counted(h.db))
  const cancelled = await h.commands.cancel({ jobs: waiting })
  const retried = await h.commands.retry({ jobs: waiting.slice(0, 5) })
  expect(kept(h.db)).toEqual(counted(h.db))
  expect(await h.commands.undo(cancelled.undo ?? 0)).toEqual({
    restored: waiting.length - 5,
    notes: ['Some of these jobs were retried or cleared away since.'],
  })
  await h.commands.undo(retried.undo ?? 0)
  expect(kept(h.db)).toEqual(counted(h.db))
})

test('every change of a status, a way and what is hidden is counted, however it is written', async () => {
  const { h } = await startCase({ jobs: 12, checks: ['running'] })
  const change = fc.record({
    seq: fc.integer({ min: 1, max: 12 }),
    or: fc.constantFrom('', 'OR FAIL'),
    status: fc.constantFrom('queued', 'running', 'waiting', 'needsYou', 'succeeded', 'failed'),
    provider: fc.constantFrom('one', 'other'),
    model: fc.constantFrom('fast', 'fine'),
    hidden: fc.integer({ min: 0, max: 1 }),
  })
  fc.assert(
    fc.property(fc.array(change, { maxLength: 6 }), (changes) => {
      for (const { seq, or, ...to } of changes)
        h.db.run(
          `UPDATE ${or} jobs SET status = :status, provider = :provider, model = :model, hidden = :hidden WHERE seq = :seq`,
          { ...to, seq },
        )
      const { counts, facets } = counted(h.db)
      expect(kept(h.db)).toMatchObject({ counts, facets })
    }),
  )
})

type Counts = Readonly<Record<'counts' | 'facets' | 'estimates' | 'left', readonly SqlRow[]>>

const kept = (db: SqlDatabase): Counts => ({
  counts: db.all('SELECT batchId, status, n FROM job_counts WHERE n > 0 ORDER BY 1, 2'),
  facets: db.all('SELECT * FROM job_facets WHERE n > 0 ORDER BY 1, 2, 3, 4'),
  estimates: db.all('SELECT batchId, currency, micros, n FROM batch_estimates ORDER BY 1, 2'),
  left: db.all('SELECT * FROM counted_later'),
})

const counted = (db: SqlDatabase): Counts => ({
  counts: db.all(
    'SELECT batchId, status, count(*) AS n FROM jobs WHERE hidden = 0 GROUP BY 1, 2 ORDER BY 1, 2',
  ),
  facets: db.all(
    'SELECT batchId, status, provider, model, count(*) AS n FROM jobs WHERE hidden = 0 GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4',
  ),
  estimates: db.all(
    "SELECT batchId, coalesce(estimateCurrency, '') AS currency, sum(coalesce(estimateMicros, 0)) AS micros, count(*) AS n FROM jobs WHERE hidden = 0 GROUP BY 1, 2 ORDER BY 1, 2",
  ),
  left: [],
})
