import { bodyAt, viewOf, words, twoWords, type IndexBox } from './boxTree.ts'

/** One packet of a track. Times are in ticks of the track's own clock. */
export interface Sample {
  /** Where its bytes lie in the file. */
  readonly offset: number
  readonly bytes: number
  /** When it is decoded; the first of the track at 0. */
  readonly decodeAt: number
  readonly duration: number
  /** When it is shown, on the track's clock, before any edit list. */
  readonly showAt: number
  /** Can be decoded without any other. */
  readonly isKey: boolean
  /** Which of the track's sample descriptions it follows, from 1. */
  readonly description: number
}

/**
 * A minute of uncompressed sound, which has a packet for each of its 48,000 moments a second, or half a
 * day of pictures. More would fill the memory and keep everything else waiting.
 */
const MOST_SAMPLES = 3_000_000

/**
 * The samples of a track in decode order. Source: ISO/IEC 14496-12, 8.6 and 8.7.
 * @throws RangeError when the tables do not fit together, or not into a file of so many bytes
 */
export function readSamples(stbl: readonly IndexBox[], fileBytes: number): readonly Sample[] {
  const sizes = readSizes(stbl, fileBytes)
  const count = sizes.length
  const places = readPlaces(stbl, sizes)
  const durations = readRuns(table(stbl, 'stts'), count)
  const shifts = readShifts(stbl, count)
  const keys = bodyAt(stbl, 'stss')
  const keySet = keys === undefined ? null : new Set(entries(keys, 1).map(([number]) => number))
  const samples: Sample[] = []
  let decodeAt = 0
  for (let at = 0; at < count; at += 1) {
    const duration = durations[at] ?? 0
    const place = places[at]
    if (place === undefined) throw new RangeError('a sample lies in no chunk')
    samples.push({
      ...place,
      bytes: sizes[at] ?? 0,
      decodeAt,
      duration,
      showAt: decodeAt + (shifts === null ? 0 : (shifts[at] ?? 0)),
      isKey: keySet === null || keySet.has(at + 1),
    })
    decodeAt += duration
  }
  return samples
}

function table(stbl: readonly IndexBox[], type: string): Uint8Array {
  const body = bodyAt(stbl, type)
  if (body === undefined) throw new RangeError(`there is no ${type} box`)
  return body
}

/** Rows of `width` words behind version, flags and the count of rows. */
function entries(body: Uint8Array, width: number): readonly number[][] {
  const view = viewOf(body)
  const count = view.getUint32(4)
  if (count > MOST_SAMPLES) throw new RangeError('a table claims too many rows')
  return Array.from({ length: count }, (_, row) =>
    Array.from({ length: width }, (_cell, at) => view.getUint32(8 + (row * width + at) * 4)),
  )
}

/** Rows of count and value, spread over the samples. */
function readRuns(body: Uint8Array, samples: number): readonly number[] {
  const values: number[] = []
  for (const [count = 0, value = 0] of entries(body, 2)) {
    for (let left = count; left > 0 && values.length < samples; left -= 1) values.push(value)
  }
  if (values.length < samples) throw new RangeError('a table ends before the last sample')
  return values
}

/** From decoding to showing. Version 0 means them unsigned; writers put signed ones there, too. */
function readShifts(stbl: readonly IndexBox[], samples: number): readonly number[] | null {
  const body = bodyAt(stbl, 'ctts')
  return body === undefined ? null : readRuns(body, samples).map((value) => value | 0)
}

function readSizes(stbl: readonly IndexBox[], fileBytes: number): readonly number[] {
  const view = viewOf(table(stbl, 'stsz'))
  const same = view.getUint32(4)
  const count = view.getUint32(8)
  // Of one size for all, a few bytes can claim any number.
  if (count > MOST_SAMPLES || count * same > fileBytes)
    throw new RangeError('a table claims too many samples')
  return Array.from({ length: count }, (_, at) => (same === 0 ? view.getUint32(12 + at * 4) : same))
}

type Place = Pick<Sample, 'offset' | 'description'>

