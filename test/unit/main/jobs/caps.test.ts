import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ServerTime } from '../../../../src/main/jobs/context.ts'
import { startCase, type QueueCase, type StartedCase } from '../../../helpers/queueCase.ts'
import { whyNothingGoes } from '../../../../src/main/jobs/claim.ts'
import { periodsAt } from '../../../../src/main/jobs/periods.ts'
import { readingTx } from '../../../../src/main/storage/jobStore.ts'
import { createQueries } from '../../../../src/main/storage/queries/queries.ts'
import { fakeClock } from '../../../helpers/fakeClock.ts'
import { planOf, startQueue } from '../../../helpers/queueHarness.ts'
import { scriptedProvider } from '../../../helpers/scriptedProvider.ts'

const usd = (micros: number) => ({ micros, currency: 'USD' })
const euros = { micros: 900_000, currency: 'EUR' }
const HOUR = 3_600_000
const DAY = 24 * HOUR

const held = ({ h }: Pick<StartedCase, 'h'>, scope: string): readonly number[] =>
  h.db
    .all(
      'SELECT reserved + confirmed + indeterminate AS held FROM charge_totals WHERE scope = ? ORDER BY scopeId',
      [scope],
    )
    .map((row) => Number(row['held']))

const queriesOf = ({ h, clock, provider }: StartedCase) =>
  createQueries({
    db: h.db,
    now: clock.now,
    providers: new Map([[provider.id, provider]]),
    blocked: (batchId) => h.runner.blocked().find((part) => part.batchId === batchId) ?? null,
  })

const capped = async (
  scope: 'night' | 'month',
  options: QueueCase & { readonly cap?: never; readonly most: number },
): Promise<StartedCase> => {
  const one = await startCase(options)
  await one.h.commands.setPeriodCap(scope, usd(options.most))
  return one
}

