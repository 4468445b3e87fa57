import { describe, expect, test } from 'vitest'
import type { JobFilter } from '../../../src/shared/domain/views.ts'
import { MIGRATIONS } from '../../../src/main/storage/migrations/index.ts'
import { msUntilDone } from '../../../src/main/storage/queries/expectedFinish.ts'
import { createQueries } from '../../../src/main/storage/queries/queries.ts'
import { connect } from '../../../src/main/storage/sqlite.ts'
import { NOW } from '../../helpers/storage/dataFolder.ts'
import { admit, plannedJob, planOf } from '../../helpers/storage/fillQueue.ts'

const lane = { traits: { lane: { concurrency: 2, createsPerMinute: null }, keyVariable: null } }
const providers = new Map([
  ['fal', { name: 'fal', ...lane }],
  ['replicate', { name: 'Replicate', ...lane }],
])

async function filled() {
  const db = connect(':memory:')
  for (const { sql } of MIGRATIONS) db.exec(sql)
  const wan = { provider: 'replicate', model: 'wan-2.6', route: 'replicate/wan-2.6' }
  await admit(db, planOf([plannedJob(1), plannedJob(2), plannedJob(3, wan)], { project: 'Autumn' }))
  await admit(db, planOf([plannedJob(1, wan), plannedJob(2, { prompt: 'a fox' })]), {
    batch: 2,
    firstJob: 11,
  })
  const error = JSON.stringify({ kind: 'contentPolicy', code: 'POLICY', message: 'A person.' })
  db.run("UPDATE jobs SET status = 'failed', error = ? WHERE id = 'job_00000002'", [error])
  return { db, queries: createQueries({ db, now: () => NOW, providers, blocked: () => null }) }
}

describe('counts of filters', () => {
  const some: readonly JobFilter[] = [
    {},
    { provider: 'fal' },
    { model: 'wan-2.6' },
    { project: 'Autumn' },
    { statuses: ['failed'] },
    { text: 'fox' },
    { provider: 'replicate', project: 'Autumn', text: 'harbour' },
  ]
  test.each(some)('are those of the page they lead to: %j', async (filter) => {
    const { queries } = await filled()
    const shown = (more: JobFilter): number =>
      queries.jobs({ filter: { ...filter, ...more }, after: null, limit: 100 }).rows.length
    const facets = queries.facets(filter)
    expect(facets.batches.reduce((sum, { jobs }) => sum + jobs, 0)).toBe(shown({}))
    for (const { key, jobs } of facets.providers) expect(shown({ provider: key })).toBe(jobs)
    for (const { key, jobs } of facets.models) expect(shown({ model: key })).toBe(jobs)
    for (const { key, jobs } of facets.projects) expect(shown({ project: key })).toBe(jobs)
    expect(shown({ statuses: ['queued'] })).toBe(facets.statuses.queued)
  })

  test('failures stand together by class and cause', async () => {
    const { queries } = await filled()
    expect(queries.failures({})).toEqual([
      {
        kind: 'contentPolicy',
        code: 'POLICY',
        message: 'A person.',
        jobs: 1,
        providers: ['fal'],
        models: ['Kling 3'],
      },
    ])
  })

  test('what is hidden is counted nowhere, and its estimate goes with it', async () => {
    const { db, queries } = await filled()
    db.run("UPDATE jobs SET hidden = 1 WHERE id = 'job_00000002'")
    expect(queries.facets({}).statuses).toMatchObject({ failed: 0, queued: 4 })
    expect(queries.batch('batch_0001')?.estimate?.micros).toBe(1_000_000)
    db.run("UPDATE jobs SET hidden = 0 WHERE id = 'job_00000002'")
    expect(queries.batch('batch_0001')?.estimate?.micros).toBe(1_500_000)
  })
})

