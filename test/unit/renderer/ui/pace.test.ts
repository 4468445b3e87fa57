import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { scrolledTo, whenLookedAt } from '../../../../src/renderer/ui/pace.ts'

const FRAME_MS = 16
let looked: string[] = []
const look = (name: string) => whenLookedAt(() => looked.push(name))

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw, FRAME_MS))
  looked = []
})
afterEach(() => {
  vi.runAllTimers()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('a list that stands or moves slowly shows its pictures at once', () => {
  look('stands')
  scrolledTo(30)
  look('slow')
  expect(looked).toEqual(['stands', 'slow'])
})

test('pictures that fly past are never read; those where the list comes to rest are', () => {
  scrolledTo(1000)
  const leaves = look('flew past')
  vi.advanceTimersByTime(80)
  scrolledTo(2000)
  leaves()
  look('here')
  vi.advanceTimersByTime(80)
  expect(looked).toEqual([])
  vi.runAllTimers()
  expect(looked).toEqual(['here'])
})

test('a page that is slow to draw is not taken for one that stands', () => {
  scrolledTo(3000)
  look('flies')
  // The timer is due before the frame in which the next move arrives.
  vi.advanceTimersByTime(95)
  scrolledTo(4000)
  vi.advanceTimersByTime(FRAME_MS)
  expect(looked).toEqual([])
  vi.runAllTimers()
  expect(looked).toEqual(['flies'])
})
