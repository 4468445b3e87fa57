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
  expect(await h.commands.cancel({ all: true })).toMatchObject({ cancelled: 2, requested: 1 })
  await h.until(() => false, HOUR)
  expect(h.store.read((tx) => tx.counts(null))).toMatchObject({ cancelled: 2, needsYou: 1 })
})
