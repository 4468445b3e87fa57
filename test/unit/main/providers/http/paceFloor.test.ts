import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createPaceFloor } from '../../../../../src/main/providers/http/paceFloor.ts'

const FLOOR = { bytes: 1000, ms: 60_000 }

/** Arrivals, each `ms` after the one before, and at which the floor was broken; -1 for never. */
function brokenAt(start: number, arrivals: readonly { ms: number; bytes: number }[]): number {
  let now = 0
  let bytes = start
  const isBelow = createPaceFloor(FLOOR, start, () => now)
  return arrivals.findIndex((arrival) => {
    now += arrival.ms
    bytes += arrival.bytes
    return isBelow(bytes)
  })
}

it('lets go of a server that sends a byte now and then', () => {
  expect(
    brokenAt(
      0,
      Array.from({ length: 9 }, () => ({ ms: 25_000, bytes: 1 })),
    ),
  ).toBe(2)
})

it('does not count what an earlier try left', () => {
  expect(brokenAt(5_000_000, [{ ms: 60_000, bytes: 1 }])).toBe(0)
})

it('looks at each stretch by itself: a fast beginning buys no slow end', () => {
  const fast = { ms: 60_000, bytes: 1_000_000 }
  expect(brokenAt(0, [fast, fast, { ms: 30_000, bytes: 1 }, { ms: 30_000, bytes: 1 }])).toBe(3)
})

it('never lets go of one that sends the floor in every stretch', () => {
  const arrival = fc.record({ ms: fc.nat(59_999), bytes: fc.integer({ min: 1000, max: 1e6 }) })
  fc.assert(fc.property(fc.array(arrival), (arrivals) => brokenAt(0, arrivals) === -1))
})
