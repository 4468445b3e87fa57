import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const CLIP = readFileSync(new URL('../fixtures/servers/clip.mp4', import.meta.url))

/** A real MP4 that is no other's: a `free` box behind it names the render and fills up to `minBytes`. */
export function clipOf(name: string, minBytes: number): Uint8Array {
  const text = Buffer.from(name)
  const size = Math.max(8 + text.byteLength, minBytes - CLIP.byteLength)
  const box = Buffer.alloc(size)
  box.writeUInt32BE(size, 0)
  box.write('free', 4, 'latin1')
  text.copy(box, 8)
  return Buffer.concat([CLIP, box])
}

export const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex')
