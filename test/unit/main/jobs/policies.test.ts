import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ERROR_KINDS, type ErrorKind } from '../../../../src/shared/domain/errors.ts'
import { checkBudget, heldMicros } from '../../../../src/main/jobs/budget.ts'
import { laneSlots, MAX_UNSETTLED, OPEN_LANE } from '../../../../src/main/jobs/lanes.ts'
import { periodsAt } from '../../../../src/main/jobs/periods.ts'
import { nextPollMs, type RenderTimes } from '../../../../src/main/jobs/pollPlan.ts'
import { reconcile } from '../../../../src/main/jobs/reconcile.ts'
import { recover, type IntentOutcome } from '../../../../src/main/jobs/recovery.ts'
import {
  afterFailedRender,
  afterRefusal,
  MAX_ATTEMPTS,
} from '../../../../src/main/jobs/retryPolicy.ts'
import type { FoundOperation } from '../../../../src/main/providers/spec.ts'

const errorOf = (kind: ErrorKind) => ({ kind, code: 'X', message: 'x' })
const question = (kind: ErrorKind, attempt = 0) => ({
  error: errorOf(kind),
  attempt,
  retryAfterMs: undefined,
  random: 0,
})

/** As far around the median as `spread` says. */
const timesAround = (median: number, spread: number): RenderTimes => ({
  first: median * (1 - spread),
  early: median * (1 - spread / 3),
  median,
  late: median * (1 + spread),
})

describe('after a create that was refused', () => {
  it.each<[ErrorKind, string]>([
    ['auth', 'laneNeedsPerson'],
    ['quota', 'laneNeedsPerson'],
    ['rateLimit', 'laneWaits'],
    ['unavailable', 'retry'],
    ['timeout', 'retry'],
    ['unknown', 'retry'],
    ['disk', 'retry'],
    ['invalidRequest', 'fail'],
    ['contentPolicy', 'fail'],
    ['modelRetired', 'fail'],
    ['media', 'fail'],
  ])('%s leads to %s', (kind, decision) => {
    expect(afterRefusal(question(kind)).kind).toBe(decision)
  })

  it('ends after the last attempt, whatever the error', () => {
    for (const kind of ERROR_KINDS)
      expect(afterRefusal(question(kind, MAX_ATTEMPTS - 1)).kind).not.toBe('retry')
  })

  it('never retries sooner than Retry-After', () => {
    const decision = afterRefusal({ ...question('unavailable'), retryAfterMs: 90_000 })
    expect(decision).toMatchObject({ kind: 'retry', delayMs: 90_000 })
  })
})

describe('after a render that failed', () => {
  it('is never repeated when it was charged or refused for content', () => {
    for (const kind of ERROR_KINDS)
      expect(afterFailedRender({ ...question(kind), charged: true }).kind).toBe('fail')
    expect(afterFailedRender({ ...question('contentPolicy'), charged: false }).kind).toBe('fail')
  })
})

