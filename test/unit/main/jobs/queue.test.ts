import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../../helpers/fakeClock.ts'
import { planOf, startQueue } from '../../../helpers/queueHarness.ts'
import { scriptedProvider, type SubmitScript } from '../../../helpers/scriptedProvider.ts'

const counts = (h: Awaited<ReturnType<typeof startQueue>>) => h.store.read((tx) => tx.counts(null))

function scripts(...list: SubmitScript[]): () => SubmitScript {
  return () => list.shift() ?? 'accept'
}

describe('a batch on a provider that behaves', () => {
  it('delivers every job once and confirms what it reserved', async () => {
    const clock = fakeClock()
    const provider = scriptedProvider({
      idempotency: 'none',
      list: true,
      now: clock.now,
      nextSubmit: () => 'accept',
      checks: () => ['running', 'succeed'],
    })
    const h = await startQueue({ clock, provider })
    const admitted = await h.commands.admit(planOf({ jobs: 12 }), { again: false })
    expect(admitted.ok).toBe(true)
    await h.settle()
    expect(counts(h)).toMatchObject({ succeeded: 12, running: 0 })
    expect(provider.bill).toHaveLength(12)
    expect(new Set(h.delivered).size).toBe(12)
    const totals = h.db.get(
      "SELECT reserved, confirmed, indeterminate FROM charge_totals WHERE scope = 'batch'",
    )
    expect(totals).toMatchObject({ reserved: 0, confirmed: 1_200_000, indeterminate: 0 })
  })

  it('has both memories before the request leaves', async () => {
    const clock = fakeClock()
    const provider = scriptedProvider({
      idempotency: 'none',
      list: true,
      now: clock.now,
      nextSubmit: () => 'accept',
      checks: () => ['succeed'],
    })
    const h = await startQueue({ clock, provider })
    await h.commands.admit(planOf({ jobs: 1 }), { again: false })
    await h.settle()
    const key = provider.creates[0] ?? ''
    expect(h.journal.indexOf(`intent ${key}`)).toBeLessThan(
      h.journal.indexOf(`outcome ${key} accepted`),
    )
    expect(h.db.get('SELECT outcome, body FROM intents WHERE id = ?', [key])).toMatchObject({
      outcome: 'accepted',
      body: null,
    })
  })
})

describe('a create whose answer is lost', () => {
  it('is found in the list and never sent twice', async () => {
    const clock = fakeClock()
    const provider = scriptedProvider({
      idempotency: 'none',
      list: true,
      now: clock.now,
      nextSubmit: scripts('acceptAndLose'),
      checks: () => ['succeed'],
    })
    const h = await startQueue({ clock, provider })
    await h.commands.admit(planOf({ jobs: 3 }), { again: false })
    await h.settle()
    expect(counts(h)).toMatchObject({ succeeded: 3 })
    expect(provider.creates).toHaveLength(3)
  })

  it('asks the person after two empty looks, and settles itself when the list catches up', async () => {
    const clock = fakeClock()
    const provider = scriptedProvider({
      idempotency: 'none',
      list: true,
      listLag: 3,
      now: clock.now,
      nextSubmit: scripts('acceptAndLose'),
      checks: () => ['succeed'],
    })
    const h = await startQueue({ clock, provider })
    await h.commands.admit(planOf({ jobs: 1 }), { again: false })
    await h.settle()
    expect(counts(h)).toMatchObject({ needsYou: 1 })
    expect(
      h.events.some((event) => event.type === 'needsYou' && event.needs.code === 'submitUnknown'),
    ).toBe(true)
    await h.until(() => counts(h).succeeded === 1)
    expect(counts(h)).toMatchObject({ needsYou: 0, succeeded: 1 })
    expect(provider.creates).toHaveLength(1)
  })

  it('goes out again under the same key where the provider knows keys', async () => {
    const clock = fakeClock()
    const provider = scriptedProvider({
      idempotency: 'key',
      list: false,
      now: clock.now,
      nextSubmit: scripts('acceptAndLose', 'accept', 'loseBefore'),
      checks: () => ['succeed'],
    })
    const h = await startQueue({ clock, provider })
    await h.commands.admit(planOf({ jobs: 2 }), { again: false })
    await h.settle()
    expect(counts(h)).toMatchObject({ succeeded: 2 })
    expect(provider.bill).toHaveLength(2)
  })

  it('never hands one operation to two twins', async () => {
    const clock = fakeClock()
    const provider = scriptedProvider({
      idempotency: 'none',
      list: true,
      now: clock.now,
      nextSubmit: scripts('acceptAndLose', 'loseBefore'),
      checks: () => ['succeed'],
    })
    const h = await startQueue({ clock, provider })
    await h.commands.admit(planOf({ jobs: 2, twins: true }), { again: false })
    await h.settle()
    expect(counts(h)).toMatchObject({ succeeded: 1, needsYou: 1 })
    expect(provider.bill).toHaveLength(1)
  })

  it('becomes an extra take when it turns up after the person sent it again', async () => {
    const clock = fakeClock()
    const provider = scriptedProvider({
      idempotency: 'none',
      list: true,
      listLag: 2,
      now: clock.now,
      nextSubmit: scripts('acceptAndLose'),
      checks: () => ['succeed'],
    })
    const h = await startQueue({ clock, provider })
    await h.commands.admit(planOf({ jobs: 1 }), { again: false })
    await h.settle()
    const job = h.store.read((tx) => tx.jobsOf('all', {}))[0]
    if (job === undefined) throw new Error('no job')
    expect((await h.commands.resolve(job.id, { kind: 'sendAgain' })).ok).toBe(true)
    await h.until(() => counts(h).succeeded === 2)
    expect(counts(h)).toMatchObject({ succeeded: 2, needsYou: 0 })
    expect(provider.bill).toHaveLength(2)
    expect(
      h.db.get("SELECT confirmed, indeterminate FROM charge_totals WHERE scope = 'batch'"),
    ).toMatchObject({ confirmed: 200_000, indeterminate: 0 })
  })

  it('stops the lane after three of them', async () => {
    const clock = fakeClock()
    const provider = scriptedProvider({
      idempotency: 'none',
      list: false,
      concurrency: 1,
      now: clock.now,
      nextSubmit: () => 'loseBefore',
      checks: () => ['succeed'],
    })
    const h = await startQueue({ clock, provider })
    await h.commands.admit(planOf({ jobs: 10 }), { again: false })
    await h.settle()
    expect(provider.creates).toHaveLength(3)
    expect(counts(h)).toMatchObject({ needsYou: 3, queued: 7 })
  })
})

