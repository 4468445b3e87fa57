import { serverTimeMs } from './answers.ts'
import type { HttpAnswer } from './port.ts'

/** What each server's clock showed when it last answered. */
export interface ServerClocks {
  note(url: string, answer: HttpAnswer): void
  /** By how much `now` is ahead of the server's clock, in ms; 0 when it is behind, null when unknown. */
  aheadMs(url: string, now: number): number | null
}

/** @param monotonic ms; a wall clock that is changed between two answers must not matter */
export function createServerClocks(monotonic: () => number): ServerClocks {
  const starts = new Map<string, number>()
  return {
    note: (url, { headers }) => {
      const shown = serverTimeMs(headers)
      if (shown !== undefined) starts.set(new URL(url).origin, shown - monotonic())
    },
    aheadMs: (url, now) => {
      const start = starts.get(new URL(url).origin)
      return start === undefined ? null : Math.max(0, Math.round(now - monotonic() - start))
    },
  }
}