describe('the poll plan', () => {
  it('always waits at least the floor and at most the ceiling or the first look', () => {
    const questions = fc.record({
      elapsedMs: fc.nat(10_000_000),
      times: fc.option(
        fc
          .tuple(fc.integer({ min: 1, max: 3_600_000 }), fc.integer({ min: 1, max: 9 }))
          .map(([median, tenths]) => timesAround(median, tenths / 10)),
      ),
      floorMs: fc.integer({ min: 200, max: 30_000 }),
      failures: fc.nat(20),
    })
    fc.assert(
      fc.property(questions, (asked) => {
        const wait = nextPollMs(asked)
        expect(wait).toBeGreaterThanOrEqual(asked.floorMs)
        expect(wait).toBeLessThanOrEqual(Math.max(60_000, asked.floorMs, asked.times?.first ?? 0))
      }),
    )
  })

  it('notices a finish in half the delay of a 5 s poll, and asks half as often', () => {
    // A minute, give or take a tenth: four evenly spread numbers add up to nearly a normal spread.
    const spread = (index: number): number =>
      [Math.SQRT2, Math.E, Math.PI, Math.LN10].reduce((sum, step) => sum + ((index * step) % 1), 0)
    const finishes = Array.from(
      { length: 1_000 },
      (_, index) => 60_000 + (spread(index) - 2) * 10_000,
    ).toSorted((x, y) => x - y)
    const at = (part: number): number => finishes[Math.floor(finishes.length * part)] ?? 0
    const times = { first: at(0.02), early: at(0.25), median: at(0.5), late: at(0.9) }
    const ours = finishes.map((finish) => follow(finish, times))
    const fixed = finishes.map((finish) => {
      const looks = Math.ceil(finish / 5_000)
      return { looks, delay: looks * 5_000 - finish }
    })
    expect(mean(ours, 'delay')).toBeLessThanOrEqual(mean(fixed, 'delay') / 2)
    expect(mean(ours, 'looks')).toBeLessThanOrEqual(mean(fixed, 'looks') / 2)
  })

  it('comes within two hundredths of a short render, where its slot waits for it', () => {
    const finishes = Array.from({ length: 601 }, (_, index) => 2_000 + index * 10)
    const times = { first: 2_120, early: 3_500, median: 5_000, late: 7_400 }
    const delay = mean(
      finishes.map((finish) => follow(finish, times, 100)),
      'delay',
    )
    expect(delay).toBeLessThanOrEqual(100)
  })

  it('comes at most 15 % late to a render of which nothing is known', () => {
    for (const finish of [5_000, 30_000, 60_000]) {
      expect(follow(finish, null).delay).toBeLessThanOrEqual(Math.max(1_000, finish * 0.15))
    }
  })
})

interface Followed {
  readonly looks: number
  readonly delay: number
}

function follow(finish: number, times: RenderTimes | null, floorMs = 1_000): Followed {
  let elapsedMs = 0
  let looks = 0
  while (elapsedMs < finish) {
    elapsedMs += nextPollMs({ elapsedMs, times, floorMs, failures: 0 })
    looks += 1
  }
  return { looks, delay: elapsedMs - finish }
}

const mean = (list: readonly Followed[], key: keyof Followed): number =>
  list.reduce((sum, one) => sum + one[key], 0) / list.length

describe('the budget', () => {
  it('never lets reserved + confirmed + indeterminate + next pass a cap', () => {
    const asked = fc.record({
      capMicros: fc.nat(2_000_000),
      held: fc.record({
        reserved: fc.nat(500_000),
        confirmed: fc.nat(500_000),
        indeterminate: fc.nat(500_000),
      }),
      micros: fc.nat(900_000),
      overrun: fc.double({ min: 1, max: 3, noNaN: true }),
    })
    fc.assert(
      fc.property(asked, ({ capMicros, held, micros, overrun }) => {
        const cap = { micros: capMicros, currency: 'USD' }
        const estimate = { micros, currency: 'USD', estimated: true }
        const caps = [{ scope: 'night' as const, cap, held }]
        const answer = checkBudget({ estimate, overrun, caps, allowUnpriced: false })
        if (answer.kind !== 'reserve') return
        if (answer.amount.micros > 0)
          expect(heldMicros(held) + answer.amount.micros).toBeLessThanOrEqual(capMicros)
        expect(answer.amount.micros).toBeGreaterThanOrEqual(micros)
      }),
    )
  })

  it('stops another currency and what has no price, unless allowed', () => {
    const caps = [
      {
        scope: 'month' as const,
        cap: { micros: 1, currency: 'EUR' },
        held: { reserved: 0, confirmed: 0, indeterminate: 0 },
      },
    ]
    const estimate = { micros: 5, currency: 'USD', estimated: true }
    expect(checkBudget({ estimate, overrun: 1, caps, allowUnpriced: false }).kind).toBe('unpriced')
    expect(checkBudget({ estimate: null, overrun: 1, caps, allowUnpriced: false }).kind).toBe(
      'unpriced',
    )
    expect(checkBudget({ estimate: null, overrun: 1, caps, allowUnpriced: true }).kind).toBe(
      'reserve',
    )
    expect(checkBudget({ estimate: null, overrun: 1, caps: [], allowUnpriced: false }).kind).toBe(
      'reserve',
    )
  })

  it('stops what has no price at a cap that is used up, and names no amount for it', () => {
    const cap = { micros: 10, currency: 'USD' }
    const held = { reserved: 10, confirmed: 0, indeterminate: 0 }
    const caps = [{ scope: 'night' as const, cap, held }]
    expect(checkBudget({ estimate: null, overrun: 1, caps, allowUnpriced: true })).toEqual({
      kind: 'capReached',
      scope: 'night',
      cap,
      heldMicros: 10,
      nextMicros: null,
    })
  })

  it('admits what is free past any cap', () => {
    const caps = [
      {
        scope: 'night' as const,
        cap: { micros: 10, currency: 'USD' },
        held: { reserved: 10, confirmed: 0, indeterminate: 0 },
      },
    ]
    expect(
      checkBudget({
        estimate: { micros: 0, currency: 'USD', estimated: false },
        overrun: 1,
        caps,
        allowUnpriced: false,
      }).kind,
    ).toBe('reserve')
  })
})

