import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fakeClock } from '../../../helpers/fakeClock.ts'
import { memoryDatabase, planOf, startQueue } from '../../../helpers/queueHarness.ts'
import { startCase } from '../../../helpers/queueCase.ts'
import { scriptedProvider } from '../../../helpers/scriptedProvider.ts'

const COLUMNS = [
  'operation',
  'outputs',
  'providerState',
  'error',
  'moves',
  'request',
  'tags',
] as const
const spoilt = fc.record({
  killAt: fc.integer({ min: 1, max: 90 }),
  column: fc.constantFrom(...COLUMNS),
  value: fc.oneof(fc.constant('{'), fc.json()),
  job: fc.nat(3),
})
const JOBS = 4
const HOUR = 3_600_000

it('a job whose row cannot be read waits for a person; the engine starts and ends the others', async () => {
  await fc.assert(
    fc.asyncProperty(spoilt, async ({ killAt, column, value, job }) => {
      const clock = fakeClock()
      const db = memoryDatabase()
      const provider = scriptedProvider({
        idempotency: 'none',
        list: true,
        now: clock.now,
        nextSubmit: () => 'accept',
        checks: () => ['running', 'succeed'],
      })
      const first = await startQueue({ clock, provider, db, killAt })
      void first.commands.admit(planOf({ jobs: JOBS }), { again: false })
      await first.until(() => false, HOUR)
      first.kill()
      db.run(`UPDATE jobs SET ${column} = ? WHERE row = ?`, [value, job + 2])

      const next = await startQueue({ clock, provider, db, run: 2 })
      await next.until(() => false, 2 * HOUR)
      next.kill()

      expect(new Set(provider.creates).size).toBe(provider.creates.length)
      const running = db.all("SELECT id FROM jobs WHERE status = 'running' OR lease IS NOT NULL")
      expect(running).toEqual([])
    }),
    { numRuns: 100 },
  )
})

it('what a person tells all jobs reaches those that can be read', async () => {
  const { h, job } = await startCase({ jobs: 4, concurrency: 1, checks: ['running', 'succeed'] })
  await h.until(() => h.store.read((tx) => tx.counts(null)).running === 1)
  h.db.run("UPDATE jobs SET moves = '{' WHERE id = ?", [job(3).id])
  const told = await h.commands.cancel({ all: true })
  expect(told).toMatchObject({ cancelled: 2, requested: 1 })
  expect(told.notes.at(-1)).toBe('1 job is left as it is: what is stored about it cannot be read.')
  await h.until(() => false, HOUR)
  expect(h.store.read((tx) => tx.counts(null))).toMatchObject({ cancelled: 2, needsYou: 1 })
})

it('what cannot be read is retried by no command, and keeps no other from it', async () => {
  const { h, job } = await startCase({ jobs: 3, submits: ['refuse400', 'refuse400', 'refuse400'] })
  await h.settle()
  const jobId = job(0).id
  const failure = { kind: job(0).error?.kind ?? 'unknown', code: job(0).error?.code ?? '' }
  h.db.run("UPDATE jobs SET moves = '{' WHERE id = ?", [jobId])
  const skipped = [{ jobId, why: 'What is stored about it cannot be read.', inDoubt: false }]
  const one = await h.commands.retry({ jobs: [jobId] })
  expect(one).toMatchObject({ jobIds: [], skipped })
  const group = await h.commands.retry({ filter: {}, failure })
  expect(group).toMatchObject({ jobIds: [expect.any(String), expect.any(String)], skipped })
  expect(await h.commands.retry({ all: true })).toMatchObject({ jobIds: [], skipped })
})
