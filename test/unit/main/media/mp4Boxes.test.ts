import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { walkBoxes, type BoxWalk } from '../../../../src/main/media/mp4Boxes.ts'

/** A box with its header: 32-bit sizes, or 64-bit ones when asked. */
function box(type: string, length: number, isLarge = false): Buffer {
  const head = Buffer.alloc(isLarge ? 16 : 8)
  head.writeUInt32BE(isLarge ? 1 : 8 + length)
  head.write(type, 4, 'latin1')
  if (isLarge) head.writeBigUInt64BE(BigInt(16 + length), 8)
  return Buffer.concat([head, Buffer.alloc(length, 7)])
}
const walk = (bytes: Uint8Array): Promise<BoxWalk> =>
  walkBoxes(async (offset, length) => bytes.subarray(offset, offset + length), bytes.length)

const film = fc
  .array(
    fc.tuple(fc.constantFrom('ftyp', 'moov', 'mdat', 'free', 'uuid'), fc.nat(300), fc.boolean()),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((boxes) => Buffer.concat(boxes.map(([type, length, isLarge]) => box(type, length, isLarge))))

describe('the boxes of an MP4', () => {
  it('end at the end of a whole file, whatever their sizes', async () => {
    await fc.assert(
      fc.asyncProperty(film, async (bytes) => {
        expect((await walk(bytes)).endsAtEnd).toBe(true)
      }),
    )
  })

  it('do not end there when anything is cut off or added', async () => {
    await fc.assert(
      fc.asyncProperty(film, fc.nat(), async (bytes, seed) => {
        const keep = 1 + (seed % bytes.length)
        const { boxes, endsAtEnd } = await walk(bytes.subarray(0, keep))
        // A cut between two boxes leaves whole boxes: then the index or the media is missing.
        const isBetween = boxes.reduce((sum, one) => sum + one.bytes, 0) === keep
        expect(endsAtEnd).toBe(isBetween)
        expect((await walk(Buffer.concat([bytes, Buffer.from('x')]))).endsAtEnd).toBe(false)
      }),
    )
  })

  it('may leave the last one open to the end of the file', async () => {
    const open = box('mdat', 90)
    open.writeUInt32BE(0)
    expect(await walk(Buffer.concat([box('moov', 20), open]))).toMatchObject({
      endsAtEnd: true,
      boxes: [{ type: 'moov' }, { type: 'mdat', bytes: 98 }],
    })
  })

  it('never keep the walk from ending, whatever the bytes say', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        const { boxes } = await walk(bytes)
        expect(boxes.length).toBeLessThanOrEqual(bytes.length / 8)
      }),
    )
  })
})