describe('periods', () => {
  it("count a night from noon to noon and a month by its calendar, in the cap's own zone", () => {
    const at = (text: string): number => Date.parse(text)
    expect(periodsAt(at('2026-11-22T23:30:00Z'), 'UTC')).toEqual({
      night: '2026-11-22',
      month: '2026-11',
    })
    expect(periodsAt(at('2026-11-23T05:00:00Z'), 'UTC')).toEqual({
      night: '2026-11-22',
      month: '2026-11',
    })
    expect(periodsAt(at('2026-11-23T12:00:00Z'), 'UTC')).toEqual({
      night: '2026-11-23',
      month: '2026-11',
    })
    expect(periodsAt(at('2026-11-30T23:30:00Z'), 'Europe/Berlin')).toEqual({
      night: '2026-11-30',
      month: '2026-12',
    })
  })
})

describe('lanes', () => {
  const lane = {
    state: OPEN_LANE,
    limits: { concurrency: 4, createsPerMinute: null },
    used: 0,
    sending: 0,
    unsettled: 0,
    settlingAt: null,
    creates: { count: 0, firstAt: null },
    now: 1_000,
    raiseMs: 300_000,
  }
  it('give no slot beyond the limit and none while money is in doubt', () => {
    expect(laneSlots({ ...lane, used: 3 })).toEqual({ kind: 'free', slots: 1 })
    expect(laneSlots({ ...lane, used: 4 })).toMatchObject({ kind: 'blocked', why: 'full' })
    const unreachable = { ...OPEN_LANE, unreachable: { since: 0, tries: 1 } }
    expect(laneSlots({ ...lane, state: unreachable })).toEqual({ kind: 'free', slots: 1 })
    expect(laneSlots({ ...lane, state: unreachable, sending: 1 })).toMatchObject({ why: 'held' })
    expect(laneSlots({ ...lane, settlingAt: 9 })).toMatchObject({ why: 'settling', until: 9 })
    expect(laneSlots({ ...lane, unsettled: MAX_UNSETTLED })).toMatchObject({ why: 'unsettled' })
    expect(laneSlots({ ...lane, state: { ...OPEN_LANE, heldUntil: 2_000 } })).toMatchObject({
      why: 'held',
      until: 2_000,
    })
    expect(laneSlots({ ...lane, state: { ...OPEN_LANE, heldUntil: 900 } })).toMatchObject({
      kind: 'free',
    })
    expect(
      laneSlots({
        ...lane,
        limits: { concurrency: 4, createsPerMinute: 6 },
        creates: { count: 5, firstAt: 400 },
      }),
    ).toEqual({ kind: 'free', slots: 1 })
    // A minute after the earliest of them the next one may go.
    const rated = { concurrency: 4, createsPerMinute: 6 }
    expect(
      laneSlots({ ...lane, limits: rated, creates: { count: 6, firstAt: 400 } }),
    ).toMatchObject({ why: 'rate', until: 60_400 })
  })
})