function readPlaces(stbl: readonly IndexBox[], sizes: readonly number[]): readonly Place[] {
  const chunks = readChunks(stbl)
  const runs = entries(table(stbl, 'stsc'), 3)
  const places: Place[] = []
  for (const [index, [first = 1, perChunk = 0, description = 1]] of runs.entries()) {
    const end = runs[index + 1]?.[0] ?? chunks.length + 1
    for (let chunk = first; chunk < end && places.length < sizes.length; chunk += 1) {
      let offset = chunks[chunk - 1]
      if (offset === undefined) throw new RangeError('a sample lies in a chunk that is not there')
      for (let left = perChunk; left > 0 && places.length < sizes.length; left -= 1) {
        const bytes = sizes[places.length] ?? 0
        places.push({ offset, description })
        offset += bytes
      }
    }
  }
  return places
}

function readChunks(stbl: readonly IndexBox[]): readonly number[] {
  const short = bodyAt(stbl, 'stco')
  if (short !== undefined) return entries(short, 1).map(([offset = 0]) => offset)
  return entries(table(stbl, 'co64'), 2).map(([high = 0, low = 0]) => high * 0x1_0000_0000 + low)
}

/** A sample with its place in the new file. */
export interface PlacedSample extends Sample {
  readonly newOffset: number
}

/** The tables for these samples; the descriptions of the track stay as they are. */
export function writeSamples(samples: readonly PlacedSample[]): readonly IndexBox[] {
  const shifts = samples.map(({ showAt, decodeAt }) => showAt - decodeAt)
  const keys = samples.flatMap(({ isKey }, at) => (isKey ? [at + 1] : []))
  const chunks = chunksOf(samples)
  const box = (type: string, version: number, values: readonly number[]): IndexBox => ({
    type,
    body: words([version << 24, ...values]),
  })
  const durations = runsOf(samples.map(({ duration }) => duration))
  return [
    box('stts', 0, [durations.length / 2, ...durations]),
    ...(shifts.some((shift) => shift !== 0) ? [shiftBox(shifts, box)] : []),
    ...(keys.length === samples.length ? [] : [box('stss', 0, [keys.length, ...keys])]),
    box('stsz', 0, [0, samples.length, ...samples.map(({ bytes }) => bytes)]),
    box('stsc', 0, [chunks.length, ...chunks.flatMap(chunkRow)]),
    chunks.some(({ offset }) => offset > 0xff_ff_ff_ff)
      ? box('co64', 0, [chunks.length, ...chunks.flatMap(({ offset }) => twoWords(offset))])
      : box('stco', 0, [chunks.length, ...chunks.map(({ offset }) => offset)]),
  ]
}

function shiftBox(
  shifts: readonly number[],
  box: (type: string, version: number, values: readonly number[]) => IndexBox,
): IndexBox {
  const runs = runsOf(shifts)
  return box('ctts', shifts.some((shift) => shift < 0) ? 1 : 0, [runs.length / 2, ...runs])
}

/** Count and value of every run, one after the other. */
function runsOf(values: readonly number[]): readonly number[] {
  const runs: number[] = []
  for (const value of values) {
    if (runs.at(-1) === value) runs[runs.length - 2] = (runs.at(-2) ?? 0) + 1
    else runs.push(1, value)
  }
  return runs
}

interface Chunk {
  readonly offset: number
  readonly description: number
  samples: number
}
const chunkRow = ({ samples, description }: Chunk, at: number): readonly number[] => [
  at + 1,
  samples,
  description,
]

/** What lies side by side is one chunk. */
function chunksOf(samples: readonly PlacedSample[]): readonly Chunk[] {
  const chunks: Chunk[] = []
  let end = -1
  for (const { newOffset, bytes, description } of samples) {
    const last = chunks.at(-1)
    if (last !== undefined && newOffset === end && last.description === description) {
      last.samples += 1
    } else chunks.push({ offset: newOffset, description, samples: 1 })
    end = newOffset + bytes
  }
  return chunks
}
