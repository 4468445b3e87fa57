import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plotOf, roundSteps } from '../../../../src/renderer/features/insights/plotLayout.ts'

test('steps are round, lie between the ends, and are few', () => {
  expect(roundSteps(0, 94_000)).toEqual([0, 50_000])
  expect(roundSteps(860, 1140)).toEqual([900, 1000, 1100])
  fc.assert(
    fc.property(
      fc.integer({ min: -5000, max: 5000 }),
      fc.integer({ min: 1, max: 10_000_000 }),
      (from, length) => {
        const steps = roundSteps(from, from + length)
        expect(steps.length).toBeLessThanOrEqual(6)
        for (const step of steps) {
          expect(step).toBeGreaterThanOrEqual(from)
          expect(step).toBeLessThanOrEqual(from + length)
        }
      },
    ),
  )
})

test('twice the cost stands twice as far, a better rating higher', () => {
  const point = (name: string, x: number, y: number) => ({ name, x, y, low: y - 50, high: y + 50 })
  const { dots } = plotOf([point('Wan 2.6', 100, 1100), point('Kling 3.0', 200, 900)], {
    width: 460,
    height: 230,
  })
  const [a, b] = dots
  const origin = 56
  expect((b?.x ?? 0) - origin).toBeCloseTo(2 * ((a?.x ?? 0) - origin))
  expect(a?.y).toBeLessThan(b?.y ?? 0)
  expect(a?.top).toBeLessThan(a?.y ?? 0)
  expect(b?.label?.anchor).toBe('end')
})

test('no name lies on another, whatever the figures', () => {
  const points = fc.array(
    fc.record({ x: fc.integer({ min: 1, max: 100 }), y: fc.integer({ min: 900, max: 1100 }) }),
    { minLength: 1, maxLength: 20 },
  )
  fc.assert(
    fc.property(points, (all) => {
      const named = all.map(({ x, y }, at) => ({ name: `Model ${at}`, x, y, low: 800, high: 1200 }))
      const { dots } = plotOf(named, { width: 460, height: 230 })
      const boxes = dots.flatMap(({ name, label }) => {
        if (label === null) return []
        const left = label.anchor === 'start' ? label.x : label.x - name.length * 5
        return [{ left, right: left + name.length * 5, y: label.y }]
      })
      boxes.forEach((box, at) => {
        for (const other of boxes.slice(at + 1)) {
          const isBeside = box.right <= other.left || other.right <= box.left
          expect(isBeside || Math.abs(box.y - other.y) >= 10).toBe(true)
        }
      })
    }),
  )
})
