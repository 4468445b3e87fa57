/** The code of an error that drops a download below the floor. */
export const TOO_SLOW = 'ERR_TOO_SLOW'

/** The least that must arrive in each stretch of time for a download to keep its place. */
export interface PaceFloor {
  readonly bytes: number
  readonly ms: number
}

/**
 * Says at each arrival, given all bytes so far, whether a download has become slower than the floor. A
 * server that sends a byte now and then is never silent, and would hold its place for ever.
 */
export function createPaceFloor(
  floor: PaceFloor,
  start: number,
  now: () => number,
): (bytes: number) => boolean {
  let since = now()
  let before = start
  return (bytes) => {
    if (now() - since < floor.ms) return false
    const isBelow = bytes - before < floor.bytes
    since = now()
    before = bytes
    return isBelow
  }
}
