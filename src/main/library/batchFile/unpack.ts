// The build for Node declares a `require` of its own, which the bundle has already.
import { Unzip, UnzipInflate, unzipSync, zipSync } from 'fflate/browser'

/** Read at a time: the most that so much can inflate to (1,032 times) still fits into memory. */
const STEP = 64 * 1024

/**
 * The same archive with nothing packed in it. What it says of its sizes is never believed, since a
 * made-up one could say that gigabytes are nothing. `tooLarge`: it unpacks to more than `most` bytes;
 * `notArchive`: it is none, or broken.
 */
export function unpack(bytes: Uint8Array, most: number): Uint8Array | 'tooLarge' | 'notArchive' {
  try {
    const files = inflated(bytes, most)
    if (files === null) return 'tooLarge'
    const listed = namesIn(bytes).map((name) => [name, files.get(name)] as const)
    const whole = listed.map(([name, parts = []]) => [name, Buffer.concat(parts)] as const)
    return zipSync(Object.fromEntries(whole), { level: 0 })
  } catch {
    // The library throws errors of its own for whatever it cannot follow.
    return 'notArchive'
  }
}

/** Null: more than `most`. */
function inflated(bytes: Uint8Array, most: number): ReadonlyMap<string, Uint8Array[]> | null {
  const files = new Map<string, Uint8Array[]>()
  let total = 0
  const archive = new Unzip((file) => {
    const parts: Uint8Array[] = []
    files.set(file.name, parts)
    file.ondata = (error, part) => {
      if (error !== null) throw error
      total += part.length
      if (total <= most) parts.push(part)
    }
    file.start()
  })
  archive.register(UnzipInflate)
  for (let at = 0; at < bytes.length && total <= most; at += STEP) {
    archive.push(bytes.subarray(at, at + STEP), at + STEP >= bytes.length)
  }
  return total > most ? null : files
}

/** From the directory at its end, which a cut archive lacks. @throws when there is none */
function namesIn(bytes: Uint8Array): readonly string[] {
  const names: string[] = []
  unzipSync(bytes, { filter: ({ name }) => names.push(name) < 0 })
  return names
}
