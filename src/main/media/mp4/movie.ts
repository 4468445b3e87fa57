import type { FileHandle } from 'node:fs/promises'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { readerOf, walkBoxes } from '../mp4Boxes.ts'
import { bodyAt, boxAt, childrenOf, readBoxes, viewOf, type IndexBox } from './boxTree.ts'
import { readSamples, type Sample } from './sampleTable.ts'

/** One track of a film. */
export interface Track {
  readonly kind: 'video' | 'audio'
  /** Ticks of its clock in a second. */
  readonly timescale: number
  readonly samples: readonly Sample[]
  /** Seconds from the start of the film to its first picture or sound. */
  readonly delaySeconds: number
  /** Tick of its clock that is shown first. */
  readonly startAt: number
  /** Tick behind the last that is shown. */
  readonly endAt: number
  readonly box: IndexBox
}

/** What a film says of itself, of a file that is one plain MP4 or QuickTime film. */
export interface Movie {
  readonly brand: Uint8Array
  readonly header: Uint8Array
  readonly video: Track
  readonly audio: readonly Track[]
}

/** Why a film cannot be cut without encoding it anew, as the end of "..., because". */
export interface NotPlain {
  readonly why: string
}

/** Hours of video have less; what claims more is not read into memory. */
const MOST_INDEX_BYTES = 256 * 1024 * 1024

/** Reads the index of a film. Errors say why it is not one that can be cut by its index alone. */
export async function readMovie(file: FileHandle): Promise<Result<Movie, NotPlain>> {
  try {
    return movieOf(await readIndex(file))
  } catch (error) {
    if (error instanceof RangeError) return err({ why: `its index is damaged (${error.message})` })
    throw error
  }
}

interface Index {
  readonly types: ReadonlySet<string>
  readonly brand: Uint8Array
  readonly moov: Uint8Array
  /** Of the whole file. */
  readonly bytes: number
}

async function readIndex(file: FileHandle): Promise<Index> {
  const { size } = await file.stat()
  const readAt = readerOf(file)
  const { boxes } = await walkBoxes(readAt, size)
  const bytesOf = async (type: string): Promise<Uint8Array> => {
    const box = boxes.find((each) => each.type === type)
    if (box === undefined || box.bytes > MOST_INDEX_BYTES) return new Uint8Array()
    return readAt(box.offset, box.bytes)
  }
  const types = new Set(boxes.map(({ type }) => type))
  return { types, brand: await bytesOf('ftyp'), moov: await bytesOf('moov'), bytes: size }
}

function movieOf({ types, brand, moov, bytes }: Index): Result<Movie, NotPlain> {
  if (types.has('moof')) return err({ why: 'it is made of fragments' })
  const boxes = childrenOf(readBoxes(moov)[0])
  const header = bodyAt(boxes, 'mvhd')
  if (header === undefined) return err({ why: 'it is no MP4 or QuickTime film' })
  const movieScale = timescaleOf(header)
  const tracks = boxes
    .filter(({ type }) => type === 'trak')
    .map((box) => readTrack(box, { movieScale, bytes }))
    .filter((track) => track !== null)
  const odd = tracks.find((track) => typeof track === 'string')
  if (odd !== undefined) return err({ why: odd })
  const plain = tracks.filter((track) => typeof track !== 'string')
  const [video, ...more] = plain.filter(({ kind }) => kind === 'video')
  if (video === undefined) return err({ why: 'it has no video' })
  if (more.length > 0) return err({ why: 'it has several pictures' })
  return ok({ brand, header, video, audio: plain.filter(({ kind }) => kind === 'audio') })
}

/** Null: neither pictures nor sound. A text: why it cannot be cut. */
function readTrack(
  box: IndexBox,
  { movieScale, bytes }: { readonly movieScale: number; readonly bytes: number },
): Track | string | null {
  const boxes = childrenOf(box)
  const handler = bodyAt(boxes, 'mdia', 'hdlr')
  const mediaHeader = bodyAt(boxes, 'mdia', 'mdhd')
  if (handler === undefined || mediaHeader === undefined || !bodyAt(boxes, 'tkhd')) return null
  const type = String.fromCharCode(...handler.subarray(8, 12))
  if (type !== 'vide' && type !== 'soun') return null
  const stbl = childrenOf(boxAt(boxes, 'mdia', 'minf', 'stbl'))
  const description = bodyAt(stbl, 'stsd') ?? new Uint8Array()
  const format = String.fromCharCode(...description.subarray(12, 16))
  if (format === 'encv' || format === 'enca') return 'it is encrypted'
  const timescale = timescaleOf(mediaHeader)
  const samples = readSamples(stbl, bytes)
  if (samples.length === 0) return null
  const edit = readEdit(bodyAt(boxes, 'edts', 'elst'))
  if (edit === null) return 'it was edited in several pieces already'
  const lastShown = Math.max(...lastOf(samples).map(({ showAt, duration }) => showAt + duration))
  const length = edit.length === 0 ? Infinity : (edit.length * timescale) / movieScale
  const startAt = edit.startAt ?? 0
  return {
    kind: type === 'vide' ? 'video' : 'audio',
    timescale,
    samples,
    delaySeconds: edit.delay / movieScale,
    startAt,
    endAt: Math.min(lastShown, startAt + length),
    box,
  }
}

/** The last shown is among the last decoded: reordering spans a handful of pictures. */
const lastOf = (samples: readonly Sample[]): readonly Sample[] => samples.slice(-64)

/** Ticks in a second, of `mvhd` and `mdhd` alike. */
function timescaleOf(header: Uint8Array): number {
  const timescale = viewOf(header).getUint32(header[0] === 1 ? 20 : 12)
  if (timescale === 0) throw new RangeError('a clock has no ticks')
  return timescale
}

interface Edit {
  /** Of the film's clock: nothing is shown for so long. */
  readonly delay: number
  /** Of the film's clock; 0 is all that is left. */
  readonly length: number
  /** Of the track's clock; null: from its first sample. */
  readonly startAt: number | null
}

/** One piece, with a wait before it or without. Null: several, or at another speed. */
function readEdit(body: Uint8Array | undefined): Edit | null {
  if (body === undefined) return { delay: 0, length: 0, startAt: null }
  const view = viewOf(body)
  const isWide = body[0] === 1
  const width = isWide ? 20 : 12
  const rows = Array.from({ length: Math.min(3, view.getUint32(4)) }, (_, row) => {
    const at = 8 + row * width
    return {
      length: isWide ? Number(view.getBigUint64(at)) : view.getUint32(at),
      startAt: isWide ? Number(view.getBigInt64(at + 8)) : view.getInt32(at + 4),
      rate: view.getInt32(at + width - 4),
    }
  })
  const waits = rows[0]?.startAt === -1 ? rows.slice(0, 1) : []
  const [piece, ...more] = rows.slice(waits.length)
  if (piece === undefined || more.length > 0 || piece.rate !== 0x1_00_00) return null
  return { delay: waits[0]?.length ?? 0, length: piece.length, startAt: piece.startAt }
}