describe('recovery', () => {
  it.each<[IntentOutcome | null, string]>([
    [null, 'putBack'],
    ['notSent', 'putBack'],
    ['refused', 'putBack'],
    ['dropped', 'putBack'],
    ['open', 'settle'],
    ['unknown', 'settle'],
    ['accepted', 'settle'],
  ])('of a submit whose intent is %s is %s', (intent, decision) => {
    expect(recover({ step: 'submit', hasOperation: false, intent })).toBe(decision)
  })

  it('never touches what the provider holds', () => {
    for (const step of ['poll', 'download', 'finish'] as const)
      expect(recover({ step, hasOperation: true, intent: 'accepted' })).toBe('goOn')
  })
})

describe('reconciling', () => {
  const found = (id: string, match: FoundOperation['match'], createdAtMs = 0): FoundOperation => ({
    operation: { id, version: 1, data: null },
    createdAtMs,
    match,
  })
  const unknown = (no: number, passes = 0) => ({
    id: `job_0001:${no}` as const,
    fingerprint: 'f',
    submitStartedAt: no,
    passes,
  })

  it('adopts the oldest matches first when there are no more than unknowns', () => {
    const decisions = reconcile({
      unknowns: [unknown(1), unknown(2)],
      candidates: [found('b', 'same', 20), found('a', 'same', 10)],
      twinInFlight: false,
    })
    expect(
      decisions.map((decision) =>
        decision.kind === 'adopt' ? decision.operation.id : decision.kind,
      ),
    ).toEqual(['a', 'b'])
  })

  it('asks when there are more matches than unknowns', () => {
    expect(
      reconcile({
        unknowns: [unknown(1)],
        candidates: [found('a', 'same'), found('b', 'same')],
        twinInFlight: false,
      })[0]?.kind,
    ).toBe('ask')
  })

  it('takes an entry that a growing list shows on two pages for one', () => {
    const decisions = reconcile({
      unknowns: [unknown(1), unknown(2)],
      candidates: [found('a', 'same'), found('a', 'same'), found('b', 'same', 20)],
      twinInFlight: false,
    })
    expect(decisions.map(({ kind }) => kind)).toEqual(['adopt', 'adopt'])
    expect(decisions).toMatchObject([{ operation: { id: 'a' } }, { operation: { id: 'b' } }])
  })

  it('never adopts an entry whose input is hidden, and shows it as evidence', () => {
    const [first] = reconcile({
      unknowns: [unknown(1, 1)],
      candidates: [found('a', 'unknown')],
      twinInFlight: false,
    })
    expect(first).toMatchObject({ kind: 'ask', candidates: [{ operation: { id: 'a' } }] })
  })

  it('looks twice before it asks, and not at all while a twin is under way', () => {
    expect(
      reconcile({ unknowns: [unknown(1, 0)], candidates: [], twinInFlight: false })[0],
    ).toMatchObject({ kind: 'lookAgain', countsAsPass: true })
    expect(
      reconcile({ unknowns: [unknown(1, 1)], candidates: [], twinInFlight: false })[0]?.kind,
    ).toBe('ask')
    expect(
      reconcile({
        unknowns: [unknown(1, 5)],
        candidates: [found('a', 'same')],
        twinInFlight: true,
      })[0],
    ).toMatchObject({ kind: 'lookAgain', countsAsPass: false })
  })

  it('hands no operation to two unknowns, however many there are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 0, max: 8 }),
        (unknowns, matches) => {
          const decisions = reconcile({
            unknowns: Array.from({ length: unknowns }, (_, index) => unknown(index + 1)),
            candidates: Array.from({ length: matches }, (_, index) =>
              found(`op${index}`, 'same', index),
            ),
            twinInFlight: false,
          })
          const adopted = decisions.flatMap((decision) =>
            decision.kind === 'adopt' ? [decision.operation.id] : [],
          )
          expect(new Set(adopted).size).toBe(adopted.length)
          expect(decisions).toHaveLength(unknowns)
        },
      ),
    )
  })
})
