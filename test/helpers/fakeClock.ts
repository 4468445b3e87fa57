import type { Clock } from '../../src/main/jobs/ports.ts'

interface Timer {
  readonly at: number
  readonly order: number
  readonly fn: () => void
}

/** Time that moves only when told to. */
export interface FakeClock extends Clock {
  /** Moves on to the next timer and runs it; false when none is set. */
  jump(limit?: number): boolean
  /** Changes the wall clock alone, as a person or NTP would. */
  setWall(ms: number): void
}

export function fakeClock(startAt = Date.UTC(2026, 10, 22, 22, 0, 0)): FakeClock {
  let monotonic = 0
  let wallOffset = startAt
  let order = 0
  let timers: readonly Timer[] = []
  const clock: FakeClock = {
    now: () => wallOffset + monotonic,
    monotonic: () => monotonic,
    after: (ms, fn) => {
      order += 1
      const timer = { at: monotonic + Math.max(0, ms), order, fn }
      timers = [...timers, timer]
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    jump: (limit = Number.POSITIVE_INFINITY) => {
      const next = timers.toSorted((a, b) => a.at - b.at || a.order - b.order)[0]
      if (next === undefined || next.at > limit) return false
      timers = timers.filter((other) => other !== next)
      monotonic = Math.max(monotonic, next.at)
      next.fn()
      return true
    },
    setWall: (ms) => {
      wallOffset = ms - monotonic
    },
  }
  return clock
}
