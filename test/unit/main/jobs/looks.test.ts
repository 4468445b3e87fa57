import { describe, expect, it } from 'vitest'
import { createArrivals } from '../../../../src/main/jobs/arrivals.ts'
import type { EngineEvent } from '../../../../src/main/engine.ts'
import { createQueries } from '../../../../src/main/storage/queries/queries.ts'
import type { DeliverOutcome } from '../../../../src/main/jobs/context.ts'
import type { CheckOutcome } from '../../../../src/main/providers/spec.ts'
import { fakeClock } from '../../../helpers/fakeClock.ts'
import { startCase } from '../../../helpers/queueCase.ts'

const gone = { kind: 'unavailable', code: 'LINK_EXPIRED', message: 'gone' } as const
const broken = { kind: 'unavailable', code: 'DOWNLOAD_BROKEN', message: 'reset' } as const
const HOUR = 3_600_000

const totals = `SELECT reserved, confirmed, indeterminate FROM charge_totals WHERE scope = 'batch'`

describe('a download', () => {
  it('that met a long outage still gets a new link when the old one has died meanwhile', async () => {
    const outcomes: DeliverOutcome[] = [
      ...Array.from({ length: 9 }, () => ({ kind: 'retry', error: broken }) as const),
      { kind: 'expired', error: gone },
      { kind: 'expired', error: gone },
    ]
    const { h, provider, job } = await startCase({ deliver: () => outcomes.shift() ?? null })
    await h.settle()
    expect(job(0).status).toBe('succeeded')
    expect(provider.creates).toHaveLength(1)
  })

  it('that never gets through asks for a new link now and then', async () => {
    let looks = 0
    const { h, job } = await startCase({
      // The old link answers with resets for ever, as some stores do once it has expired.
      deliver: (url) => (url.includes('fresh') ? null : { kind: 'retry', error: broken }),
      change: () => ({
        check: async (): Promise<CheckOutcome> => {
          looks += 1
          const name = looks === 1 ? 'old' : 'fresh'
          const url = `https://cdn.example.com/${name}.mp4`
          return { kind: 'succeeded', outputs: [{ kind: 'url', url, withKey: false }] }
        },
      }),
    })
    await h.settle(2 * HOUR)
    expect(job(0).status).toBe('succeeded')
  })

  it('that always finds its link dead asks the person in the end', async () => {
    const { h, job } = await startCase({ deliver: () => ({ kind: 'expired', error: gone }) })
    await h.settle()
    expect(job(0).needsYou?.code).toBe('linkExpired')
    expect(h.db.get(totals)).toMatchObject({ reserved: 0, confirmed: 100_000 })
  })
})

describe('a running job is told', () => {
  it('by how much of its file is here, at most twice a second', async () => {
    const { job } = await startCase({})
    const clock = fakeClock()
    const words: (string | null)[] = []
    const emit = (event: EngineEvent) =>
      void (event.type === 'arriving' && words.push(event.job.reason))
    const arrivals = createArrivals({ clock, emit, wake: () => {} })
    const row = job(0)
    const running = { ...row, status: 'running', step: 'download' } as const
    for (const bytes of [1_000_000, 2_000_000, 8_200_000]) {
      arrivals.note(running, { bytes, total: 21_000_000 })
      clock.after(300, () => undefined)
      clock.jump()
    }
    arrivals.note({ ...running, id: 'job_other' }, { bytes: 400_000, total: null })
    expect(words).toEqual([
      'downloading, 1 of 21 MB',
      'downloading, 8 of 21 MB',
      'downloading, 0.4 MB',
    ])
    expect(arrivals.of(row.id)).toEqual({ bytes: 8_200_000, total: 21_000_000 })
    arrivals.end(row.id)
    expect(arrivals.of(row.id)).toBeNull()
  })

  it('with the time that renders of its route took', async () => {
    const { h, job, clock } = await startCase({
      jobs: 2,
      concurrency: 1,
      checks: ['running', 'succeed'],
    })
    await h.until(() => job(0).status === 'succeeded' && job(1).step === 'poll')
    const [took] = h.db.all('SELECT renderMs FROM render_times')
    const view = createQueries({
      db: h.db,
      now: clock.now,
      providers: new Map(),
      blocked: () => null,
    })
    const shown = view.job(job(1).id)?.job
    expect(shown?.expectedFinishAt).toBe((job(1).submittedAt ?? 0) + Number(took?.['renderMs']))
    expect(view.job(job(0).id)?.job.expectedFinishAt).toBeNull()
  })
})

describe('a clip that was confirmed and charged', () => {
  it('stays charged when later looks, for a new link, do not find it', async () => {
    let looks = 0
    const { h, job } = await startCase({
      deliver: () => ({ kind: 'expired', error: gone }),
      change: () => ({
        check: async (): Promise<CheckOutcome> => {
          looks += 1
          if (looks > 1) return { kind: 'missing', error: gone }
          return {
            kind: 'succeeded',
            outputs: [{ kind: 'url', url: 'https://cdn.example.com/a.mp4', withKey: false }],
          }
        },
      }),
    })
    await h.settle()
    expect(job(0).status).toBe('needsYou')
    expect(h.db.get(totals)).toMatchObject({ confirmed: 100_000, indeterminate: 0 })
  })

  it('stays charged when the provider changes its mind and says that it failed', async () => {
    let looks = 0
    const { h } = await startCase({
      deliver: () => ({ kind: 'expired', error: gone }),
      change: () => ({
        check: async (): Promise<CheckOutcome> => {
          looks += 1
          if (looks > 1)
            return { kind: 'failed', error: { ...gone, kind: 'invalidRequest', code: 'GONE' } }
          return {
            kind: 'succeeded',
            outputs: [{ kind: 'url', url: 'https://cdn.example.com/a.mp4', withKey: false }],
          }
        },
      }),
    })
    await h.settle()
    expect(h.db.get(totals)).toMatchObject({ confirmed: 100_000, reserved: 0 })
  })
})