describe('refusals', () => {
  it('waits for the person when the key is refused, and goes on when they resume', async () => {
    const clock = fakeClock()
    const provider = scriptedProvider({
      idempotency: 'none',
      list: true,
      concurrency: 1,
      now: clock.now,
      nextSubmit: scripts('refuse401'),
      checks: () => ['succeed'],
    })
    const h = await startQueue({ clock, provider })
    await h.commands.admit(planOf({ jobs: 5 }), { again: false })
    await h.settle()
    expect(provider.creates).toHaveLength(1)
    expect(counts(h)).toMatchObject({ queued: 4, waiting: 1 })
    await h.commands.resume({ lane: { provider: 'scripted' } })
    await h.settle()
    expect(counts(h)).toMatchObject({ succeeded: 5 })
  })

  it('holds the lane for a rate limit without counting an attempt', async () => {
    const clock = fakeClock()
    const provider = scriptedProvider({
      idempotency: 'none',
      list: true,
      concurrency: 1,
      now: clock.now,
      nextSubmit: scripts('refuse429', 'refuse429'),
      checks: () => ['succeed'],
    })
    const h = await startQueue({ clock, provider })
    const before = clock.now()
    await h.commands.admit(planOf({ jobs: 1 }), { again: false })
    await h.settle()
    expect(clock.now() - before).toBeGreaterThanOrEqual(14_000)
    expect(counts(h)).toMatchObject({ succeeded: 1 })
    expect(h.db.get('SELECT max(attempt) AS n FROM attempts')).toMatchObject({ n: 0 })
  })

  it('fails what can never pass and releases its money', async () => {
    const clock = fakeClock()
    const provider = scriptedProvider({
      idempotency: 'none',
      list: true,
      now: clock.now,
      nextSubmit: () => 'refuse400',
      checks: () => ['succeed'],
    })
    const h = await startQueue({ clock, provider })
    await h.commands.admit(planOf({ jobs: 2 }), { again: false })
    await h.settle()
    expect(counts(h)).toMatchObject({ failed: 2 })
    expect(
      h.db.get(
        "SELECT reserved, confirmed, indeterminate FROM charge_totals WHERE scope = 'batch'",
      ),
    ).toMatchObject({ reserved: 0, confirmed: 0, indeterminate: 0 })
  })
})

