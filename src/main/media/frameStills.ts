import type { JobError } from '../../shared/domain/errors.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { JPEG_COLOURS, QUIET, fileUrl, jpegOutput, pngOutput } from './ffmpegArgs.ts'
import { readFrameTimes } from './frameTimes.ts'
import { imageInput } from './imageFacts.ts'
import { readImageHead } from './imageFile.ts'
import { mediaError } from './mediaError.ts'
import type { FfmpegRunner } from './runFfmpeg.ts'
import { publish } from './publish.ts'
import { uprightFilters } from './upright.ts'

/** Pixels; twice what a row or a tile shows. */
const THUMB_HEIGHT = 240

export interface GrabJob {
  readonly videoPath: string
  /** A moment at which the frame is shown, seconds; `last` is the last frame, whatever its time. */
  readonly at: number | 'last'
  /** Ends in `.png`. */
  readonly outPath: string
}

/**
 * One frame of a video at its full size, as PNG. Counted through the file's own index, since seeking by
 * time is off where pictures come unevenly, late, or behind an edit list. Whole or not at all. Errors as
 * `FfmpegRunner.run`, and kind `media` where it is no video.
 */
export async function grabFrame(
  runner: FfmpegRunner,
  { videoPath, at, outPath }: GrabJob,
  signal: AbortSignal,
): Promise<Result<void, JobError>> {
  const times = await readFrameTimes(videoPath)
  if (!times.ok) return times
  const last = times.value.length - 1
  const shown = at === 'last' ? last : times.value.findLastIndex((time) => time <= at + TOLERANCE)
  const pick = ['-vf', `select=eq(n\\,${Math.max(0, shown)})`, '-vsync', 'passthrough']
  const input = ['-i', fileUrl(videoPath), ...pick]
  return make(runner, { outPath, signal, args: (out) => [...input, ...pngOutput('0:v:0', out)] })
}

/** Seconds; players round times to the microsecond. */
const TOLERANCE = 2e-6

/** Pixels of the long side of what the page shows large. */
const PREVIEW_SIDE = 1600

export interface CopyJob {
  readonly picturePath: string
  readonly outPath: string
  /** `thumb` for lists, `preview` for the page. */
  readonly size?: 'thumb' | 'preview'
}

/**
 * A small copy of a picture, upright, as JPEG; what is transparent becomes black, as in a video. Whole or
 * not at all. Errors as `FfmpegRunner.run`, and kind `media` with FRAME_UNREADABLE.
 */
export async function makeThumb(
  runner: FfmpegRunner,
  { picturePath, outPath, size = 'thumb' }: CopyJob,
  signal: AbortSignal,
): Promise<Result<void, JobError>> {
  const head = await readImageHead(picturePath)
  if (!head.ok) return err(mediaError('FRAME_UNREADABLE', head.error.message))
  const { contentType, orientation } = head.value
  const side = `'min(${PREVIEW_SIDE},iw)':'min(${PREVIEW_SIDE},ih)'`
  const scale =
    size === 'thumb'
      ? `scale=-2:'min(${THUMB_HEIGHT},ih)'`
      : `scale=${side}:force_original_aspect_ratio=decrease:force_divisible_by=2`
  const graph =
    `[0:v:0]${scale},format=gbrap,premultiply=inplace=1,` +
    `${uprightFilters(orientation).join(',')},scale=${JPEG_COLOURS},format=yuvj420p[out]`
  const input = [...imageInput(picturePath, contentType), '-filter_complex', graph]
  return make(runner, {
    outPath,
    signal,
    args: (out) => [...input, ...jpegOutput('[out]', 4, out)],
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
