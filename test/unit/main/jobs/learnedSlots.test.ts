import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OPEN_LANE } from '../../../../src/main/jobs/lanes.ts'
import { afterTooMany, RAISE_AFTER_MS, slotsNow } from '../../../../src/main/jobs/learnedSlots.ts'
import { laneViews } from '../../../../src/main/storage/queries/lanesAndSpend.ts'
import { startCase } from '../../../helpers/queueCase.ts'

const tooMany = { kind: 'rateLimit', code: 'TOO_MANY', message: 'too many at once' } as const

describe('a provider that takes fewer at once than its lane has slots', () => {
  it('is asked for no more than it takes, and now and then for one more', async () => {
    const takes = 3
    let refused = 0
    let most = 0
    const { h, provider, jobs } = await startCase({
      jobs: 40,
      concurrency: 12,
      checks: ['running', 'running', 'succeed'],
      change: (plain) => ({
        submit: async (wire, call) => {
          const running = jobs().filter(
            ({ status, step }) => status === 'running' && step === 'poll',
          ).length
          if (running >= takes) {
            refused += 1
            return { kind: 'refused', error: tooMany, retryAfterMs: 5_000 }
          }
          most = Math.max(most, running + 1)
          return plain.submit(wire, call)
        },
      }),
    })
    await h.settle()
    expect(jobs().every(({ status }) => status === 'succeeded')).toBe(true)
    expect(provider.creates).toHaveLength(40)
    expect(most).toBeLessThanOrEqual(takes)
    // Nine of the first twelve, then one for each five minutes that the batch takes.
    expect(refused).toBeLessThanOrEqual(20)
    expect(jobs().every(({ attempt }) => attempt === 0)).toBe(true)
  })
})

describe('the slots that a lane has learned', () => {
  const refusals = fc.array(
    fc.record({ quietMs: fc.nat(60 * 60_000), used: fc.integer({ min: 1, max: 40 }) }),
    { maxLength: 30 },
  )

  it('fall with every refusal, rise by one a quiet while, and stay between one and its own', () => {
    fc.assert(
      fc.property(refusals, fc.integer({ min: 1, max: 40 }), (steps, concurrency) => {
        const limits = { concurrency, createsPerMinute: null }
        let state = OPEN_LANE
        let now = 0
        for (const { quietMs, used } of steps) {
          const before = slotsNow(state, limits, { now, raiseMs: RAISE_AFTER_MS })
          now += quietMs
          const at = { now, raiseMs: RAISE_AFTER_MS }
          const rested = slotsNow(state, limits, at)
          expect(rested).toBeGreaterThanOrEqual(before)
          expect(rested - before).toBeLessThanOrEqual(Math.floor(quietMs / RAISE_AFTER_MS) + 1)
          const learned = afterTooMany(state, limits, { ...at, used: Math.min(used, rested) })
          expect(learned.slots).toBeGreaterThanOrEqual(1)
          expect(learned.slots).toBeLessThanOrEqual(Math.max(1, rested - 1))
          state = { ...state, learned }
        }
      }),
    )
  })

  it('are on disk, and stand on the lane', async () => {
    const { h, clock } = await startCase({
      jobs: 4,
      concurrency: 4,
      submits: ['accept', 'accept', 'accept', 'refuse429'],
      checks: ['running'],
    })
    await h.until(() => h.store.read((tx) => tx.lane('scripted', 'env').learned) !== null)
    expect(h.db.get('SELECT learnedSlots FROM lanes')).toEqual({ learnedSlots: 3 })
    const own = {
      provider: 'scripted',
      providerName: 'Scripted',
      credential: 'env',
      slots: 4,
      createsPerMinute: null,
    }
    expect(laneViews(h.db, [own], clock.now())).toMatchObject([{ slots: 3, used: 3 }])
  })
})
