import type { Cap } from '../../../../src/shared/domain/batch.ts'
import { describe, expect, it } from 'vitest'
import { laneDown } from '../../../../src/main/jobs/laneDown.ts'
import type { JobError } from '../../../../src/shared/domain/errors.ts'
import type { CheckOutcome, SubmitOutcome } from '../../../../src/main/providers/spec.ts'
import { PAUSED_ROUTE } from '../../../../src/main/jobs/routeHolds.ts'
import { createQueries } from '../../../../src/main/storage/queries/queries.ts'
import { startCase, type StartedCase } from '../../../helpers/queueCase.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** What screens and `status` say, as the engine of this process knows it. */
const queriesOf = ({ h, provider, clock }: StartedCase) =>
  createQueries({
    db: h.db,
    now: clock.now,
    providers: new Map([[provider.id, provider]]),
    blocked: (batchId) => h.runner.blocked().find((part) => part.batchId === batchId) ?? null,
  })

it('a lane that the person paused is told without an engine, too', async () => {
  const { h, provider, clock, job } = await startCase({
    jobs: 2,
    checks: ['running'],
    concurrency: 1,
  })
  await h.until(() => job(0).step === 'poll')
  await h.commands.pause({ lane: { provider: provider.id } })
  const providers = new Map([[provider.id, provider]])
  const reader = createQueries({ db: h.db, now: clock.now, providers, blocked: () => null })
  expect(reader.job(job(1).id)?.job.reason).toBe(`${provider.name} lane is paused`)
})

describe('an hour without network', () => {
  const outage = (minutes: number, jobs: number) => {
    const tried: number[] = []
    const started = startCase({
      jobs,
      concurrency: 4,
      change: (plain, clock) => {
        const from = clock.now()
        const submit: typeof plain.submit = (wire, call) => {
          if (clock.now() - from >= minutes * MINUTE) return plain.submit(wire, call)
          tried.push(clock.now() - from)
          const error = {
            kind: 'unavailable',
            code: 'NOT_SENT',
            message: 'Scripted could not be reached: its name cannot be found. It is tried again.',
          } as const
          return Promise.resolve({ kind: 'notSent', error } satisfies SubmitOutcome)
        }
        return { submit }
      },
    })
    return { tried, started }
  }

  it('costs no job an attempt: one job at a time tries, and all go on when it is back', async () => {
    const { tried, started } = outage(60, 40)
    const { h, provider, jobs } = await started
    await h.settle()
    expect(jobs().map(({ status, attempt }) => `${status} ${attempt}`)).toEqual(
      Array.from({ length: 40 }, () => 'succeeded 0'),
    )
    expect(provider.bill).toHaveLength(40)
    // The four that were claimed together, then one try every two minutes at the most.
    expect(tried.filter((at) => at === 0)).toHaveLength(4)
    expect(tried.length).toBeLessThan(4 + 4 + 31)
    expect(new Set(tried.slice(4)).size).toBe(tried.length - 4)
  })

  it('is told in words, with the next try, also beside the engine', async () => {
    const { started } = outage(60, 2)
    const one = await started
    const { h, clock } = one
    const from = clock.now()
    await h.until(() => clock.now() - from > 10 * MINUTE)
    const since = new Date(from).toTimeString().slice(0, 5)
    const words = `Scripted cannot be reached since ${since}: its name cannot be found`
    const waiting = queriesOf(one)
      .jobs({ filter: {}, after: null, limit: 10 })
      .rows.filter(({ status }) => status !== 'running')
    expect(waiting.length).toBeGreaterThan(0)
    for (const { reason, waitsUntil } of waiting) {
      expect(reason).toBe(words)
      expect((waitsUntil ?? 0) - clock.now()).toBeLessThanOrEqual(2 * MINUTE)
    }
    expect(queriesOf(one).holds()).toMatchObject([
      { kind: 'lane', needsPerson: false, provider: 'scripted', reason: { code: 'NOT_SENT' } },
    ])
    await h.settle()
    expect(queriesOf(one).holds()).toEqual([])
  })

  it('ends at once when the person resumes the lane', async () => {
    const { tried, started } = outage(10, 1)
    const { h, clock } = await started
    const from = clock.now()
    await h.until(() => clock.now() - from >= 4 * MINUTE)
    const before = tried.length
    await h.commands.resume({ lane: { provider: 'scripted' } })
    await h.until(() => tried.length > before, 1_000)
    expect(tried.length).toBe(before + 1)
    await h.settle()
  })
})

