import { err, ok, type Result } from './result.ts'

/** How tests and benchmarks shorten waits. */
export interface TestClock {
  readonly timeScale: number
  /** Null leaves the poll interval to the plan. */
  readonly pollMs: number | null
}

const NAMES = ['DAILIES_TIME_SCALE', 'DAILIES_POLL_MIN_MS'] as const

/**
 * Reads the two variables that shorten waits. Without `NODE_ENV=test` they are refused: with them a
 * provider would be asked too often. The error is a sentence.
 */
export function readTestClock(
  env: Readonly<Record<string, string | undefined>>,
): Result<TestClock, string> {
  const set = NAMES.filter((name) => (env[name] ?? '') !== '')
  if (set.length > 0 && env['NODE_ENV'] !== 'test') {
    return err(`${set.join(' and ')} may only be set with NODE_ENV=test. Unset it and try again.`)
  }
  const [scale, poll] = NAMES.map((name) => env[name] ?? '')
  const timeScale = scale === '' ? 1 : Number(scale)
  const pollMs = poll === '' ? null : Number(poll)
  if (!(timeScale > 0 && timeScale < Infinity)) {
    return err(`DAILIES_TIME_SCALE must be a number above 0, not "${scale}".`)
  }
  if (pollMs !== null && !(pollMs >= 0 && pollMs < Infinity)) {
    return err(`DAILIES_POLL_MIN_MS must be milliseconds from 0, not "${poll}".`)
  }
  return ok({ timeScale, pollMs })
}
