import type { JobError } from '../../shared/domain/errors.ts'
import { ok, type Result } from '../../shared/domain/result.ts'
import { FILMSTRIP_FRAMES, type MediaFacts } from '../../shared/domain/take.ts'
import { JPEG_COLOURS, QUIET, fileUrl, flags, jpegOutput } from './ffmpegArgs.ts'
import type { StillsJob } from './port.ts'
import type { FfmpegRunner } from './runFfmpeg.ts'
import { publish } from './publish.ts'

const POSTER_MAX_HEIGHT = 720
const STRIP_HEIGHT = 120
/** Below this many frames each one is decoded; above it, those that no other frame needs are left out. */
const FRAMES_TO_SKIP_FROM = FILMSTRIP_FRAMES * 8

/**
 * Poster and filmstrip of a video from one decode. Whole or not at all. Errors as `FfmpegRunner.run`.
 */
export async function makeStills(
  runner: FfmpegRunner,
  job: StillsJob,
  signal: AbortSignal,
): Promise<Result<void, JobError>> {
  return publish([job.posterPath, job.filmstripPath], async ([poster, filmstrip]) => {
    if (poster === undefined || filmstrip === undefined) return ok(undefined)
    const args = stillsArgs({ ...job, posterPath: poster, filmstripPath: filmstrip })
    const run = await runner.run({ args, signal })
    return run.ok ? ok(undefined) : run
  })
}

/** Arguments for poster and filmstrip in one run. Pure. */
export function stillsArgs({
  videoPath,
  facts,
  posterPath,
  filmstripPath,
}: StillsJob): readonly string[] {
  const poster = fit(facts, POSTER_MAX_HEIGHT)
  const strip = fit(facts, STRIP_HEIGHT)
  const rate = FILMSTRIP_FRAMES / facts.durationSeconds
  const graph = [
    '[0:v:0]split=2[a][b]',
    `[a]trim=end_frame=1,scale=${poster}:${JPEG_COLOURS},setsar=1,format=yuvj420p[poster]`,
    // fps takes the frame nearest to the middle of each tenth; tpad repeats the last one if one lacks.
    `[b]fps=${rate.toFixed(9)}:start_time=0:round=near,scale=${strip}:${JPEG_COLOURS},setsar=1,` +
      `tpad=stop=-1:stop_mode=clone,tile=${FILMSTRIP_FRAMES}x1,format=yuvj420p[strip]`,
  ].join(';')
  return [
    ...QUIET,
    ...cheapDecode(facts),
    '-i',
    fileUrl(videoPath),
    '-filter_complex',
    graph,
    ...jpegOutput('[poster]', 3, posterPath),
    ...jpegOutput('[strip]', 4, filmstripPath),
  ]
}

/**
 * Frames that no other is built from are left out, and block edges are smoothed in keyframes only: at
 * 120 px a neighbour shows the same, and the poster is a keyframe. Saves half of the decoding.
 */
function cheapDecode({ durationSeconds, fps }: MediaFacts): readonly string[] {
  if (durationSeconds * fps < FRAMES_TO_SKIP_FROM) return []
  return flags('-skip_frame noref -skip_loop_filter nokey')
}

/** `W:H` of a still at most `maxHeight` high, even numbers, square pixels. */
function fit({ width, height }: MediaFacts, maxHeight: number): string {
  const high = Math.min(maxHeight, height)
  const even = (value: number): number => Math.max(2, Math.round(value / 2) * 2)
  return `${even((width * high) / height)}:${even(high)}`
}
