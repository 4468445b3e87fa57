import { expect, test } from 'vitest'
import { planOf } from '../../helpers/queueHarness.ts'
import { startCase } from '../../helpers/queueCase.ts'

test('jobs that are admitted many at a time are counted as if one by one', async () => {
  const { h } = await startCase({ jobs: 45, checks: ['running'] })
  await h.commands.admit(planOf({ jobs: 83, micros: null, twins: true }), { again: true })
  await h.until(() => h.store.read((tx) => tx.counts(null)).running > 0)
  const pairs = [
    [
      'SELECT batchId, status, n FROM job_counts WHERE n > 0',
      'SELECT batchId, status, count(*) AS n FROM jobs GROUP BY 1, 2',
    ],
    [
      'SELECT batchId, status, provider, model, n FROM job_facets WHERE n > 0',
      'SELECT batchId, status, provider, model, count(*) AS n FROM jobs GROUP BY 1, 2, 3, 4',
    ],
    [
      'SELECT batchId, currency, micros, n FROM batch_estimates',
      "SELECT batchId, coalesce(estimateCurrency, '') AS currency, sum(coalesce(estimateMicros, 0)) AS micros, count(*) AS n FROM jobs GROUP BY 1, 2",
    ],
  ] as const
  for (const [kept, counted] of pairs)
    expect(h.db.all(`${kept} ORDER BY 1, 2`)).toEqual(h.db.all(`${counted} ORDER BY 1, 2`))
  expect(h.db.all('SELECT * FROM counted_later')).toEqual([])
})
