import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  createPatchBuffer,
  createPublisher,
  EVENT_GAP_MS,
} from '../../../../src/main/ipc/publish.ts'
import { PATCH_ROWS } from '../../../../src/shared/ipc/events.ts'
import type { TonightView } from '../../../../src/shared/domain/views.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function setUp() {
  const sent: { name: string; revision: number; data: unknown; at: number }[] = []
  const reported: string[] = []
  const publisher = createPublisher({
    send: (name, { revision, data }) => sent.push({ name, revision, data, at: Date.now() }),
    now: Date.now,
    schedule: (run, afterMs) => {
      const timer = setTimeout(run, afterMs)
      return () => clearTimeout(timer)
    },
    report: (_, name) => reported.push(name),
  })
  return { publisher, sent, reported }
}
const tonight = (done: number) => ({ counts: { succeeded: done } }) as TonightView

test('1000 changes in one turn are one event with the last state', () => {
  const { publisher, sent } = setUp()
  for (let done = 1; done <= 1000; done += 1)
    publisher.changed('tonight.changed', () => tonight(done))
  vi.advanceTimersByTime(0)
  expect(sent).toMatchObject([{ revision: 1, data: { counts: { succeeded: 1000 } } }])
})

test('a steady stream leaves 4 times a second, each with the next revision', () => {
  const { publisher, sent } = setUp()
  for (let ms = 0; ms < 2000; ms += 10) {
    publisher.changed('tonight.changed', () => tonight(ms))
    vi.advanceTimersByTime(10)
  }
  const gaps = sent.slice(1).map(({ at }, index) => at - (sent[index]?.at ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(EVENT_GAP_MS)
  // At 0, 250, ... 2000 ms.
  expect(sent.map(({ revision }) => revision)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
})

test('the last change always leaves, and a quiet time sends nothing', () => {
  const { publisher, sent } = setUp()
  publisher.changed('tonight.changed', () => tonight(1))
  vi.advanceTimersByTime(1)
  publisher.changed('tonight.changed', () => tonight(2))
  vi.advanceTimersByTime(10_000)
  expect(sent.map(({ data }) => data)).toEqual([tonight(1), tonight(2)])
})

test('events of different names do not hold each other up', () => {
  const { publisher, sent } = setUp()
  publisher.changed('frames.changed', () => null)
  publisher.changed('prompts.changed', () => null)
  publisher.said('command.chosen', 'app.palette')
  publisher.said('command.chosen', 'app.keys')
  vi.advanceTimersByTime(1)
  expect(sent.map(({ name, revision }) => [name, revision])).toEqual([
    ['command.chosen', 1],
    ['command.chosen', 2],
    ['frames.changed', 1],
    ['prompts.changed', 1],
  ])
})

test('a state that cannot be read is reported, and later changes still leave', () => {
  const { publisher, sent, reported } = setUp()
  publisher.changed('tonight.changed', () => {
    throw new TypeError('no database')
  })
  vi.advanceTimersByTime(1000)
  publisher.changed('tonight.changed', () => tonight(3))
  vi.advanceTimersByTime(1000)
  expect(reported).toEqual(['tonight.changed'])
  expect(sent.map(({ data }) => data)).toEqual([tonight(3)])
})

test('a state that is as it was leaves once', () => {
  const { publisher, sent } = setUp()
  for (const done of [1, 1, 1, 2, 2, 1]) {
    publisher.mayHaveChanged('tonight.changed', () => tonight(done))
    vi.advanceTimersByTime(1000)
  }
  expect(sent.map(({ data, revision }) => [data, revision])).toEqual([
    [tonight(1), 1],
    [tonight(2), 2],
    [tonight(1), 3],
  ])
})

test('after closing nothing leaves any more', () => {
  const { publisher, sent } = setUp()
  publisher.changed('tonight.changed', () => tonight(1))
  publisher.close()
  vi.advanceTimersByTime(1000)
  expect(sent).toEqual([])
})

test('patches hold the newest state of each row, and say when there were more than a page shows', () => {
  const buffer = createPatchBuffer<{ id: string; revision: number }>()
  buffer.add({ id: 'job_1', revision: 1 })
  buffer.add({ id: 'job_1', revision: 2 })
  expect(buffer.take()).toEqual({ rows: [{ id: 'job_1', revision: 2 }], more: false })
  buffer.add({ id: 'job_1', revision: 2 })
  buffer.add({ id: 'job_1', revision: 1 })
  expect(buffer.take().rows).toEqual([{ id: 'job_1', revision: 2 }])
  for (let i = 0; i < 10_000; i += 1) buffer.add({ id: `job_${i}`, revision: 3 })
  const many = buffer.take()
  expect(many.rows.length).toBe(PATCH_ROWS)
  expect(many.more).toBe(true)
  expect(buffer.take()).toEqual({ rows: [], more: false })
})
