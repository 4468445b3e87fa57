import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byteRange } from '../../../../src/main/window/byteRange.ts'

describe('byteRange', () => {
  test.each([
    ['bytes=0-', { status: 206, start: 0, end: 99 }],
    ['bytes=10-19', { status: 206, start: 10, end: 19 }],
    ['bytes=90-500', { status: 206, start: 90, end: 99 }],
    ['bytes=-30', { status: 206, start: 70, end: 99 }],
    ['bytes=-500', { status: 206, start: 0, end: 99 }],
    ['bytes=100-', { status: 416 }],
    ['bytes=-0', { status: 416 }],
    // What the RFC lets a server ignore.
    [null, { status: 200 }],
    ['', { status: 200 }],
    ['bytes=-', { status: 200 }],
    ['bytes=20-10', { status: 200 }],
    ['bytes=0-1,5-6', { status: 200 }],
    ['lines=0-1', { status: 200 }],
  ] as const)('%s of 100 bytes', (header, expected) => {
    expect(byteRange(header, 100)).toEqual(expected)
  })

  test('an empty file has no range', () => {
    expect(byteRange('bytes=0-', 0)).toEqual({ status: 416 })
    expect(byteRange('bytes=-1', 0)).toEqual({ status: 416 })
  })

  test('whatever is asked, a part lies inside the file and is not empty', () => {
    const digits = fc.oneof(fc.constant(''), fc.nat({ max: 5000 }).map(String))
    fc.assert(
      fc.property(digits, digits, fc.nat({ max: 2000 }), (from, to, size) => {
        const range = byteRange(`bytes=${from}-${to}`, size)
        if (range.status !== 206) return
        expect(range.start).toBeGreaterThanOrEqual(0)
        expect(range.end).toBeGreaterThanOrEqual(range.start)
        expect(range.end).toBeLessThan(size)
      }),
    )
  })

  test('it gives exactly the bytes that were asked for, as far as there are any', () => {
    fc.assert(
      fc.property(
        fc.nat(999),
        fc.nat(999),
        fc.integer({ min: 1, max: 1000 }),
        (from, more, size) => {
          const wanted = Array.from({ length: more + 1 }, (_, i) => from + i).filter(
            (at) => at < size,
          )
          const range = byteRange(`bytes=${from}-${from + more}`, size)
          const given = range.status === 206 ? range : { start: from, end: from - 1 }
          expect(given.start).toBe(from)
          expect(given.end - given.start + 1).toBe(wanted.length)
        },
      ),
    )
  })

  test('no header makes it throw', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (header, size) => {
        expect([200, 206, 416]).toContain(byteRange(header, size).status)
      }),
    )
  })
})