describe('a key that is refused and an account out of credit', () => {
  it('hold the lane for the person; no job is burned through', async () => {
    const one = await startCase({
      jobs: 30,
      submits: Array.from({ length: 4 }, () => 'refuse401' as const),
    })
    const { h, provider, jobs } = one
    await h.settle()
    expect(provider.creates).toHaveLength(4)
    expect(jobs().every(({ status, attempt }) => status !== 'failed' && attempt === 0)).toBe(true)
    expect(queriesOf(one).holds()).toMatchObject([{ kind: 'lane', needsPerson: true, jobs: 30 }])
    await h.commands.resume({ lane: { provider: 'scripted' } })
    await h.settle()
    expect(provider.bill).toHaveLength(30)
  })
})

describe('a bill in another currency', () => {
  const billed = (micros: number, cap: Cap | null, currency = 'EUR') =>
    startCase({
      jobs: 5,
      concurrency: 1,
      micros,
      cap,
      change: (plain) => ({
        check: async (operation, call) => {
          const outcome = await plain.check(operation, call)
          const cost = { micros: 90_000, currency, estimated: false }
          return outcome.kind === 'succeeded' ? { ...outcome, cost } : outcome
        },
      }),
    })
  const dollars = { micros: 50_000_000, currency: 'USD' }

  it.each([100_000, 0])('than the cap stops the lane, at a price of %i', async (micros) => {
    const one = await billed(micros, dollars)
    await one.h.settle()
    expect(one.provider.bill).toHaveLength(1)
    expect(queriesOf(one).holds()).toMatchObject([
      { kind: 'lane', needsPerson: true, reason: { code: 'CHARGED_MORE' } },
    ])
  })

  it.each([100_000, 0])('stops nothing where no cap stands, at a price of %i', async (micros) => {
    const one = await billed(micros, null)
    await one.h.settle()
    expect(one.provider.bill).toHaveLength(5)
    expect(queriesOf(one).holds()).toEqual([])
  })

  it.each([dollars, null])(
    'for what was to cost nothing stops the lane in its own, too',
    async (cap) => {
      const one = await billed(0, cap, 'USD')
      await one.h.settle()
      expect(one.provider.bill).toHaveLength(1)
      const { message } = one.h.store.read((tx) => tx.lane('scripted', 'env')).heldReason ?? {}
      expect(message).toContain('charged $0.09 for Model, where $0.00 was expected.')
    },
  )
})

