import { randomBytes } from 'node:crypto'
import type { Chance, Clock } from './jobs/ports.ts'
import { steadyClock } from './jobs/steadyClock.ts'

/** One for the whole engine, so that what is compared with a provider's clock is what was written down. */
export const systemClock: Clock = steadyClock({
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, fn) => {
    const timer = setTimeout(fn, ms)
    return () => clearTimeout(timer)
  },
})

/** Crockford's alphabet: no letters that are read as others. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const TIME_LENGTH = 10
const RANDOM_LENGTH = 16

/** ULIDs (github.com/ulid/spec): ids of one kind sort by creation time. */
export const systemChance: Chance = {
  random: () => Math.random(),
  newId: (kind) => `${kind}_${timePart(Date.now())}${randomPart()}`,
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

const randomPart = (): string =>
  [...randomBytes(RANDOM_LENGTH)].map((byte) => ALPHABET[byte % 32] ?? '').join('')
