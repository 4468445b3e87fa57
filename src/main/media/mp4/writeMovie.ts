import { joinBytes, twoWords, viewOf, words, writeBox, type IndexBox } from './boxTree.ts'
import type { InstantPlan, TrackCut } from './instantPlan.ts'
import type { Movie } from './movie.ts'
import { writeSamples, type PlacedSample, type Sample } from './sampleTable.ts'

/** Bytes of the source that go into the clip one after the other. */
export interface Piece {
  readonly offset: number
  readonly bytes: number
}

/** All that a clip's file begins with; behind it come the pieces, in order. */
export interface ClipFile {
  readonly head: Uint8Array
  readonly pieces: readonly Piece[]
}

const MDAT_HEADER_BYTES = 16

/**
 * The file of a clip: index first, so that it plays while it is fetched, then the packets as they lie
 * in the source. `more`: boxes for the end of the index.
 */
export function clipFile(movie: Movie, plan: InstantPlan, more: readonly IndexBox[]): ClipFile {
  const cuts = [plan.video, ...plan.audio]
  const pieces = piecesOf(cuts)
  const mediaBytes = pieces.reduce((sum, { bytes }) => sum + bytes, 0)
  const headAt = (mediaOffset: number): Uint8Array => {
    const moov = indexOf(movie, { cuts, pieces, mediaOffset, more })
    return joinBytes([movie.brand, writeBox(moov), mediaHeader(mediaBytes)])
  }
  // Where the packets lie is written in the index, whose length depends on it when that passes 4 GiB.
  let head = headAt(0)
  for (let length = -1; length !== head.length;) {
    length = head.length
    head = headAt(length)
  }
  return { head, pieces }
}

function mediaHeader(bytes: number): Uint8Array {
  const header = words([1, 0, ...twoWords(bytes + MDAT_HEADER_BYTES)])
  header.set([0x6d, 0x64, 0x61, 0x74], 4) // mdat
  return header
}

function piecesOf(cuts: readonly TrackCut[]): readonly Piece[] {
  const samples = cuts.flatMap(({ samples: own }) => own).toSorted((a, b) => a.offset - b.offset)
  const pieces: { offset: number; bytes: number }[] = []
  for (const { offset, bytes } of samples) {
    const last = pieces.at(-1)
    if (last !== undefined && last.offset + last.bytes === offset) last.bytes += bytes
    else pieces.push({ offset, bytes })
  }
  return pieces
}

interface IndexParts {
  readonly cuts: readonly TrackCut[]
  readonly pieces: readonly Piece[]
  /** Where the first packet lies in the new file. */
  readonly mediaOffset: number
  readonly more: readonly IndexBox[]
}

function indexOf(movie: Movie, { cuts, pieces, mediaOffset, more }: IndexParts): IndexBox {
  // The film's clock is the video's: in a coarser one the end would fall between two pictures.
  const timescale = cuts[0]?.track.timescale ?? 1
  const place = placer(pieces, mediaOffset)
  const length = Math.max(...cuts.map((cut) => ticksOf(cut, timescale)))
  return {
    type: 'moov',
    children: [
      { type: 'mvhd', body: movieHeader(movie.header, timescale, length) },
      ...cuts.map((cut) => trackBox(cut, { timescale, place })),
      ...more,
    ],
  }
}

const ticksOf = ({ delaySeconds, seconds }: TrackCut, timescale: number): number =>
  Math.round((delaySeconds + seconds) * timescale)