describe.each(['night', 'month'] as const)('the cap of a %s', (scope) => {
  it('is never passed by forty jobs that race for the last cent, nor after a restart', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          micros: fc.integer({ min: 1, max: 400_000 }),
          most: fc.integer({ min: 0, max: 3_000_000 }),
          concurrency: fc.integer({ min: 1, max: 40 }),
          checks: fc.constantFrom(['succeed'] as const, ['fail'] as const, ['policy'] as const),
          killAt: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
        }),
        async ({ micros, most, concurrency, checks, killAt }) => {
          const one = await capped(scope, { jobs: 40, micros, concurrency, checks, most })
          const worst = () => Math.max(0, ...held(one, scope))
          const limit = (killAt ?? 0) * 500
          if (killAt === undefined) await one.h.settle()
          else await one.h.until(() => worst() > most, limit)
          expect(worst()).toBeLessThanOrEqual(most)
          if (killAt === undefined) return
          one.h.kill()
          const again = await startQueue({
            clock: one.clock,
            provider: one.provider,
            db: one.h.db,
            run: 2,
          })
          await again.settle()
          expect(worst()).toBeLessThanOrEqual(most)
          expect(one.provider.bill.length * micros).toBeLessThanOrEqual(
            // What failed costs nothing here, so its money is free again.
            checks[0] === 'succeed' ? most : Number.POSITIVE_INFINITY,
          )
        },
      ),
      { numRuns: 25 },
    )
  })

  it('lets the rest go on when its period is over', async () => {
    const one = await capped(scope, { jobs: 9, micros: 100_000, most: 300_000 })
    const { h, clock, jobs } = one
    await h.settle()
    const done = () => jobs().filter(({ status }) => status === 'succeeded').length
    expect(done()).toBe(3)
    const [{ until } = { until: 0 }] = h.runner.blocked()
    const periodOf = (at: number) =>
      periodsAt(
        at,
        h.store.read((tx) => tx.timeZone()),
      )[scope]
    expect(periodOf((until ?? 0) - 1)).toBe(periodOf(clock.now()))
    expect(periodOf(until ?? 0)).not.toBe(periodOf(clock.now()))
    clock.setWall(clock.now() + (scope === 'night' ? DAY : 31 * DAY))
    h.runner.wake()
    await h.settle()
    expect(done()).toBe(6)
  })

  it('names no hour for a job that costs more than the whole of it', async () => {
    const { h } = await capped(scope, { jobs: 1, micros: 100_000, most: 99_999 })
    await h.settle()
    expect(h.runner.blocked()).toMatchObject([{ why: 'cap', until: null }])
  })

  it('names no hour that the next one has no room for, once this one was widened', async () => {
    const { h } = await capped(scope, { jobs: 3, micros: 200_000, most: 100_000 })
    await h.settle()
    await h.commands.answerCap({ how: 'once', scope, upTo: usd(300_000) })
    await h.settle()
    expect(h.runner.blocked()).toMatchObject([{ why: 'cap', until: null }])
  })

  it('can be raised, raised for this once, or answered by stopping the batch', async () => {
    const one = await capped(scope, { jobs: 9, micros: 100_000, most: 200_000 })
    const { h, clock, jobs } = one
    await h.settle()
    const queries = queriesOf(one)
    expect(queries.caps()).toMatchObject([{ scope, heldMicros: 200_000, holdsJobs: 7 }])
    await h.commands.answerCap({ how: 'raise', scope, upTo: usd(300_000) })
    await h.settle()
    await h.commands.answerCap({ how: 'once', scope, upTo: usd(500_000) })
    await h.settle()
    // Cards of two batches ask about one cap: what either allows already is allowed once.
    for (const how of ['once', 'raise'] as const)
      await h.commands.answerCap({ how, scope, upTo: usd(500_000) })
    await h.settle()
    expect(await h.commands.answerCap({ how: 'once', scope, upTo: euros })).toMatchObject({
      error: { code: 'otherCurrency' },
    })
    const done = () => jobs().filter(({ status }) => status === 'succeeded').length
    expect(done()).toBe(5)
    expect(queries.caps()).toMatchObject([{ cap: usd(300_000), extraMicros: 200_000 }])
    const batchId = one.job(0).batchId
    await h.commands.pause({ batches: [batchId] })
    clock.setWall(clock.now() + 31 * DAY)
    h.runner.wake()
    await h.settle()
    expect(done()).toBe(5)
    await h.commands.resume({ batches: [batchId] })
    await h.settle()
    // The extra was for one period alone.
    expect(done()).toBe(8)
  })
})

it('two batches under one cap ask one question, which names both and counts the jobs of each', async () => {
  const one = await capped('night', { jobs: 3, micros: 100_000, most: 100_000 })
  const { h } = one
  await h.commands.admit(planOf({ jobs: 2, micros: 50_000 }), { again: true })
  await h.commands.admit(planOf({ jobs: 1, micros: null }), { again: true })
  await h.settle()
  const { stops } = queriesOf(one).asks()
  const [cheap, dear] = [one.job(3).batchId, one.job(0).batchId]
  expect(stops).toMatchObject([
    {
      why: 'cap',
      scope: 'night',
      cap: { heldMicros: 100_000, nextMicros: 50_000 },
      batches: [
        { id: dear, jobs: 2 },
        { id: cheap, jobs: 2 },
      ],
    },
    { why: 'unpriced', scope: 'night', cap: null, batches: [{ jobs: 1 }] },
  ])
  // The same is told beside the engine, by what is on disk alone.
  const tx = readingTx(h.db)
  const look = { tx, now: h.ctx.clock.now(), window: null, halted: null, limit: 0, before: [] }
  expect(whyNothingGoes(h.ctx, look)).toEqual(h.runner.blocked())
  // It only looks: what cannot be read is left for the engine to set aside.
  h.db.run("UPDATE jobs SET operation = '{' WHERE batchId = ?", [dear])
  const before = h.db.all('SELECT id, status, needsYou FROM jobs ORDER BY id')
  expect(whyNothingGoes(h.ctx, look).map(({ batchId }) => batchId)).toContain(cheap)
  expect(h.db.all('SELECT id, status, needsYou FROM jobs ORDER BY id')).toEqual(before)
})

