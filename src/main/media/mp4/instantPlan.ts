import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { secondsAt, type ShownFrames } from './frames.ts'
import type { Movie, NotPlain, Track } from './movie.ts'
import type { Sample } from './sampleTable.ts'

/** Pictures as they are shown, from 0, half-open. */
export interface FrameRange {
  readonly inFrame: number
  readonly outFrame: number
}

/** What of a track goes into the clip. */
export interface TrackCut {
  readonly track: Track
  /** In decode order, as they stand in the source. */
  readonly samples: readonly Sample[]
  /** Tick of the track's clock that is shown first. */
  readonly showFrom: number
  /** Seconds of the clip before it is. */
  readonly delaySeconds: number
  readonly seconds: number
}

/** A clip made of the source's own packets. */
export interface InstantPlan {
  readonly video: TrackCut
  readonly audio: readonly TrackCut[]
  /** Pictures that lie in the file before the first one shown, for others are built on them. */
  readonly hiddenBefore: number
  readonly hiddenAfter: number
}

/** Sound that is decoded unheard before the first that is heard: AAC builds each packet on the last. */
const PREROLL_PACKETS = 2

/** Chooses packets and edit lists for a range of pictures. Pure. */
export function instantPlan(
  { video, audio }: Movie,
  frames: ShownFrames,
  { inFrame, outFrame }: FrameRange,
): Result<InstantPlan, NotPlain> {
  const from = frames.showAt[inFrame]
  if (from === undefined) return err({ why: 'it has no such picture' })
  const to = frames.showAt[outFrame] ?? frames.endAt
  // Not spread into min and max: a film of an hour has more pictures than a call may have arguments.
  let [earliest, latest] = [Infinity, 0]
  for (const at of frames.samples.slice(inFrame, outFrame)) {
    earliest = Math.min(earliest, at)
    latest = Math.max(latest, at)
  }
  const samples = video.samples.slice(keyBefore(video.samples, from, earliest), latest + 1)
  // A clip's clock starts at its first packet; what is shown cannot begin before that.
  if (from < (samples[0]?.decodeAt ?? 0)) return err({ why: 'its pictures run before their clock' })
  const start = secondsAt(video, from)
  const seconds = (to - from) / video.timescale
  return ok({
    video: { track: video, samples, showFrom: from, delaySeconds: 0, seconds },
    audio: audio.flatMap((track) => audioCut(track, start, seconds) ?? []),
    hiddenBefore: samples.filter(({ showAt }) => showAt < from).length,
    hiddenAfter: samples.filter(({ showAt }) => showAt >= to).length,
  })
}

/** The last key picture shown no later than the first one wanted, with all that is wanted behind it. */
function keyBefore(samples: readonly Sample[], from: number, earliest: number): number {
  for (let at = earliest; at > 0; at -= 1) {
    const sample = samples[at]
    if (sample?.isKey === true && sample.showAt <= from) return at
  }
  return 0
}

/** Null where the track is silent for the whole of the clip. */
function audioCut(track: Track, start: number, seconds: number): TrackCut | null {
  const tick = (at: number): number =>
    Math.round((at - track.delaySeconds) * track.timescale) + track.startAt
  const from = Math.max(tick(start), track.startAt)
  const to = Math.min(tick(start + seconds), track.endAt)
  if (to <= from) return null
  const heard = track.samples.findIndex(({ showAt, duration }) => showAt + duration > from)
  const end = track.samples.findIndex(({ showAt }) => showAt >= to)
  const samples = track.samples.slice(
    Math.max(0, heard - PREROLL_PACKETS),
    end === -1 ? undefined : end,
  )
  if (heard === -1 || samples.length === 0) return null
  return {
    track,
    samples,
    showFrom: from,
    delaySeconds: Math.max(0, secondsAt(track, from) - start),
    seconds: (to - from) / track.timescale,
  }
}
