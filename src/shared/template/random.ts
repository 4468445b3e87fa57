/** Even numbers from 0 to below 1, the same for the same seed on every machine. */
export type Random = () => number

/** sfc32 by Chris Doty-Humphrey (PractRand, public domain), seeded by a hash of the text. */
export function randomFrom(seed: string): Random {
  let [a, b, c, d] = hash(seed)
  const next = (): number => {
    const sum = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }
  // The first numbers still show the seed; these are thrown away.
  for (let warmUp = 0; warmUp < 15; warmUp += 1) next()
  return next
}

/** FNV-1a over the text, four times from different starts. */
function hash(text: string): [number, number, number, number] {
  const from = (start: number): number => {
    let value = start
    for (let at = 0; at < text.length; at += 1) {
      value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
    }
    return value | 0
  }
  return [from(0x811c9dc5), from(0x9e3779b9), from(0x243f6a88), from(0xb7e15162)]
}
