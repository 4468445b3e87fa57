import { describe, expect, it } from 'vitest'
import { nightPlanSchema, type NightPlan } from '../../../../src/shared/domain/nightPlan.ts'
import type { CancelOutcome, CheckOutcome } from '../../../../src/main/providers/spec.ts'
import { fakeClock } from '../../../helpers/fakeClock.ts'
import { planOf, startQueue } from '../../../helpers/queueHarness.ts'
import { scriptedProvider } from '../../../helpers/scriptedProvider.ts'

const HOUR_MS = 3_600_000
const at = (text: string): number => Date.parse(text)
/** 23 to 7, every day, in Prague. */
const NIGHTS = nightPlanSchema.parse({ isOn: true })

interface Night {
  readonly from: string
  readonly plan?: Partial<NightPlan>
  readonly checks?: ('running' | 'succeed')[]
}

async function startNight({ from, plan, checks = ['succeed'] }: Night) {
  const clock = fakeClock(at(from))
  let nightPlan: NightPlan = { ...NIGHTS, ...plan }
  const provider = scriptedProvider({
    idempotency: 'none',
    list: true,
    now: clock.now,
    nextSubmit: () => 'accept',
    checks: () => [...checks],
  })
  const h = await startQueue({ clock, provider, nightPlan: () => nightPlan })
  return {
    clock,
    provider,
    h,
    change: (next: Partial<NightPlan>) => (nightPlan = { ...nightPlan, ...next }),
    why: () => h.runner.blocked().map(({ why, detail }) => `${why}: ${detail}`),
    counts: () => h.store.read((tx) => tx.counts(null)),
  }
}

const tonight = (jobs: number) => planOf({ jobs, tonight: true })