it('a cap is held by the prices of now, not by those of the plan', async () => {
  let micros = 100_000
  const { h, provider, job } = await startCase({
    jobs: 4,
    micros,
    cap: usd(400_000),
    concurrency: 1,
    isQuiet: true,
    priceNow: (_job, requestOf) =>
      requestOf() === null ? null : { ...usd(micros), estimated: true },
  })
  await h.until(() => provider.bill.length === 1)
  // The person's own file of prices was corrected; what is stored about one job cannot be read.
  micros = 200_000
  h.db.run("UPDATE jobs SET request = '{' WHERE row = 2")
  await h.settle()
  expect(provider.bill).toHaveLength(2)
  expect([job(1).estimate?.micros, job(2).estimate?.micros]).toEqual([100_000, 200_000])
  expect(h.db.get("SELECT confirmed FROM charge_totals WHERE scope = 'batch'")).toEqual({
    confirmed: 300_000,
  })
  expect(h.db.get('SELECT sum(micros) AS micros FROM batch_estimates')).toEqual({ micros: 500_000 })
})

it('a cap that is set later counts what was sent before it at the prices of then, not of the plan', async () => {
  let micros = 100_000
  const { h, provider, job } = await startCase({
    jobs: 3,
    micros,
    concurrency: 2,
    checks: ['running', 'succeed'],
    isQuiet: true,
    priceNow: (_job, requestOf) =>
      requestOf() === null ? null : { ...usd(micros), estimated: true },
  })
  micros = 200_000
  await h.until(() => provider.creates.length === 2)
  await h.commands.setBatchCap(job(0).batchId, usd(500_000))
  await h.settle()
  expect(h.runner.blocked()).toMatchObject([{ why: 'cap' }])
  expect(provider.bill).toHaveLength(2)
  expect(h.db.get("SELECT confirmed FROM charge_totals WHERE scope = 'batch'")).toEqual({
    confirmed: 400_000,
  })
})

it('a cap of a batch is still told while the jobs of another one fill the lane', async () => {
  const one = await startCase({ jobs: 4, micros: 100_000, cap: usd(200_000), concurrency: 1 })
  const { h } = one
  await h.settle()
  const batchId = one.job(0).batchId
  const whys = () =>
    h.runner.blocked().flatMap((part) => (part.batchId === batchId ? [part.why] : []))
  const done = () => one.jobs().filter(({ status }) => status === 'succeeded').length
  const told = new Set<string>()
  await h.commands.admit(planOf({ jobs: 3, micros: 100_000 }), { again: true })
  await h.until(() => {
    for (const why of whys()) told.add(why)
    return done() === 5
  })
  expect([...told]).toEqual(['cap'])
  const before = h.events.length
  await h.commands.setBatchCap(batchId, usd(300_000))
  expect(h.events[before]).toEqual({ type: 'batch', batchId })
  await h.settle()
  expect(done()).toBe(6)
  expect(whys()).toEqual(['cap'])
})

it('a cap that stops a batch is told as soon as it comes, though the lane is full', async () => {
  const one = await startCase({ jobs: 4, micros: 100_000, concurrency: 1, checks: ['running'] })
  const { h } = one
  await h.until(() => one.job(0).step === 'poll')
  const cap = usd(10_000)
  await h.commands.admit(planOf({ jobs: 2, micros: 100_000, cap }), { again: true })
  const later = one.job(4).batchId
  const part = () => h.runner.blocked().find(({ batchId }) => batchId === later)
  await h.until(() => part() !== undefined)
  expect(part()).toMatchObject({ why: 'cap' })
})