describe('a rate limit with no wait in it', () => {
  it('is not met with a stream of requests', async () => {
    let creates = 0
    const { h, clock, job } = await startCase({
      change: (plain) => ({
        submit: async (wire, call) => {
          creates += 1
          if (creates > 20) return plain.submit(wire, call)
          const error = { kind: 'rateLimit', code: 'TOO_MANY', message: 'slow down' } as const
          return { kind: 'refused', error, retryAfterMs: 0 }
        },
      }),
    })
    const began = clock.monotonic()
    await h.settle()
    expect(job(0).status).toBe('succeeded')
    expect(clock.monotonic() - began).toBeGreaterThanOrEqual(20_000)
  })
})

describe('a server that asks for a wait of years', () => {
  const YEARS = 10 * 365 * 24 * HOUR
  const busy = { kind: 'rateLimit', code: 'TOO_MANY', message: 'slow down' } as const

  it('holds neither the lane nor a paid clip for longer than an hour', async () => {
    let [looks, downloads] = [0, 0]
    const { h, clock, job } = await startCase({
      deliver: () =>
        (downloads += 1) > 1 ? null : { kind: 'retry', error: broken, retryAfterMs: YEARS },
      change: (plain) => ({
        check: async (operation, call) =>
          (looks += 1) > 1
            ? plain.check(operation, call)
            : { kind: 'unreachable', error: busy, retryAfterMs: YEARS },
      }),
    })
    const began = clock.monotonic()
    await h.settle(24 * HOUR)
    expect(job(0).status).toBe('succeeded')
    expect(clock.monotonic() - began).toBeLessThan(3 * HOUR)
  })
})

describe('a key that is refused in mid render', () => {
  it('leaves nothing that goes on by itself: the run ends and the clip is fetched later', async () => {
    let isRefused = true
    const auth = { kind: 'auth', code: 'HTTP_401', message: 'bad key' } as const
    const { h, provider, job } = await startCase({
      jobs: 2,
      concurrency: 1,
      change: (plain) => ({
        check: async (operation, call) =>
          isRefused ? { kind: 'unreachable', error: auth } : plain.check(operation, call),
      }),
    })
    await h.settle(HOUR)
    expect(provider.creates).toHaveLength(1)
    isRefused = false
    await h.commands.resume({ lane: { provider: 'scripted' } })
    await h.settle(HOUR)
    expect(job(0).status).toBe('succeeded')
    expect(job(1).status).toBe('succeeded')
  })
})

describe('a cancelled render that the provider then forgets', () => {
  it('is cancelled, its money in doubt', async () => {
    let cancelled = false
    const { h, provider, job } = await startCase({
      checks: ['running'],
      change: (plain) => ({
        cancel: async () => {
          cancelled = true
          return { kind: 'requested', note: 'stopped' }
        },
        check: async (operation, call) =>
          cancelled ? { kind: 'missing', error: gone } : plain.check(operation, call),
      }),
    })
    await h.until(() => job(0).checks > 2)
    await h.commands.cancel({ all: true })
    await h.settle()
    expect(job(0).status).toBe('cancelled')
    expect(provider.creates).toHaveLength(1)
    // This provider says that cancelled renders cost their full price.
    expect(h.db.get(totals)).toMatchObject({ reserved: 0, confirmed: 100_000 })
  })
})

describe('bills', () => {
  const bill = (micros: number, currency = 'USD') => ({ micros, currency, estimated: false })

  it('above the price stop the lane and raise later reservations, also for a render that failed', async () => {
    const { h, provider } = await startCase({
      jobs: 5,
      concurrency: 1,
      change: () => ({
        check: async (): Promise<CheckOutcome> => ({
          kind: 'failed',
          error: { kind: 'contentPolicy', code: 'REFUSED', message: 'no' },
          cost: bill(150_000),
        }),
      }),
    })
    await h.settle()
    expect(provider.creates).toHaveLength(1)
    expect(h.runner.blocked()[0]).toMatchObject({ why: 'needsPerson' })
    expect(h.db.get(totals)).toMatchObject({ confirmed: 150_000 })
    await h.commands.resume({ lane: { provider: 'scripted' } })
    await h.until(() => provider.creates.length === 2)
    expect(h.db.get('SELECT max(reservedMicros) AS n FROM charges')).toMatchObject({ n: 150_000 })
  })

  it('for what had no price are on the ledger in their own currency', async () => {
    const { h } = await startCase({
      micros: null,
      change: () => ({
        check: async (): Promise<CheckOutcome> => ({
          kind: 'succeeded',
          outputs: [{ kind: 'url', url: 'https://cdn.example.com/a.mp4', withKey: false }],
          cost: bill(420_000, 'EUR'),
        }),
      }),
    })
    await h.settle()
    expect(h.db.all('SELECT state, micros, currency FROM charges')).toEqual([
      { state: 'confirmed', micros: 420_000, currency: 'EUR' },
    ])
    expect(
      h.db.get("SELECT confirmed FROM charge_totals WHERE scope = 'provider' AND currency = 'EUR'"),
    ).toEqual({ confirmed: 420_000 })
  })
})