describe('what was paid for is kept', () => {
  it('asks again through a long outage of looks', async () => {
    const clock = fakeClock()
    const outage = Array.from({ length: 60 }, () => 'unreachable' as const)
    const provider = scriptedProvider({
      idempotency: 'none',
      list: true,
      now: clock.now,
      nextSubmit: () => 'accept',
      checks: () => [...outage, 'succeed'],
    })
    const h = await startQueue({ clock, provider })
    await h.commands.admit(planOf({ jobs: 1 }), { again: false })
    await h.settle()
    expect(counts(h)).toMatchObject({ succeeded: 1 })
    expect(provider.creates).toHaveLength(1)
  })

  it('refreshes an expired link by asking the provider, and asks the person when that never helps', async () => {
    const clock = fakeClock()
    const provider = scriptedProvider({
      idempotency: 'none',
      list: true,
      now: clock.now,
      nextSubmit: () => 'accept',
      checks: () => ['succeed'],
    })
    let expired = 2
    const h = await startQueue({
      clock,
      provider,
      deliver: () =>
        (expired -= 1) >= 0
          ? { kind: 'expired', error: { kind: 'unknown', code: 'GONE', message: 'gone' } }
          : null,
    })
    await h.commands.admit(planOf({ jobs: 1 }), { again: false })
    await h.settle()
    expect(counts(h)).toMatchObject({ succeeded: 1 })
    expired = 1_000
    await h.commands.admit({ ...planOf({ jobs: 1 }), digest: 'other' }, { again: false })
    await h.settle()
    expect(counts(h)).toMatchObject({ succeeded: 1, needsYou: 1 })
    expect(provider.creates).toHaveLength(2)
    expect(h.db.get("SELECT confirmed FROM charge_totals WHERE scope = 'night'")).toMatchObject({
      confirmed: 200_000,
    })
  })

  it('delivers a success that came after a cancel', async () => {
    const clock = fakeClock()
    const provider = scriptedProvider({
      idempotency: 'none',
      list: true,
      now: clock.now,
      nextSubmit: () => 'accept',
      checks: () => ['running', 'running', 'succeed'],
    })
    const h = await startQueue({ clock, provider })
    const admitted = await h.commands.admit(planOf({ jobs: 1 }), { again: false })
    if (!admitted.ok) throw new Error('not admitted')
    await h.until(() => provider.bill.length === 1 && counts(h).running === 1)
    const report = await h.commands.cancel({ batches: [admitted.value.batchId] })
    expect(report).toMatchObject({ requested: 1, cancelled: 0 })
    await h.settle()
    expect(counts(h)).toMatchObject({ succeeded: 1 })
  })
})

describe('caps', () => {
  it('are never passed with forty jobs racing for the last cent', async () => {
    const clock = fakeClock()
    const provider = scriptedProvider({
      idempotency: 'none',
      list: true,
      concurrency: 40,
      now: clock.now,
      nextSubmit: () => 'accept',
      checks: () => ['running', 'succeed'],
    })
    const h = await startQueue({ clock, provider })
    const admitted = await h.commands.admit(
      planOf({ jobs: 40, cap: { micros: 750_000, currency: 'USD' } }),
      { again: false },
    )
    if (!admitted.ok) throw new Error('not admitted')
    await h.settle()
    expect(provider.bill).toHaveLength(7)
    expect(counts(h)).toMatchObject({ succeeded: 7, queued: 33 })
    await h.commands.setBatchCap(admitted.value.batchId, { micros: 1_000_000, currency: 'USD' })
    await h.settle()
    expect(provider.bill).toHaveLength(10)
  })

  it('stop what has no price', async () => {
    const clock = fakeClock()
    const provider = scriptedProvider({
      idempotency: 'none',
      list: true,
      now: clock.now,
      nextSubmit: () => 'accept',
      checks: () => ['succeed'],
    })
    const h = await startQueue({ clock, provider })
    await h.commands.admit(
      planOf({ jobs: 2, micros: null, cap: { micros: 750_000, currency: 'USD' } }),
      { again: false },
    )
    await h.settle()
    expect(provider.bill).toHaveLength(0)
    expect(h.runner.blocked()[0]).toMatchObject({ why: 'unpriced' })
  })
})

describe('a batch that is already here', () => {
  it('is not started twice unless asked', async () => {
    const clock = fakeClock()
    const provider = scriptedProvider({
      idempotency: 'none',
      list: true,
      now: clock.now,
      nextSubmit: () => 'accept',
      checks: () => ['succeed'],
    })
    const h = await startQueue({ clock, provider })
    await h.commands.admit(planOf({ jobs: 1 }), { again: false })
    expect(await h.commands.admit(planOf({ jobs: 1 }), { again: false })).toMatchObject({
      ok: false,
      error: { code: 'sameBatchUnfinished' },
    })
    expect(await h.commands.admit(planOf({ jobs: 1 }), { again: true })).toMatchObject({ ok: true })
  })
})

describe('a fault of our own', () => {
  it('in the last step costs no more than the poster', async () => {
    const clock = fakeClock()
    const provider = scriptedProvider({
      idempotency: 'none',
      list: true,
      now: clock.now,
      nextSubmit: () => 'accept',
      checks: () => ['succeed'],
    })
    const facts = (): never => {
      throw new Error('a bug, on purpose')
    }
    const h = await startQueue({ clock, provider, facts, isQuiet: true })
    await h.commands.admit(planOf({ jobs: 1 }), { again: false })
    await h.settle()
    expect(counts(h)).toMatchObject({ succeeded: 1 })
  })
})
