/** FNV-1a over UTF-16 units, then murmur3's finaliser, so that near inputs land far apart. */
function hash32(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** Odd, so that the first 2^31 takes of a row all differ. */
const TAKE_STEP = 0x9e3779b1

/**
 * The seed of a job that was given none, on a route that takes one (money rule 6): `plan` and `run`
 * agree on it and takes of one row never share it. 0 to 2^31 - 1, which every provider accepts.
 */
export function derivedSeed(batchDigest: string, row: number, take: number): number {
  return (hash32(`${batchDigest}:${row}`) + Math.imul(take, TAKE_STEP)) & 0x7fffffff
}
