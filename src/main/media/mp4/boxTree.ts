/** A box of a film's index: either it holds boxes, or bytes (its size and type left out). */
export type IndexBox =
  | { readonly type: string; readonly children: readonly IndexBox[] }
  | { readonly type: string; readonly body: Uint8Array }

/** Those that are opened; all others are kept as they came. */
const CONTAINERS = new Set(['moov', 'trak', 'edts', 'mdia', 'minf', 'stbl'])
const HEADER_BYTES = 8

/**
 * Reads the boxes in `bytes`. Source: ISO/IEC 14496-12, 4.2.
 * @throws RangeError when a box does not fit into what holds it
 */
export function readBoxes(bytes: Uint8Array): readonly IndexBox[] {
  const view = viewOf(bytes)
  const boxes: IndexBox[] = []
  let at = 0
  while (at + HEADER_BYTES <= bytes.length) {
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + HEADER_BYTES))
    const { size, header } = sizeAt(view, at)
    if (size < header || at + size > bytes.length)
      throw new RangeError(`the ${type} box is cut off`)
    const body = bytes.subarray(at + header, at + size)
    boxes.push(CONTAINERS.has(type) ? { type, children: readBoxes(body) } : { type, body })
    at += size
  }
  return boxes
}

function sizeAt(view: DataView, at: number): { size: number; header: number } {
  const size = view.getUint32(at)
  if (size === 0) return { size: view.byteLength - at, header: HEADER_BYTES }
  if (size !== 1) return { size, header: HEADER_BYTES }
  return { size: Number(view.getBigUint64(at + HEADER_BYTES)), header: HEADER_BYTES * 2 }
}

/** The bytes of a box with its size and type. */
export function writeBox(box: IndexBox): Uint8Array {
  const body = 'body' in box ? box.body : joinBytes(box.children.map(writeBox))
  const bytes = new Uint8Array(HEADER_BYTES + body.length)
  viewOf(bytes).setUint32(0, bytes.length)
  for (let at = 0; at < 4; at += 1) bytes[4 + at] = box.type.charCodeAt(at)
  bytes.set(body, HEADER_BYTES)
  return bytes
}

/** The box at the end of a path of types; the first of several. */
export function boxAt(
  boxes: readonly IndexBox[],
  ...[type, ...rest]: readonly string[]
): IndexBox | undefined {
  const found = boxes.find((box) => box.type === type)
  if (found === undefined || rest.length === 0) return found
  return boxAt(childrenOf(found), ...rest)
}

export const childrenOf = (box: IndexBox | undefined): readonly IndexBox[] =>
  box !== undefined && 'children' in box ? box.children : []

/** The bytes of the box at a path; undefined where there is none. */
export function bodyAt(
  boxes: readonly IndexBox[],
  ...path: readonly string[]
): Uint8Array | undefined {
  const box = boxAt(boxes, ...path)
  return box !== undefined && 'body' in box ? box.body : undefined
}

export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** 32-bit numbers one after the other, as most tables of an index hold them. */
export function words(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 4)
  const view = viewOf(bytes)
  for (const [at, value] of values.entries()) view.setUint32(at * 4, value >>> 0)
  return bytes
}

/** A 64-bit number as the two words of a table. */
export const twoWords = (value: number): readonly [number, number] => [
  Math.floor(value / 0x1_0000_0000),
  value % 0x1_0000_0000,
]
