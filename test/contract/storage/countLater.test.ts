import { expect, test } from 'vitest'
import type { SqlDatabase } from '../../../src/main/storage/sqlite.ts'
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

const kept = (db: SqlDatabase): unknown => ({
  counts: db.all('SELECT batchId, status, n FROM job_counts WHERE n > 0 ORDER BY 1, 2'),
  facets: db.all('SELECT * FROM job_facets WHERE n > 0 ORDER BY 1, 2, 3, 4'),
  estimates: db.all('SELECT batchId, currency, micros, n FROM batch_estimates ORDER BY 1, 2'),
  left: db.all('SELECT * FROM counted_later'),
})

const counted = (db: SqlDatabase): unknown => ({
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