describe('work for the night', () => {
  it('waits for the window, says until when, and starts when it opens', async () => {
    const night = await startNight({ from: '2026-11-22T21:30+01:00' })
    await night.h.commands.admit(tonight(3), { again: false })
    await night.h.until(() => night.why().length > 0)
    expect(night.why()).toEqual(['window: window opens 23:00'])
    expect(night.h.runner.rest()).toBe('window')
    await night.h.until(() => night.provider.creates.length > 0)
    expect(night.clock.now()).toBeGreaterThanOrEqual(at('2026-11-22T23:00+01:00'))
    expect(night.clock.now()).toBeLessThan(at('2026-11-22T23:01+01:00'))
    await night.h.settle()
    expect(night.counts()).toMatchObject({ succeeded: 3 })
    expect(night.h.runner.rest()).toBe('nothing')
  })

  it('says when it goes on once the cap of the night is reached: in the next window of the next night', async () => {
    const night = await startNight({ from: '2026-11-22T23:30+01:00' })
    await night.h.commands.setPeriodCap('night', { micros: 200_000, currency: 'USD' })
    await night.h.commands.admit(tonight(3), { again: false })
    await night.h.until(() => night.counts().succeeded === 2, HOUR_MS)
    await night.h.until(() => night.h.runner.blocked()[0]?.why === 'cap', 60_000)
    expect(night.h.runner.blocked()).toMatchObject([{ until: at('2026-11-23T23:00+01:00') }])
    await night.h.until(() => night.counts().succeeded === 3)
    expect(night.counts()).toMatchObject({ succeeded: 3 })
    expect(night.clock.now()).toBeGreaterThan(at('2026-11-23T23:00+01:00'))
  })

  it('tells when a cap counts anew once a changed plan moves that', async () => {
    const night = await startNight({ from: '2026-11-22T23:30+01:00' })
    await night.h.commands.setPeriodCap('night', { micros: 100_000, currency: 'USD' })
    await night.h.commands.admit(tonight(2), { again: false })
    await night.h.until(() => night.counts().succeeded === 1, HOUR_MS)
    await night.h.until(() => night.h.runner.blocked()[0]?.why === 'cap', 60_000)
    const told = night.h.events.length
    night.change({ startAt: 23 * 60 + 30 })
    night.h.runner.wake()
    const lanes = () => night.h.events.slice(told).filter(({ type }) => type === 'lanes')
    await night.h.until(() => lanes().length > 0, 60_000)
    expect(lanes()).not.toEqual([])
    expect(night.h.runner.blocked()).toMatchObject([{ until: at('2026-11-23T23:30+01:00') }])
  })

  it('does not hold up a batch that was run at once', async () => {
    const night = await startNight({ from: '2026-11-22T12:00+01:00' })
    await night.h.commands.admit(tonight(2), { again: false })
    await night.h.commands.admit({ ...planOf({ jobs: 2 }), digest: 'now' }, { again: false })
    await night.h.until(() => night.counts().succeeded === 2, HOUR_MS)
    expect(night.provider.creates).toHaveLength(2)
    expect(night.counts()).toMatchObject({ succeeded: 2, queued: 2 })
  })

  it('looks at what was paid and fetches it after the window has closed', async () => {
    const night = await startNight({
      from: '2026-11-23T06:59+01:00',
      checks: [...Array.from({ length: 80 }, () => 'running' as const), 'succeed'],
    })
    await night.h.commands.admit(tonight(6), { again: false })
    await night.h.until(() => night.counts().succeeded === 4, 12 * HOUR_MS)
    expect(night.clock.now()).toBeGreaterThan(at('2026-11-23T07:00+01:00'))
    expect(night.provider.creates).toHaveLength(4)
    await night.h.until(() => night.h.runner.rest() === 'window', HOUR_MS)
    expect(night.h.runner.rest()).toBe('window')
    await night.h.settle()
    expect(night.clock.now()).toBeGreaterThan(at('2026-11-23T23:00+01:00'))
    expect(night.counts()).toMatchObject({ succeeded: 6 })
  })

  it('stops sending before the window ends, when that was asked for', async () => {
    const night = await startNight({ from: '2026-11-23T06:40+01:00', plan: { stopAt: 390 } })
    await night.h.commands.admit(tonight(1), { again: false })
    await night.h.until(() => night.why().length > 0)
    expect(night.why()).toEqual(['window: window opens 23:00'])
    expect(night.provider.creates).toHaveLength(0)
  })

  it('sleeps while it waits: no look but for the edge and once an hour', async () => {
    const night = await startNight({ from: '2026-11-22T12:00+01:00' })
    await night.h.commands.admit(tonight(2), { again: false })
    await night.h.until(() => night.why().length > 0)
    let jumps = 0
    await night.h.until(() => {
      jumps += 1
      return night.provider.creates.length > 0
    })
    // An hour has two timers and the look that one of them asks for.
    expect(jumps).toBeLessThan(3 * 12)
  })

  it('says that no hour is open, waits for a person, and goes on when the plan is changed', async () => {
    const days = Array.from({ length: 7 }, () => 0)
    const night = await startNight({ from: '2026-11-22T12:00+01:00', plan: { days } })
    await night.h.commands.admit(tonight(2), { again: false })
    await night.h.settle(HOUR_MS)
    expect(night.why()).toEqual(['window: no hour of the night plan is open'])
    expect(night.h.runner.rest()).toBe('person')
    night.change({ isOn: false })
    night.h.watch.look()
    await night.h.until(() => night.counts().succeeded === 2, HOUR_MS)
    expect(night.counts()).toMatchObject({ succeeded: 2 })
  })
})

describe('a clock that is changed', () => {
  it('opens the window when it is set ahead, as after a sleep', async () => {
    const night = await startNight({ from: '2026-11-22T12:00+01:00' })
    await night.h.commands.admit(tonight(2), { again: false })
    await night.h.until(() => night.why().length > 0)
    night.clock.setWall(at('2026-11-23T01:00+01:00'))
    night.h.watch.look()
    await night.h.until(() => night.counts().succeeded === 2, 10 * 60_000)
    expect(night.counts()).toMatchObject({ succeeded: 2 })
  })

  it('closes it again when it is set back, without a busy loop', async () => {
    const night = await startNight({ from: '2026-11-22T23:30+01:00' })
    night.clock.setWall(at('2026-11-22T20:00+01:00'))
    night.h.watch.look()
    await night.h.commands.admit(tonight(2), { again: false })
    await night.h.until(() => night.why().length > 0)
    expect(night.why()).toEqual(['window: window opens 23:00'])
    await night.h.until(() => night.counts().succeeded === 2, 4 * HOUR_MS)
    expect(night.counts()).toMatchObject({ succeeded: 2 })
    expect(night.clock.now()).toBeGreaterThanOrEqual(at('2026-11-22T23:00+01:00'))
  })
})