describe('a lane that a bill stopped', () => {
  const bill = { kind: 'quota', code: 'CHARGED_MORE', message: 'It charged more.' } as const
  const errorOf = (kind: JobError['kind'], code: string) =>
    ({ kind, code, message: 'No.' }) as const
  const refused = errorOf('auth', 'UNAUTHORIZED')
  const away = { kind: 'notSent', error: errorOf('unavailable', 'NOT_SENT') } as const
  const laneOf = ({ h }: StartedCase) => h.store.read((tx) => tx.lane('scripted', 'env'))
  const stopFor = ({ h }: StartedCase) =>
    h.store.write((tx) => {
      tx.setLane('scripted', 'env', { needsPerson: true, heldReason: bill })
    })
  /** What the lane waits for, what its card says, and why a job would go to another provider. */
  const toldOf = (one: StartedCase) => ({
    lane: laneOf(one),
    holds: queriesOf(one).holds(),
    down: one.h.store.read((tx) =>
      laneDown(one.h.ctx, tx, { provider: 'scripted', now: one.clock.now() }),
    ),
  })
  const BILL = {
    lane: { needsPerson: true, heldReason: { code: bill.code } },
    holds: [{ needsPerson: true, reason: { code: bill.code } }],
    down: null,
  }

  it('is let go by no look that is refused once and then answered', async () => {
    const looks = new Map<string, number>()
    const cost = { micros: 200_000, currency: 'USD', estimated: false }
    const one = await startCase({
      jobs: 6,
      concurrency: 2,
      change: (plain) => ({
        check: async (operation, call) => {
          const count = (looks.get(operation.id) ?? 0) + 1
          looks.set(operation.id, count)
          const outcome = await plain.check(operation, call)
          if ([...looks.keys()][0] === operation.id) return { ...outcome, cost }
          if (count === 3) return { kind: 'unreachable', error: refused }
          return count < 3 ? { kind: 'running' } : outcome
        },
      }),
    })
    const ended = () => one.jobs().filter(({ status }) => status === 'succeeded').length
    await one.h.until(() => ended() >= 2, HOUR)
    await one.h.settle()
    expect(one.jobs().map(({ status }) => status)).toEqual([
      'succeeded',
      'succeeded',
      ...Array.from({ length: 4 }, () => 'queued'),
    ])
    expect(one.provider.creates).toHaveLength(2)
    expect(toldOf(one)).toMatchObject(BILL)
  })

  it.each<readonly [string, SubmitOutcome]>([
    ['could not leave', away],
    ['has a key that is refused', { kind: 'refused', error: refused }],
    ['is one too many', { kind: 'refused', error: errorOf('rateLimit', 'TOO_MANY') }],
    [
      'is sent elsewhere',
      { kind: 'refused', stopsLane: true, error: errorOf('invalidRequest', 'ELSEWHERE') },
    ],
  ])('stays so when a create under way %s', async (_what, outcome) => {
    const one: StartedCase = await startCase({
      jobs: 2,
      concurrency: 1,
      isQuiet: true,
      change: () => ({
        submit: async () => {
          await stopFor(one)
          return outcome
        },
      }),
    })
    one.h.runner.wake()
    await one.h.until(() => one.job(0).intentId !== null && laneOf(one).needsPerson)
    await one.h.until(() => one.job(0).status !== 'running')
    expect(toldOf(one)).toMatchObject(BILL)
  })

  it('stays so when the provider is reached again', async () => {
    let creates = 0
    const one: StartedCase = await startCase({
      jobs: 2,
      concurrency: 1,
      change: () => ({
        submit: async () => {
          creates += 1
          if (creates === 1) return away
          await stopFor(one)
          return { kind: 'refused', error: errorOf('invalidRequest', 'BAD_PROMPT') }
        },
      }),
    })
    await one.h.until(() => creates === 2)
    await one.h.until(() => laneOf(one).unreachable === null)
    expect(toldOf(one)).toMatchObject(BILL)
  })

  it.each<readonly [string, CheckOutcome | null]>([
    ['look is one too many', { kind: 'unreachable', error: errorOf('rateLimit', 'TOO_MANY') }],
    ['look is refused', { kind: 'unreachable', error: refused }],
    ['download is refused', null],
  ])('stays so when a %s, and when settings change', async (_what, outcome) => {
    let isStopped = false
    const one = await startCase({
      jobs: 2,
      concurrency: 1,
      deliver: () => ({ kind: 'retry', error: refused }),
      change: (plain) => ({
        check: async (operation, call) =>
          isStopped ? (outcome ?? plain.check(operation, call)) : { kind: 'running' },
      }),
    })
    await one.h.until(() => one.job(0).step === 'poll')
    await stopFor(one)
    isStopped = true
    await one.h.until(() => one.job(0).error !== null)
    expect(toldOf(one)).toMatchObject(BILL)
    await one.h.commands.lookAgain()
    expect(toldOf(one)).toMatchObject(BILL)
  })
})

