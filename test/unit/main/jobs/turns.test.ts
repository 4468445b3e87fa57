import { describe, expect, it } from 'vitest'
import { planOf } from '../../../helpers/queueHarness.ts'
import { startCase } from '../../../helpers/queueCase.ts'

const DAY = 24 * 3_600_000

describe('batches that wait for the same lane', () => {
  it('take turns; one of a higher priority goes first', async () => {
    const { h } = await startCase({ jobs: 6, concurrency: 1 })
    const admit = async (jobs: number): Promise<string> => {
      const admitted = await h.commands.admit(planOf({ jobs }), { again: true })
      if (!admitted.ok) throw new Error(admitted.error.message)
      return admitted.value.batchId
    }
    const [second, urgent] = [await admit(6), await admit(3)]
    h.db.run('UPDATE batches SET priority = 1 WHERE id = ?', [urgent])
    await h.settle()
    const sent = h.db
      .all('SELECT batchId FROM intents JOIN jobs ON jobs.id = jobId ORDER BY intents.rowid')
      .map((row) => (row['batchId'] === urgent ? 'c' : row['batchId'] === second ? 'b' : 'a'))
      .join('')
    expect(sent).toBe('cccabababababab')
  })
})

describe('an engine with nothing to do', () => {
  it('looks up once an hour and writes nothing', async () => {
    const { h, clock } = await startCase({ jobs: 3 })
    await h.settle()
    const revision = (): unknown =>
      h.db.get('SELECT max(revision) AS r, total_changes() AS n FROM jobs')
    const before = revision()
    const end = clock.monotonic() + DAY
    let wakeUps = 0
    while (clock.jump(end)) {
      wakeUps += 1
      await new Promise<void>((resolve) => setImmediate(resolve))
      await new Promise<void>((resolve) => setImmediate(resolve))
    }
    // The hour's timer, and the look that it asks for.
    expect(wakeUps).toBe(2 * 24)
    expect(revision()).toEqual(before)
  })
})
