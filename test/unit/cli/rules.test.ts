import { describe, expect, test } from 'vitest'
import { exitCodeOf } from '../../../src/cli/exitCode.ts'
import { jobEvent } from '../../../src/cli/events.ts'
import { oneLine, timeText } from '../../../src/cli/terminal/words.ts'
import { readTestClock } from '../../../src/shared/domain/testClock.ts'
import type { JobView } from '../../../src/shared/domain/job.ts'

describe('exit codes', () => {
  const nothing = {
    failed: 0,
    cancelled: 0,
    needsYou: 0,
    waiting: 0,
    isUnseen: false,
    isInterrupted: false,
  }
  test.each([
    [{}, 0],
    [{ failed: 1 }, 1],
    [{ cancelled: 2 }, 1],
    [{ failed: 1, needsYou: 1 }, 3],
    [{ cancelled: 1, waiting: 1 }, 3],
    [{ isUnseen: true }, 3],
    [{ failed: 1, waiting: 3, isInterrupted: true }, 130],
  ])('%j: %d', (left, code) => {
    expect(exitCodeOf({ ...nothing, ...left })).toBe(code)
  })
})

describe('waits are shortened for tests alone', () => {
  test.each([
    [{}, { timeScale: 1, pollMs: null }],
    [
      { NODE_ENV: 'test', DAILIES_TIME_SCALE: '10' },
      { timeScale: 10, pollMs: null },
    ],
    [
      { NODE_ENV: 'test', DAILIES_POLL_MIN_MS: '0' },
      { timeScale: 1, pollMs: 0 },
    ],
    [
      { NODE_ENV: 'production', DAILIES_TIME_SCALE: '' },
      { timeScale: 1, pollMs: null },
    ],
  ])('%j: %j', (env, expected) => {
    expect(readTestClock(env)).toEqual({ ok: true, value: expected })
  })

  test.each([
    { DAILIES_TIME_SCALE: '10' },
    { DAILIES_POLL_MIN_MS: '10', NODE_ENV: 'production' },
    { DAILIES_TIME_SCALE: 'fast', NODE_ENV: 'test' },
    { DAILIES_TIME_SCALE: '0', NODE_ENV: 'test' },
    { DAILIES_POLL_MIN_MS: '-1', NODE_ENV: 'test' },
  ])('%j is refused', (env) => {
    expect(readTestClock(env)).toMatchObject({ ok: false })
  })
})

describe('words', () => {
  test.each([
    [400, '0.4 s'],
    [42_000, '42 s'],
    [200_000, '3 min 20 s'],
    [7_500_000, '2 h 5 min'],
  ])('%d ms: %s', (ms, words) => {
    expect(timeText(ms)).toBe(words)
  })

  test('a prompt cannot steer the terminal or break a line', () => {
    expect(oneLine('a\u001B[2J\nb\tc\u202E', 40)).toBe('a [2J b c')
    expect(oneLine('abcdefgh', 6)).toBe('abc...')
  })
})

test('what is absent of a job is left out of its line', () => {
  const job: Partial<JobView> = { id: 'job_1', reason: null, operationId: null, error: null }
  expect(JSON.parse(JSON.stringify(jobEvent(job as JobView)))).toEqual({
    event: 'job',
    jobId: 'job_1',
  })
})
