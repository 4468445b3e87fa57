import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOpenHour, WHOLE_DAY } from '../../../../src/shared/domain/nightHours.ts'
import { nightPlanSchema, type NightPlan } from '../../../../src/shared/domain/nightPlan.ts'
import { hourPieces, localTime } from '../../../../src/shared/schedule/localTime.ts'
import { nextEdge, nightWindow } from '../../../../src/shared/schedule/nightWindow.ts'
import { planWords } from '../../../../src/shared/schedule/planWords.ts'
import { momentWords, waitWords } from '../../../../src/shared/schedule/windowWords.ts'

/** Among them changes at midnight, by half an hour, at a quarter to three, and none at all. */
const ZONES = [
  'UTC',
  'Europe/Prague',
  'America/New_York',
  'America/Santiago',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Africa/Cairo',
] as const

const hours = (from: number, to: number): number =>
  Array.from({ length: 24 }, (_, hour) => hour)
    .filter((hour) => (from < to ? hour >= from && hour < to : hour >= from || hour < to))
    .reduce((bits, hour) => bits | (1 << hour), 0)
const planOf = (part: Partial<NightPlan>): NightPlan =>
  nightPlanSchema.parse({ isOn: true, ...part })
const everyDay = (bits: number): number[] => Array.from({ length: 7 }, () => bits)
const at = (text: string): number => Date.parse(text)

const nights = planOf({ days: everyDay(hours(23, 7)) })
const prague = (plan: NightPlan, now: string) =>
  nightWindow({ plan, now: at(now), timeZone: 'Europe/Prague' })

describe('a window over midnight', () => {
  it('is closed in the evening, open at night, closed in the morning', () => {
    const opensAt = at('2026-11-22T23:00+01:00')
    const until = at('2026-11-23T07:00+01:00')
    expect(prague(nights, '2026-11-22T22:59:59+01:00')).toEqual({ kind: 'closed', opensAt })
    const open = { kind: 'open', until, closesAt: until }
    expect(prague(nights, '2026-11-22T23:00+01:00')).toEqual(open)
    expect(prague(nights, '2026-11-23T06:59:59+01:00')).toEqual(open)
    expect(prague(nights, '2026-11-23T07:00+01:00')).toMatchObject({ kind: 'closed' })
  })

  it('starts and stops sending at the minute that was asked for', () => {
    const plan = { ...nights, startAt: 23 * 60 + 15, stopAt: 6 * 60 + 30 }
    const from = at('2026-11-22T23:15+01:00')
    expect(prague(plan, '2026-11-22T23:10+01:00')).toEqual({ kind: 'closed', opensAt: from })
    const until = at('2026-11-23T06:30+01:00')
    const closesAt = at('2026-11-23T07:00+01:00')
    expect(prague(plan, '2026-11-23T03:00+01:00')).toEqual({ kind: 'open', until, closesAt })
    expect(prague(plan, '2026-11-23T06:40+01:00')).toEqual({
      kind: 'closing',
      closesAt,
      opensAt: at('2026-11-23T23:15+01:00'),
    })
  })

  it('lets a start that the stretch does not have pass', () => {
    const plan = planOf({ days: everyDay(hours(13, 15)), startAt: 23 * 60, stopAt: 60 })
    const until = at('2026-11-22T15:00+01:00')
    expect(prague(plan, '2026-11-22T13:30+01:00')).toEqual({ kind: 'open', until, closesAt: until })
  })

  it('takes a start that leaves no time before the stop as no opening', () => {
    const plan = { ...nights, startAt: 6 * 60, stopAt: 23 * 60 + 30 }
    expect(prague(plan, '2026-11-22T23:10+01:00')).toEqual({ kind: 'closed', opensAt: null })
  })

  it('runs from Friday evening to Monday morning as one stretch', () => {
    const days = [hours(0, 7), 0, 0, 0, hours(20, 0), WHOLE_DAY, WHOLE_DAY]
    const plan = planOf({ days, startAt: 21 * 60, stopAt: 7 * 60 })
    const friday = at('2026-11-20T21:00+01:00')
    const monday = at('2026-11-23T07:00+01:00')
    expect(prague(plan, '2026-11-18T12:00+01:00')).toEqual({ kind: 'closed', opensAt: friday })
    const open = { kind: 'open', until: monday, closesAt: monday }
    expect(prague(plan, '2026-11-22T10:00+01:00')).toEqual(open)
  })
})

it('sends from each start to the next stop where no hour is closed', () => {
  const plan = planOf({ days: everyDay(WHOLE_DAY), startAt: 22 * 60, stopAt: 6 * 60 })
  const until = at('2026-11-22T06:00+01:00')
  const opensAt = at('2026-11-22T22:00+01:00')
  const open = { kind: 'open', until, closesAt: opensAt }
  expect(prague(plan, '2026-11-22T01:00+01:00')).toEqual(open)
  const closing = { kind: 'closing', closesAt: opensAt, opensAt }
  expect(prague(plan, '2026-11-22T12:00+01:00')).toEqual(closing)
  expect(prague(plan, '2026-11-22T22:00+01:00')).toMatchObject({ kind: 'open' })
  expect(planWords(plan)).toBe('every day all day, from 22:00 on, nothing new from 06:00')
  expect(planWords({ ...plan, startAt: null })).toBe('every day all day')
})

