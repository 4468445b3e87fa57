import { describe, expect, it } from 'vitest'
import { steadyClock } from '../../../../src/main/systemClock.ts'
import { fakeClock } from '../../../helpers/fakeClock.ts'
import { startCase } from '../../../helpers/queueCase.ts'
import { startQueue } from '../../../helpers/queueHarness.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

describe('the clock of the queue', () => {
  it('never goes back, and goes on from where it was', () => {
    const clock = fakeClock()
    const steady = steadyClock(clock)
    const before = steady.now()
    clock.setWall(clock.now() - 2 * HOUR)
    expect(steady.now()).toBe(before)
    clock.after(5_000, () => undefined)
    clock.jump()
    expect(steady.now()).toBe(before + 5_000)
  })

  it('follows a jump ahead, as after a sleep, and the wall again once that has caught up', () => {
    const clock = fakeClock()
    const steady = steadyClock(clock)
    const before = steady.now()
    clock.setWall(clock.now() + 8 * HOUR)
    expect(steady.now()).toBe(before + 8 * HOUR)
    clock.setWall(clock.now() - HOUR)
    expect(steady.now()).toBe(before + 8 * HOUR)
    clock.setWall(clock.now() + 3 * HOUR)
    expect(steady.now()).toBe(clock.now())
  })
})

describe('a clock that is changed in mid render', () => {
  const looks = Array.from({ length: 12 }, () => 'running' as const)

  it('and set back by two hours delays no look and no delivery', async () => {
    const { h, provider, clock, job } = await startCase({ checks: [...looks, 'succeed'] })
    await h.until(() => provider.bill.length === 1 && job(0).checks === 3)
    const began = clock.monotonic()
    clock.setWall(clock.now() - 2 * HOUR)
    await h.settle()
    expect(job(0).status).toBe('succeeded')
    expect(clock.monotonic() - began).toBeLessThan(30 * MINUTE)
  })

  it('and set back before the engine starts again leaves nothing to wait for the lost hours', async () => {
    const { h, provider, clock, job } = await startCase({ checks: [...looks, 'succeed'] })
    await h.until(() => provider.bill.length === 1 && job(0).checks === 3)
    h.kill()
    clock.setWall(clock.now() - 2 * HOUR)
    const began = clock.monotonic()
    const next = await startQueue({ clock, provider, db: h.db, run: 2 })
    await next.settle()
    expect(job(0).status).toBe('succeeded')
    expect(clock.monotonic() - began).toBeLessThan(30 * MINUTE)
  })

  it('and set ahead by twelve hours does not make the render overdue', async () => {
    const { h, provider, clock, job } = await startCase({ checks: [...looks, 'succeed'] })
    await h.until(() => provider.bill.length === 1 && job(0).checks === 3)
    clock.setWall(clock.now() + 12 * HOUR)
    await h.settle()
    expect(job(0).status).toBe('succeeded')
  })
})

describe('a machine that sleeps between the intent and its create', () => {
  it.each([
    [4_000, 1],
    [6_000, 2],
  ])('for %i ms sends what intent %i says, once (money rule 2)', async (asleepMs, intentNo) => {
    let fallAsleep = (): void => undefined
    const { h, provider, clock, job } = await startCase({
      storeError: () => {
        fallAsleep()
        return null
      },
    })
    fallAsleep = () => {
      if (h.db.get("SELECT 1 FROM jobs WHERE status = 'running'") === undefined) return
      fallAsleep = () => undefined
      clock.setWall(clock.now() + asleepMs)
    }
    await h.settle()
    expect(job(0).status).toBe('succeeded')
    expect(provider.creates).toEqual([`${job(0).id}:${intentNo}`])
    expect(h.journal.filter((line) => line.endsWith('dropped'))).toHaveLength(intentNo - 1)
  })
})

describe('a connection that takes its time', () => {
  it('is not written to once the order is older than five seconds (money rule 2)', async () => {
    const waits = [6_000, 0]
    const { h, provider, clock, job } = await startCase({
      change: (plain) => ({
        submit: async (wire, call) => {
          clock.setWall(clock.now() + (waits.shift() ?? 0))
          const error = { kind: 'unavailable', code: 'NOT_SENT', message: 'Too late.' } as const
          return call.isLate?.() === true ? { kind: 'notSent', error } : plain.submit(wire, call)
        },
      }),
    })
    await h.settle()
    expect(job(0).status).toBe('succeeded')
    expect(provider.creates).toEqual([`${job(0).id}:2`])
  })
})

describe('a render without end', () => {
  it('is put before the person, who can have it watched further', async () => {
    const { h, clock, job } = await startCase({
      checks: ['running'],
      change: ({ traits }) => ({ traits: { ...traits, pollFloorMs: MINUTE } }),
    })
    await h.settle()
    expect(job(0).needsYou?.code).toBe('renderOverdue')
    await h.commands.resolve(job(0).id, {
      kind: 'adopt',
      operationId: job(0).operation?.id ?? '',
    })
    const again = clock.monotonic()
    await h.settle()
    expect(job(0).needsYou?.code).toBe('renderOverdue')
    expect(clock.monotonic() - again).toBeGreaterThan(HOUR)
  })
})

describe('a cap of a month', () => {
  it('counts each job to the month of its claim, in the zone that the cap was set in', async () => {
    const { h, clock } = await startCase({
      checks: [...Array.from({ length: 30 }, () => 'running' as const), 'succeed'],
      jobs: 3,
      concurrency: 1,
    })
    // In that zone it is a minute before December; here it is noon of the 30th.
    clock.setWall(Date.UTC(2026, 10, 30, 9, 59))
    h.db.run("INSERT INTO caps VALUES ('month', 200000, 'USD', 'Pacific/Kiritimati')")
    await h.settle()
    expect(h.db.all('SELECT month, state FROM charges ORDER BY createdAt')).toEqual([
      { month: '2026-11', state: 'confirmed' },
      { month: '2026-12', state: 'confirmed' },
      { month: '2026-12', state: 'confirmed' },
    ])
  })

  it('is not open again when the clock goes back to the month before', async () => {
    const { h, clock } = await startCase({ jobs: 3, concurrency: 1 })
    h.db.run("INSERT INTO caps VALUES ('month', 200000, 'USD', 'UTC')")
    await h.settle()
    clock.setWall(Date.UTC(2026, 9, 31, 12))
    h.runner.wake()
    await h.settle()
    expect(h.db.all('SELECT month FROM charges')).toHaveLength(2)
    h.kill()
    const next = await startQueue({
      clock,
      provider: (await startCase({})).provider,
      db: h.db,
      run: 2,
    })
    await next.settle()
    expect(h.db.all('SELECT month FROM charges')).toHaveLength(2)
  })
})
