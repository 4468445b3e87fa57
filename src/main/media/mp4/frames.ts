import type { Movie, Track } from './movie.ts'
import type { Sample } from './sampleTable.ts'

/** Pictures in the order in which they are shown. */
export interface ShownFrames {
  /** The sample of each picture, by its place in decode order. */
  readonly samples: readonly number[]
  /** When each is shown, in ticks of the video's clock. */
  readonly showAt: readonly number[]
  /** When the last one ends. */
  readonly endAt: number
}

/** The pictures that a player shows of a film. */
export function shownFrames({ video }: Movie): ShownFrames {
  const order = video.samples
    .map((sample, at) => ({ at, ...spanOf(sample) }))
    .filter(({ from }) => from >= video.startAt && from < video.endAt)
    .toSorted((a, b) => a.from - b.from)
  return {
    samples: order.map(({ at }) => at),
    showAt: order.map(({ from }) => from),
    endAt: video.endAt,
  }
}

const spanOf = ({ showAt, duration }: Sample) => ({ from: showAt, to: showAt + duration })

/** Seconds from the start of the film at which a tick of a track is shown. */
export const secondsAt = (track: Track, tick: number): number =>
  track.delaySeconds + (tick - track.startAt) / track.timescale