/** Where a packet of the source lies in the new file. */
function placer(pieces: readonly Piece[], mediaOffset: number): (offset: number) => number {
  const starts: number[] = []
  let next = mediaOffset
  for (const { bytes } of pieces) {
    starts.push(next)
    next += bytes
  }
  return (offset) => {
    let [low, high] = [0, pieces.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((pieces[middle]?.offset ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return (starts[low] ?? 0) + offset - (pieces[low]?.offset ?? 0)
  }
}

interface Placing {
  readonly timescale: number
  readonly place: (offset: number) => number
}

/** What speaks of samples that are left out, or of other tracks, goes. */
const SAMPLE_BOXES = new Set(['stsd'])
const DROPPED = new Set(['tref', 'udta', 'meta', 'edts'])

function trackBox(cut: TrackCut, { timescale, place }: Placing): IndexBox {
  const { track, samples } = cut
  const first = samples[0]?.decodeAt ?? 0
  const rebased = samples.map((sample: Sample): PlacedSample => ({
    ...sample,
    decodeAt: sample.decodeAt - first,
    showAt: sample.showAt - first,
    newOffset: place(sample.offset),
  }))
  const last = rebased.at(-1)
  const mediaLength = (last?.decodeAt ?? 0) + (last?.duration ?? 0)
  const edits: IndexBox = {
    type: 'edts',
    children: [{ type: 'elst', body: editList(cut, cut.showFrom - first, timescale) }],
  }
  const change = (box: IndexBox): readonly IndexBox[] => {
    if (DROPPED.has(box.type)) return []
    if ('body' in box) {
      if (box.type === 'tkhd') {
        return [{ ...box, body: trackHeader(box.body, ticksOf(cut, timescale)) }, edits]
      }
      if (box.type === 'mdhd') return [{ ...box, body: mediaHead(box.body, mediaLength) }]
      return [box]
    }
    if (box.type !== 'stbl') return [{ ...box, children: box.children.flatMap(change) }]
    const kept = box.children.filter(({ type }) => SAMPLE_BOXES.has(type))
    return [{ ...box, children: [...kept, ...writeSamples(rebased)] }]
  }
  return change(track.box)[0] ?? track.box
}

function editList(
  { delaySeconds, seconds }: TrackCut,
  startAt: number,
  timescale: number,
): Uint8Array {
  const ONCE = 0x1_00_00
  const wait = Math.round(delaySeconds * timescale)
  const length = Math.round(seconds * timescale)
  const isWide = length > 0xff_ff_ff_ff || startAt > 0x7f_ff_ff_ff
  const row = (duration: number, at: readonly [number, number]): readonly number[] =>
    isWide ? [...twoWords(duration), ...at, ONCE] : [duration, at[1], ONCE]
  const NOTHING = [0xff_ff_ff_ff, 0xff_ff_ff_ff] as const
  const rows = [...(wait > 0 ? [row(wait, NOTHING)] : []), row(length, twoWords(startAt))]
  return words([isWide ? 1 << 24 : 0, rows.length, ...rows.flat()])
}

const movieHeader = (body: Uint8Array, timescale: number, length: number): Uint8Array =>
  withTimes(body, { at: body[0] === 1 ? 20 : 12, timescale, length })

const mediaHead = (body: Uint8Array, length: number): Uint8Array =>
  withTimes(body, { at: body[0] === 1 ? 20 : 12, timescale: null, length })

/** The length stands one word behind the track's number. */
const trackHeader = (body: Uint8Array, length: number): Uint8Array =>
  withTimes(body, { at: body[0] === 1 ? 24 : 16, timescale: null, length })

interface Times {
  /** Where the word before the length stands. */
  readonly at: number
  readonly timescale: number | null
  readonly length: number
}

/** A copy of a header box with another clock and length. Source: ISO/IEC 14496-12, 8.2.2. */
function withTimes(body: Uint8Array, { at, timescale, length }: Times): Uint8Array {
  const copy = Uint8Array.from(body)
  const view = viewOf(copy)
  if (timescale !== null) view.setUint32(at, timescale)
  if (body[0] === 1) view.setBigUint64(at + 4, BigInt(Math.round(length)))
  else view.setUint32(at + 4, Math.min(0xff_ff_ff_ff, Math.round(length)))
  return copy
}
