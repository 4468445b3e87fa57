import type { Clock } from './ports.ts'

/** Less than this is the system steering its clock, not somebody setting it. */
const STEERING_MS = 1_000

/**
 * A clock that never goes back (money rule 19): when the wall clock is set back, time goes on from
 * where it was, so that no wait grows by the difference. Jumps ahead, as after a sleep, are followed.
 */
export function steadyClock(clock: Clock): Clock {
  let shown = clock.now()
  let seenAt = clock.monotonic()
  const now = (): number => {
    const monotonic = clock.monotonic()
    const expected = shown + (monotonic - seenAt)
    const wall = clock.now()
    const next = wall >= expected - STEERING_MS ? Math.max(wall, shown) : expected
    shown = next
    seenAt = monotonic
    return Math.floor(next)
  }
  return {
    now,
    monotonic: () => clock.monotonic(),
    after: (ms, fn) => clock.after(ms, fn),
  }
}