describe('a window that closes on running work', () => {
  const stopped = new Set<string>()
  const stop = async ({ id }: { id: string }): Promise<CancelOutcome> => {
    stopped.add(id)
    return { kind: 'requested', note: 'stopping' }
  }
  const free =
    (isFree: boolean, cancel = stop, then: CheckOutcome = { kind: 'cancelled' }) =>
    async (from: string) => {
      stopped.clear()
      const clock = fakeClock(at(from))
      const plain = scriptedProvider({
        idempotency: 'none',
        list: true,
        now: clock.now,
        nextSubmit: () => 'accept',
        checks: () => ['running'],
      })
      const rule = isFree ? ('nothing' as const) : ('unknown' as const)
      const provider = {
        ...plain,
        traits: { ...plain.traits, charges: { failed: rule, cancelled: rule } },
        cancel,
        check: async (...args: Parameters<typeof plain.check>): Promise<CheckOutcome> => {
          if (stopped.has(args[0].id)) return then
          // The second night has time for it.
          return clock.now() > at('2026-11-23T23:00+01:00')
            ? { kind: 'succeeded', outputs: [{ kind: 'url', url: args[0].id, withKey: false }] }
            : plain.check(...args)
        },
      }
      const nightPlan = { ...NIGHTS, atEnd: 'stopFree' as const }
      return {
        clock,
        provider,
        h: await startQueue({ clock, provider, nightPlan: () => nightPlan }),
      }
    }

  const error = { kind: 'unknown', code: 'NOT_FOUND', message: 'It is not known.' } as const
  it.each<CheckOutcome>([
    { kind: 'cancelled' },
    // Some delete what they stop.
    { kind: 'missing', error },
  ])('stops what costs nothing to stop, and runs it again in the next one: %j', async (then) => {
    const { h, provider } = await free(true, stop, then)('2026-11-23T06:30+01:00')
    await h.commands.admit(tonight(2), { again: false })
    const counts = () => h.store.read((tx) => tx.counts(null))
    await h.until(() => counts().waiting === 2, 6 * HOUR_MS)
    expect(stopped.size).toBe(2)
    const totals = h.db.get("SELECT reserved, confirmed FROM charge_totals WHERE scope = 'batch'")
    expect(totals).toMatchObject({ reserved: 0, confirmed: 0 })
    await h.settle()
    expect(counts()).toMatchObject({ succeeded: 2 })
    expect(provider.creates).toHaveLength(4)
  })

  it('does so beside a row that cannot be read', async () => {
    const { h } = await free(true)('2026-11-23T06:30+01:00')
    await h.commands.admit(tonight(2), { again: false })
    await h.until(() => h.store.read((tx) => tx.counts(null)).running === 2)
    await h.commands.pause({ all: true })
    await h.commands.admit(planOf({ jobs: 1 }), { again: true })
    h.db.run("UPDATE jobs SET moves = '{' WHERE status = 'queued'")
    await h.until(() => stopped.size === 2, HOUR_MS)
    expect(stopped.size).toBe(2)
  })

  it('lets go on what could not be stopped, such as on a full disk', async () => {
    const broken = async () => Promise.reject(new Error('ENOSPC: no space left on device'))
    const { h, provider } = await free(true, broken)('2026-11-23T06:30+01:00')
    await h.commands.admit(tonight(2), { again: false })
    await h.until(() => false, 2 * HOUR_MS)
    expect(h.store.read((tx) => tx.counts(null))).toMatchObject({ running: 2 })
    expect(provider.creates).toHaveLength(2)
  })

  it('lets go on what may be billed', async () => {
    const { h, provider } = await free(false)('2026-11-23T06:30+01:00')
    await h.commands.admit(tonight(2), { again: false })
    await h.until(() => false, 2 * HOUR_MS)
    expect(stopped.size).toBe(0)
    expect(provider.creates).toHaveLength(2)
  })
})
