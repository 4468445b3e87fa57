import { err, ok, type Result } from '../../shared/domain/result.ts'
import { QUIET, fileUrl } from './ffmpegArgs.ts'
import {
  BROKEN,
  MAX_PIXELS,
  readImageHead,
  type ImageHead,
  type ImageProblem,
} from './imageFile.ts'
import type { FfmpegRunner } from './runFfmpeg.ts'

/**
 * Facts of a reference frame, after a real decode: a picture that is cut off has a perfect header.
 * Without a usable ffmpeg the header alone decides; `doctor` says that ffmpeg is missing.
 */
export async function imageFacts(
  runner: FfmpegRunner,
  path: string,
  signal: AbortSignal,
): Promise<Result<ImageHead, ImageProblem>> {
  const head = await readImageHead(path)
  if (!head.ok) return head
  const run = await runner.run({ args: decodeArgs(path, head.value), signal, timeoutMs: 30_000 })
  if (!run.ok && BLAMES_PICTURE.includes(run.error.code)) return err(BROKEN)
  return ok(head.value)
}

const BLAMES_PICTURE: readonly string[] = ['FFMPEG_FAILED', 'FFMPEG_TIMEOUT']

/** Arguments for decoding one picture strictly. Pure. */
function decodeArgs(path: string, { contentType }: ImageHead): readonly string[] {
  // Only JPEG needs it: ffmpeg's decoder fills a cut-off one with grey and says so in passing.
  const strict = contentType === 'image/jpeg' ? ['-err_detect', 'explode'] : []
  const read = [...QUIET, '-xerror', ...strict, ...imageInput(path, contentType)]
  return [...read, '-frames:v', '1', '-f', 'null', '-']
}

const DEMUXERS = {
  'image/png': 'png_pipe',
  'image/jpeg': 'jpeg_pipe',
  'image/webp': 'webp_pipe',
} as const

/**
 * A picture as input, by its content: its name may have no ending, or a percent sign in it. Never
 * turned by ffmpeg, whose newer versions obey EXIF and whose older ones do not.
 */
export const imageInput = (path: string, type: ImageHead['contentType']): readonly string[] => [
  '-f',
  DEMUXERS[type],
  '-noautorotate',
  // Whatever the header says, no decoder takes more memory than that.
  '-max_pixels',
  String(MAX_PIXELS),
  '-i',
  fileUrl(path),
]
