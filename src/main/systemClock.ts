import { randomBytes } from 'node:crypto'
import type { Chance, Clock } from './jobs/ports.ts'

/** Less than this is the system steering its clock, not somebody setting it. */
const STEERING_MS = 1_000

/** One for the whole engine, so that what is compared with a provider's clock is what was written down. */
export const systemClock: Clock = steadyClock({
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, fn) => {
    // A timer of 0 ms waits for 1 ms, too late for the commit of the turn that it belongs to.
    if (ms === 0) {
      const immediate = setImmediate(fn)
      return () => clearImmediate(immediate)
    }
    const timer = setTimeout(fn, ms)
    return () => clearTimeout(timer)
  },
})

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

/** Crockford's alphabet: no letters that are read as others. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const TIME_LENGTH = 10
const RANDOM_LENGTH = 16

/** ULIDs (github.com/ulid/spec): ids sort by creation time, those of one millisecond too. */
export const systemChance: Chance = {
  random: () => Math.random(),
  newId: (kind) => `${kind}_${newUlid()}`,
}

/** Without the prefix that says of what it is. */
export const newUlid = (): string => nextUlid(Date.now())

const last = { at: 0, random: '' }

/**
 * Of one millisecond, each is the one after the last: rows that are made together then lie together in
 * every index, and a batch of thousands is worked on in that order.
 */
function nextUlid(at: number): string {
  last.random = at === last.at ? oneMore(last.random) : randomPart()
  last.at = at
  return timePart(at) + last.random
}

/** The next number of as many digits; after the very last one, any. */
function oneMore(text: string): string {
  const ending = /[^Z]Z*$/.exec(text)
  if (ending === null) return randomPart()
  const [digits] = ending
  const digit = ALPHABET[ALPHABET.indexOf(digits.charAt(0)) + 1] ?? ''
  return text.slice(0, ending.index) + digit + '0'.repeat(digits.length - 1)
}

function timePart(now: number): string {
  let rest = now
  let text = ''
  for (let place = 0; place < TIME_LENGTH; place += 1) {
    text = `${ALPHABET[rest % 32] ?? ''}${text}`
    rest = Math.floor(rest / 32)
  }
  return text
}

/** Asked of the system in one go for many ids: a batch has thousands. */
const POOL_BYTES = 4096
let pool: Uint8Array = new Uint8Array(0)
let taken = 0

function randomPart(): string {
  if (taken + RANDOM_LENGTH > pool.length) {
    pool = randomBytes(POOL_BYTES)
    taken = 0
  }
  const bytes = pool.subarray(taken, taken + RANDOM_LENGTH)
  taken += RANDOM_LENGTH
  let text = ''
  for (const byte of bytes) text += ALPHABET[byte % 32] ?? ''
  return text
}
