import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FITTED, moved, zoomed } from '../../../../src/renderer/features/review/loupe/zoom.ts'
import {
  evenFrames,
  indexedFrames,
} from '../../../../src/renderer/features/review/player/frames.ts'
import { nextSpeed } from '../../../../src/renderer/features/review/player/shuttle.ts'

describe('frames are what the player counts by', () => {
  test('shows the frame that was meant, at rates that are no whole number too', () => {
    for (const fps of [23.976, 24, 25, 29.97, 60]) {
      const even = evenFrames(10, fps)
      for (const frame of [0, 1, 47, 191]) expect(even.at(even.middleOf(frame))).toBe(frame)
    }
  })

  test('an index is followed to the microsecond, however unevenly frames come', () => {
    const gaps = fc.array(fc.integer({ min: 8_000, max: 400_000 }), { minLength: 1, maxLength: 90 })
    fc.assert(
      fc.property(gaps, fc.integer({ min: 0, max: 90_000 }), (steps, first) => {
        let at = first
        const starts = steps.map((step) => {
          const start = at / 1e6
          at += step
          return start
        })
        const frames = indexedFrames(starts, at / 1e6)
        starts.forEach((start, frame) => {
          expect(frames.at(frames.middleOf(frame))).toBe(frame)
          expect(frames.at(Math.round(start * 1e6) / 1e6)).toBe(frame)
        })
        expect(frames.startOf(frames.count)).toBeGreaterThan(starts.at(-1) ?? 0)
      }),
    )
  })

  test('there is no frame before the first or behind the last', () => {
    const frames = indexedFrames([0.0667, 0.1, 0.1334], 0.1667)
    expect([frames.at(0), frames.at(9), frames.at(-1)]).toEqual([0, 2, 0])
    expect(frames.middleOf(99)).toBe(frames.middleOf(2))
    expect(evenFrames(1, 24).at(5)).toBe(23)
  })
})

describe('the loupe', () => {
  test('J and L are faster with each press, the other way turns round, K stops', () => {
    expect([nextSpeed(0, 1), nextSpeed(1, 1), nextSpeed(8, 1)]).toEqual([1, 2, 8])
    expect([nextSpeed(0, -1), nextSpeed(-2, -1), nextSpeed(4, -1)]).toEqual([-1, -4, -1])
    expect(nextSpeed(4, 0)).toBe(0)
  })

  test('zooms around the pointer, and never loses the picture', () => {
    const close = zoomed(FITTED, 2, { x: 100, y: -50 })
    expect(close).toEqual({ scale: 2, x: -100, y: 50 })
    expect(zoomed(close, 0.5, { x: 0, y: 0 })).toEqual(FITTED)
    const room = { width: 400, height: 200 }
    expect(moved(close, { x: -900, y: 900 }, room)).toEqual({ scale: 2, x: -200, y: 100 })
  })
})
