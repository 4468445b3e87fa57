/** When the frames of a video are shown: what every step, mark and seek is counted by. */
export interface Frames {
  readonly count: number
  /** Seconds at which a frame is first shown; for `count`, when the last one ends. */
  readonly startOf: (frame: number) => number
  /** A time well inside a frame, so that no rounding shows its neighbour. */
  readonly middleOf: (frame: number) => number
  /** The frame on screen at a time; never outside the video. */
  readonly at: (seconds: number) => number
  /** Frames a second, on average. */
  readonly fps: number
}

/** Players round times to the microsecond. */
const TOLERANCE = 2e-6

/** Frames that come evenly: until the file's own index was read, and where it cannot be. */
export function evenFrames(seconds: number, fps: number): Frames {
  const count = Math.max(1, Math.round(seconds * fps))
  const inside = (frame: number): number => Math.max(0, Math.min(count - 1, frame))
  return {
    count,
    fps,
    startOf: (frame) => frame / fps,
    middleOf: (frame) => (inside(frame) + 0.5) / fps,
    at: (at) => inside(Math.floor(at * fps + 1e-3)),
  }
}

/**
 * Frames as the file's index has them: also those that come unevenly, or begin late. Where the length
 * is not known the last frame is as long as the others.
 */
export function indexedFrames(starts: readonly number[], seconds?: number): Frames {
  const count = starts.length
  const first = starts[0] ?? 0
  const last = starts[count - 1] ?? 0
  const even = count > 1 ? (last - first) / (count - 1) : (seconds ?? 1)
  const end = Math.max(
    last + Math.min(even, 1e-3),
    Math.min(seconds ?? last + even, last + 2 * even),
  )
  const startOf = (frame: number): number =>
    frame >= count ? end : (starts[Math.max(0, frame)] ?? 0)
  return {
    count,
    fps: even > 0 ? 1 / even : 1,
    startOf,
    middleOf: (frame) => {
      const inside = Math.max(0, Math.min(count - 1, frame))
      return (startOf(inside) + startOf(inside + 1)) / 2
    },
    at(at) {
      let low = 0
      let high = count - 1
      while (low < high) {
        const middle = Math.ceil((low + high) / 2)
        if ((starts[middle] ?? 0) <= at + TOLERANCE) low = middle
        else high = middle - 1
      }
      return low
    },
  }
}