it('a lane that a bill stopped stays so when a pause of before is taken back', async () => {
  const cost = { micros: 200_000, currency: 'USD', estimated: false }
  const { h, provider } = await startCase({
    jobs: 3,
    concurrency: 1,
    change: (plain) => ({
      check: async (operation, call) => ({ ...(await plain.check(operation, call)), cost }),
    }),
  })
  await h.until(() => provider.bill.length === 1)
  const { undo } = await h.commands.pause({ lane: { provider: 'scripted' } })
  await h.settle()
  await h.commands.undo(undo ?? -1)
  await h.settle()
  expect(provider.bill).toHaveLength(1)
  await h.commands.resume({ lane: { provider: 'scripted' } })
  await h.until(() => provider.bill.length === 2)
})

describe('a model that failed three times alike', () => {
  const failing = { jobs: 20, concurrency: 1, checks: ['fail'] as const }
  const charged = (plain: StartedCase['provider']) => ({
    traits: { ...plain.traits, charges: { failed: 'full', cancelled: 'full' } as const },
  })

  it('is held, not burned through, and goes on when it is released', async () => {
    const one = await startCase({ ...failing, change: charged })
    const { h, provider, jobs } = one
    await h.settle()
    const count = (status: string) => jobs().filter((job) => job.status === status).length
    expect(provider.bill).toHaveLength(3)
    expect([count('failed'), count('queued')]).toEqual([3, 17])
    const words = 'Model on Scripted failed 3 times alike and is held: scripted RENDER_BROKE'
    expect(queriesOf(one).holds()).toMatchObject([
      { kind: 'model', route: 'scripted/model', needsPerson: true, jobs: 17, words },
    ])
    const { rows } = queriesOf(one).jobs({
      filter: { statuses: ['queued'] },
      after: null,
      limit: 1,
    })
    expect(rows[0]?.reason).toBe(words)
    await h.commands.resume({ route: 'scripted/model' })
    await h.settle()
    expect(provider.bill).toHaveLength(6)
  })

  it('is not held for failures with a clip between them', async () => {
    const outcomes = ['fail', 'fail', 'succeed'] as const
    let made = 0
    const { h, jobs } = await startCase({
      jobs: 12,
      concurrency: 1,
      change: (plain) => ({
        ...charged(plain),
        check: async (operation, call) => {
          const outcome = outcomes[made % 3]
          made += 1
          return outcome === 'fail'
            ? {
                kind: 'failed',
                error: { kind: 'unavailable', code: 'BROKE', message: 'It broke.' },
              }
            : plain.check(operation, call)
        },
      }),
    })
    await h.settle()
    expect(jobs().filter(({ status }) => status === 'failed')).toHaveLength(8)
  })

  it('is not held for what each prompt may be refused for by itself', async () => {
    const { h, jobs } = await startCase({ jobs: 8, concurrency: 1, checks: ['policy'] })
    await h.settle()
    expect(jobs().filter(({ status }) => status === 'failed')).toHaveLength(8)
  })

  it('can be held by the person, too', async () => {
    const one = await startCase({ jobs: 3, concurrency: 1, checks: ['running', 'succeed'] })
    const { h, jobs } = one
    await h.until(() => jobs()[0]?.step === 'poll')
    await h.commands.pause({ route: 'scripted/model' })
    await h.settle()
    expect(jobs().map(({ status }) => status)).toEqual(['succeeded', 'queued', 'queued'])
    expect(queriesOf(one).holds()).toMatchObject([
      { reason: { code: PAUSED_ROUTE }, words: 'Model on Scripted is paused by you' },
    ])
    await h.commands.resume({ route: 'scripted/model' })
    await h.settle(24 * HOUR)
    expect(jobs().every(({ status }) => status === 'succeeded')).toBe(true)
  })
})
