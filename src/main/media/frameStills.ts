import type { JobError } from '../../shared/domain/errors.ts'
import { ok, type Result } from '../../shared/domain/result.ts'
import type { MediaFacts } from '../../shared/domain/take.ts'
import { JPEG_COLOURS, QUIET, fileUrl, jpegOutput, pngOutput } from './ffmpegArgs.ts'
import type { FfmpegRunner } from './runFfmpeg.ts'
import { publish } from './tempName.ts'

/** Pixels; twice what a row or a tile shows. */
const THUMB_HEIGHT = 240

export interface GrabJob {
  readonly videoPath: string
  readonly facts: Pick<MediaFacts, 'durationSeconds' | 'fps'>
  /** Seconds; `last` is the last frame, whatever its time. */
  readonly at: number | 'last'
  /** Ends in `.png`. */
  readonly outPath: string
}

/** One frame of a video at its full size, as PNG. Whole or not at all. Errors as `FfmpegRunner.run`. */
export function grabFrame(
  runner: FfmpegRunner,
  { videoPath, facts, at, outPath }: GrabJob,
  signal: AbortSignal,
): Promise<Result<void, JobError>> {
  const half = 0.5 / facts.fps
  const last = facts.durationSeconds - 3 * half
  // Half a frame early, so that rounding never gives the frame behind the one that was meant.
  const seek = Math.max(0, Math.min(at === 'last' ? last : at - half, last))
  const input = ['-ss', seek.toFixed(6), '-i', fileUrl(videoPath)]
  return make(runner, { outPath, signal, args: (out) => [...input, ...pngOutput('0:v:0', out)] })
}

/** A small copy of a picture for lists, as JPEG. Whole or not at all. Errors as `FfmpegRunner.run`. */
export function makeThumb(
  runner: FfmpegRunner,
  { picturePath, outPath }: { readonly picturePath: string; readonly outPath: string },
  signal: AbortSignal,
): Promise<Result<void, JobError>> {
  const scale = `[0:v:0]scale=-2:'min(${THUMB_HEIGHT},ih)':${JPEG_COLOURS},format=yuvj420p[thumb]`
  const input = ['-i', fileUrl(picturePath), '-filter_complex', scale]
  return make(runner, {
    outPath,
    signal,
    args: (out) => [...input, ...jpegOutput('[thumb]', 4, out)],
  })
}

interface Making {
  readonly outPath: string
  readonly signal: AbortSignal
  readonly args: (out: string) => readonly string[]
}

const make = (runner: FfmpegRunner, { outPath, signal, args }: Making) =>
  publish([outPath], async ([out = outPath]) => {
    const run = await runner.run({ args: [...QUIET, ...args(out)], signal })
    return run.ok ? ok(undefined) : run
  })