describe('nights in which the clocks change', () => {
  it('has an hour less in spring and an hour more in autumn', () => {
    const spring = prague(nights, '2026-03-28T23:30+01:00')
    expect(spring).toMatchObject({ until: at('2026-03-28T23:00+01:00') + 7 * 3_600_000 })
    const autumn = prague(nights, '2026-10-24T23:30+02:00')
    expect(autumn).toMatchObject({ until: at('2026-10-24T23:00+02:00') + 9 * 3_600_000 })
  })

  it('starts when the clock jumps over the minute of the start', () => {
    const plan = { ...nights, startAt: 2 * 60 + 30 }
    const window = prague(plan, '2026-03-29T00:30+01:00')
    expect(window).toEqual({ kind: 'closed', opensAt: at('2026-03-29T03:00+02:00') })
  })

  it('opens for both hours when the open one comes twice', () => {
    const plan = planOf({ days: everyDay(hours(2, 3)) })
    const first = prague(plan, '2026-10-25T02:30+02:00')
    expect(first).toMatchObject({ kind: 'open', until: at('2026-10-25T03:00+01:00') })
  })

  it('waits for the next week when the only open hour is left out', () => {
    const plan = planOf({ days: [0, 0, 0, 0, 0, 0, hours(2, 3)] })
    const window = prague(plan, '2026-03-28T12:00+01:00')
    expect(window).toEqual({ kind: 'closed', opensAt: at('2026-04-05T02:00+02:00') })
  })
})

describe('no window at all', () => {
  it('is always open when it is off, never closes when full, never opens when empty', () => {
    const now = '2026-11-22T12:00Z'
    expect(prague({ ...nights, isOn: false }, now)).toEqual({ kind: 'always' })
    for (const stopAt of [null, 60, 120]) {
      const full = planOf({
        days: everyDay(WHOLE_DAY),
        startAt: stopAt === 120 ? null : 60,
        stopAt,
      })
      expect(prague(full, now)).toEqual({ kind: 'open', until: null, closesAt: null })
    }
    const empty = planOf({ days: everyDay(0) })
    expect(prague(empty, now)).toEqual({ kind: 'closed', opensAt: null })
  })
})

const anyPlan = fc
  .record({
    days: fc.oneof(
      fc.array(
        fc.oneof(
          fc.integer({ min: 0, max: WHOLE_DAY }),
          fc.tuple(fc.nat(23), fc.nat(23)).map(([from, to]) => hours(from, to)),
          fc.constantFrom(0, WHOLE_DAY),
        ),
        { minLength: 7, maxLength: 7 },
      ),
      fc.constant(everyDay(WHOLE_DAY)),
    ),
    startAt: fc.option(fc.nat(1439), { nil: null }),
    stopAt: fc.option(fc.nat(1439), { nil: null }),
  })
  .map(planOf)
const anyZone = fc.constantFrom(...ZONES)
/** Often within two days of a change of the clocks. */
const anyTime = fc.oneof(
  fc.integer({ min: at('2024-01-01T00:00Z'), max: at('2032-01-01T00:00Z') }),
  fc
    .tuple(
      fc.constantFrom(
        '2026-03-29T01:00Z',
        '2026-10-25T01:00Z',
        '2026-04-04T15:00Z',
        '2026-09-26T14:00Z',
      ),
      fc.integer({ min: -172_800_000, max: 172_800_000 }),
    )
    .map(([moment, away]) => at(moment) + away),
)

describe('any plan, in any zone, at any time', () => {
  it('has its next change ahead, and is what it says until then and something else after', () => {
    fc.assert(
      fc.property(anyPlan, anyZone, anyTime, (plan, timeZone, now) => {
        const window = nightWindow({ plan, now, timeZone })
        const edge = nextEdge(window)
        if (edge === null) return
        expect(edge).toBeGreaterThan(now)
        const before = nightWindow({ plan, now: edge - 1, timeZone })
        expect(before).toEqual(window)
        const after = nightWindow({ plan, now: edge, timeZone })
        expect(after.kind).not.toBe(window.kind)
      }),
      { numRuns: 300 },
    )
  })

  it('never sends in an hour that is not in the grid, and keeps the grid when nothing else is set', () => {
    fc.assert(
      fc.property(anyPlan, anyZone, anyTime, (plan, timeZone, now) => {
        const { day, minute } = localTime(now, timeZone)
        const inGrid = isOpenHour(plan, day, Math.floor(minute / 60))
        const { kind } = nightWindow({ plan, now, timeZone })
        if (kind === 'open' || kind === 'closing') expect(inGrid).toBe(true)
        const plain = nightWindow({ plan: { ...plan, startAt: null, stopAt: null }, now, timeZone })
        expect(plain.kind).toBe(inGrid ? 'open' : 'closed')
      }),
      { numRuns: 300 },
    )
  })

  it('cuts time into pieces without gap, none longer than an hour', () => {
    fc.assert(
      fc.property(anyZone, anyTime, (timeZone, now) => {
        let end = now
        for (const piece of hourPieces(now, timeZone)) {
          expect(piece.from).toBe(end)
          expect(piece.to - piece.from).toBeGreaterThan(0)
          expect(piece.to - piece.from).toBeLessThanOrEqual(3_600_000)
          expect(localTime(piece.from, timeZone)).toEqual({ day: piece.day, minute: piece.minute })
          end = piece.to
          if (end > now + 3 * 86_400_000) break
        }
      }),
      { numRuns: 100 },
    )
  })
})

describe('words', () => {
  it('name the day when the opening is far away', () => {
    const now = at('2026-11-22T12:00+01:00')
    const words = (opensAt: string | null) =>
      waitWords({ opensAt: opensAt === null ? null : at(opensAt), now, timeZone: 'Europe/Prague' })
    expect(words('2026-11-22T23:00+01:00')).toBe('window opens 23:00')
    expect(words('2026-11-27T20:30+01:00')).toBe('window opens Fri 20:30')
    expect(words(null)).toBe('no hour of the night plan is open')
    expect(momentWords({ at: now, now, timeZone: 'UTC' })).toBe('11:00')
  })
})