it('a cap that is set while the lane stays full is told at once', async () => {
  const one = await startCase({ jobs: 4, micros: 100_000, concurrency: 1, checks: ['running'] })
  const { h } = one
  await h.until(() => one.job(0).step === 'poll')
  expect(h.runner.blocked()).toMatchObject([{ why: 'full' }])
  await h.commands.setBatchCap(one.job(0).batchId, usd(150_000))
  await h.until(() => h.runner.blocked()[0]?.why !== 'full', 1_000)
  expect(h.runner.blocked()).toMatchObject([{ why: 'cap', cap: { scope: 'batch' } }])
  expect(one.job(0).step).toBe('poll')
})

it('is told also when the first look after it breaks', async () => {
  let breaks = false
  const one = await startCase({
    jobs: 4,
    micros: 100_000,
    concurrency: 1,
    checks: ['running'],
    isQuiet: true,
    afterWrite: (value) => {
      if (!breaks || typeof value !== 'object' || value === null || !('blocked' in value))
        return Promise.resolve()
      breaks = false
      return Promise.reject(new TypeError('a bug of ours'))
    },
  })
  const { h } = one
  await h.until(() => h.runner.blocked()[0]?.why === 'full')
  breaks = true
  await h.store.write((tx) => tx.setBatch(one.job(0).batchId, { cap: usd(150_000) }))
  h.runner.wake()
  await h.until(() => h.runner.blocked()[0]?.why !== 'full', 10_000)
  expect(breaks).toBe(false)
  expect(h.runner.blocked()).toMatchObject([{ why: 'cap' }])
})

it('a night cap that another lane uses up is told of a lane that is full', async () => {
  const clock = fakeClock()
  const providerOf = (id: string, concurrency: number) =>
    scriptedProvider({
      id,
      concurrency,
      idempotency: 'none',
      list: true,
      now: clock.now,
      nextSubmit: () => 'accept',
      checks: () => ['running'],
    })
  const [first, second] = [providerOf('first', 1), providerOf('second', 10)]
  const h = await startQueue({ clock, provider: first, others: [second] })
  await h.commands.setPeriodCap('night', usd(450_000))
  await h.commands.pause({ all: true })
  for (const provider of ['first', 'second'])
    await h.commands.admit(planOf({ jobs: 6, provider }), { again: true })
  await h.commands.resume({ all: true })
  await h.until(() => second.bill.length === 3, HOUR)
  const isTold = (): boolean => h.runner.blocked().every(({ why }) => why === 'cap')
  await h.until(isTold, 100)
  expect(first.bill).toHaveLength(1)
  expect(h.runner.blocked().map(({ provider, why }) => [provider, why])).toEqual([
    ['first', 'cap'],
    ['second', 'cap'],
  ])
})

describe('a wrong clock here', () => {
  it('opens no new month: the provider is asked for the time first', async () => {
    let ahead: number | null = null
    const asked: string[] = []
    const serverTime: ServerTime = {
      aheadMs: () => ahead,
      ask: (provider) => void asked.push(provider),
    }
    const one = await startCase({ jobs: 9, micros: 100_000 })
    await one.h.commands.setPeriodCap('month', usd(300_000))
    await one.h.settle()
    expect(held(one, 'month')).toEqual([300_000])
    one.h.kill()
    one.clock.setWall(one.clock.now() + 31 * DAY)
    const { clock, provider } = one
    const wrong = await startQueue({ clock, provider, db: one.h.db, run: 2, serverTime })
    await wrong.until(() => asked.length > 2)
    expect(provider.bill).toHaveLength(3)
    expect(wrong.runner.blocked()).toMatchObject([{ why: 'clock' }])
    ahead = 31 * DAY
    await wrong.settle()
    expect(provider.bill).toHaveLength(3)
    expect(wrong.runner.blocked()).toMatchObject([{ why: 'cap', cap: { scope: 'month' } }])
    // It is true after all: a month has passed at the provider, too.
    ahead = 0
    wrong.runner.wake()
    await wrong.settle()
    expect(held(one, 'month')).toEqual([300_000, 300_000])
  })
})
