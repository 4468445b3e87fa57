import type { Clock } from './ports.ts'

/** Longest pause between what is written down of a send and the send; never scaled (money rule 2). */
const LONGEST_GAP_MS = 5_000

/** Begun before it is written down. Gives whether it has become too late to send, by either clock. */
export function sendGap(clock: Clock): () => boolean {
  const at = clock.now()
  const started = clock.monotonic()
  return () => Math.max(clock.now() - at, clock.monotonic() - started) > LONGEST_GAP_MS
}
