import { open, type FileHandle } from 'node:fs/promises'

/** One box at the top level of an MP4 file. */
export interface Box {
  readonly type: string
  readonly offset: number
  readonly bytes: number
}
export interface BoxWalk {
  readonly boxes: readonly Box[]
  /** True when the last box ends exactly at the end of the file. */
  readonly endsAtEnd: boolean
}

/** Reads `length` bytes at `offset`; fewer only at the end of the file. */
export type ReadAt = (offset: number, length: number) => Promise<Uint8Array>

const HEADER = 16
/** A film has a handful of boxes, a fragmented one some per second. More is not a film of ours. */
const MAX_BOXES = 100_000

/**
 * Walks the top-level boxes. Size 1 means a 64-bit size follows, size 0 that the box goes on to the
 * end of the file. Source: ISO/IEC 14496-12, 4.2.
 */
export async function walkBoxes(readAt: ReadAt, fileBytes: number): Promise<BoxWalk> {
  const boxes: Box[] = []
  let offset = 0
  while (offset < fileBytes && boxes.length < MAX_BOXES) {
    const box = readHeader(await readAt(offset, HEADER), offset, fileBytes)
    if (box === null) return { boxes, endsAtEnd: false }
    boxes.push(box)
    offset += box.bytes
  }
  return { boxes, endsAtEnd: offset === fileBytes }
}

function readHeader(bytes: Uint8Array, offset: number, fileBytes: number): Box | null {
  if (bytes.length < 8) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const type = String.fromCharCode(...bytes.subarray(4, 8))
  const size = view.getUint32(0)
  if (size === 0) return { type, offset, bytes: fileBytes - offset }
  if (size !== 1) return size < 8 ? null : { type, offset, bytes: size }
  if (bytes.length < HEADER) return null
  const large = Number(view.getBigUint64(8))
  return large < HEADER ? null : { type, offset, bytes: large }
}

/**
 * True when the file is an MP4 (or QuickTime) film that is there to its last byte: it has its index
 * and its media, and its boxes end exactly at the end of the file. A faststart film that was cut in
 * half passes every ordinary probe at full duration; this finds it out. @throws when it cannot be read.
 */
export async function isWholeMp4(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const { boxes, endsAtEnd } = await walkBoxes(readerOf(file), size)
    const types = new Set(boxes.map((box) => box.type))
    return endsAtEnd && types.has('moov') && (types.has('mdat') || types.has('moof'))
  } finally {
    await file.close()
  }
}

/** Reads of an open file. */
export const readerOf =
  (file: FileHandle): ReadAt =>
  async (offset, length) => {
    const buffer = new Uint8Array(length)
    const { bytesRead } = await file.read(buffer, 0, length, offset)
    return buffer.subarray(0, bytesRead)
  }