describe('when a batch is done', () => {
  const paceOf = () => ({ slots: 2, renderMs: 60_000 })
  const work = (batchId: `batch_${string}`, jobs: number, priority = 0) => ({
    batchId,
    provider: 'fal',
    priority,
    tonight: false,
    jobs,
  })

  test('batches of one priority take turns, higher ones go first', () => {
    const left = [work('batch_a', 10), work('batch_b', 4), work('batch_c', 2, 1)]
    const minutes = (id: `batch_${string}`) => (msUntilDone(id, { left, paceOf }) ?? 0) / 60_000
    expect(minutes('batch_c')).toBe(1)
    expect(minutes('batch_b')).toBe((4 + 4 + 2) / 2)
    expect(minutes('batch_a')).toBe((10 + 4 + 2) / 2)
  })

  test('nothing is said where nothing was measured', () => {
    const unknown = () => ({ slots: 2, renderMs: null })
    const left = [work('batch_a', 3)]
    expect(msUntilDone('batch_a', { left, paceOf: unknown })).toBeNull()
    expect(msUntilDone('batch_b', { left, paceOf })).toBeNull()
  })

  test('is told of the batches that run, from the renders measured', async () => {
    const { db, queries } = await filled()
    db.run("INSERT INTO render_times VALUES ('fal/kling-v3', 0, 60000, 5, 1)")
    expect(queries.batch('batch_0001')?.expectedFinishAt).toBeNull()
    db.run("INSERT INTO render_times VALUES ('replicate/wan-2.6', 0, 30000, 5, 1)")
    expect(queries.batch('batch_0001')?.expectedFinishAt).toBe(NOW + 60_000)
  })

  test('begins for a batch of the night when its window opens', async () => {
    const { db } = await filled()
    db.run("INSERT INTO render_times VALUES ('fal/kling-v3', 0, 60000, 5, 1)")
    db.run("INSERT INTO render_times VALUES ('replicate/wan-2.6', 0, 30000, 5, 1)")
    db.run("UPDATE batches SET tonight = 1 WHERE id = 'batch_0001'")
    const finishAt = (opensAt: number | null) => {
      const window = () => ({ kind: 'closed' as const, opensAt })
      const parts = { db, now: () => NOW, providers, blocked: () => null, window }
      return createQueries(parts).batch('batch_0001')?.expectedFinishAt
    }
    expect(finishAt(NOW + 3_600_000)).toBe(NOW + 3_660_000)
    expect(finishAt(null)).toBeNull()
  })

  test.each([
    { why: 'cap', until: null, detail: 'batch cap $1.00 reached' },
    { why: 'onBattery', until: null, detail: 'the machine runs on its battery' },
    { why: 'halted', until: null, detail: 'the disk is full' },
  ] as const)('is not told of a batch while $detail, and nobody knows how long', async (block) => {
    const { db } = await filled()
    db.run("INSERT INTO render_times VALUES ('fal/kling-v3', 0, 60000, 5, 1)")
    db.run("INSERT INTO render_times VALUES ('replicate/wan-2.6', 0, 30000, 5, 1)")
    const blocked = (_: string, provider: string) => (provider === 'fal' ? block : null)
    const queries = createQueries({ db, now: () => NOW, providers, blocked })
    expect(queries.batch('batch_0001')?.expectedFinishAt).toBeNull()
  })

  test('begins when its lane lets work in again, and says until then what is waited for', async () => {
    const { db } = await filled()
    db.run("INSERT INTO render_times VALUES ('fal/kling-v3', 0, 60000, 5, 1)")
    db.run("INSERT INTO render_times VALUES ('replicate/wan-2.6', 0, 30000, 5, 1)")
    db.run("UPDATE jobs SET status = 'queued', runAt = 0 WHERE status = 'running'")
    const until = NOW + 600_000
    const held = { why: 'held', until, detail: 'fal has too many requests' } as const
    const blocked = (_: string, provider: string) => (provider === 'fal' ? held : null)
    const queries = createQueries({ db, now: () => NOW, providers, blocked })
    const batch = queries.batch('batch_0001')
    expect(batch?.expectedFinishAt).toBeGreaterThan(until)
    expect(batch?.waits).toEqual({ words: held.detail, until })
  })

  test('the strip tells when the last batch is done, those of the night from their window on', async () => {
    const { db } = await filled()
    db.run("INSERT INTO render_times VALUES ('fal/kling-v3', 0, 60000, 5, 1)")
    db.run("INSERT INTO render_times VALUES ('replicate/wan-2.6', 0, 30000, 5, 1)")
    db.run("UPDATE batches SET tonight = 1 WHERE id = 'batch_0001'")
    const opensAt = NOW + 3_600_000
    const window = () => ({ kind: 'closed' as const, opensAt })
    const strip = () =>
      createQueries({ db, now: () => NOW, providers, blocked: () => null, window }).tonight()
    const { expectedFinishAt } = strip()
    expect(expectedFinishAt).toBeGreaterThanOrEqual(opensAt + 60_000)
    db.run('UPDATE batches SET paused = 1')
    expect(strip().expectedFinishAt).toBeNull()
  })
})

test('a break point is reached when nothing before it is left to start', async () => {
  const { db, queries } = await filled()
  db.run("UPDATE jobs SET breakPoint = 1 WHERE id = 'job_00000003'")
  expect(queries.batch('batch_0001')?.stopsAt).toMatchObject({ row: 3, isReached: false })
  db.run("UPDATE jobs SET status = 'succeeded' WHERE id = 'job_00000001'")
  expect(queries.batch('batch_0001')?.stopsAt).toMatchObject({ row: 3, isReached: true })
})
