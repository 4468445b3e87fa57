import { rm, stat } from 'node:fs/promises'
import type { Focus, FrameFit } from '../../shared/domain/frameFit.ts'
import type { JobError } from '../../shared/domain/errors.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { JPEG_COLOURS, QUIET, jpegOutput, pngOutput } from './ffmpegArgs.ts'
import { imageInput } from './imageFacts.ts'
import { readImageHead, type ImageHead } from './imageFile.ts'
import { mediaError } from './mediaError.ts'
import type { FfmpegRunner } from './runFfmpeg.ts'
import { uprightFilters } from './upright.ts'

export interface FitJob {
  readonly picturePath: string
  readonly fit: FrameFit
  /** Written anew; the picture itself is never touched. */
  readonly outPath: string
}

/** JPEG qualities (ffmpeg's scale, 2 is best) that are tried until a file is small enough. */
const QUALITIES = [2, 4, 7, 12, 20, 31] as const
const MIDDLE: Focus = { x: 0.5, y: 0.5 }

/**
 * Makes the picture that a route takes out of the one that was brought in. Errors as
 * `FfmpegRunner.run`, and kind `media` with FRAME_UNREADABLE or FRAME_TOO_LARGE.
 */
export async function fitPicture(
  runner: FfmpegRunner,
  { picturePath, fit, outPath }: FitJob,
  signal: AbortSignal,
): Promise<Result<void, JobError>> {
  const head = await readImageHead(picturePath)
  if (!head.ok)
    return err(mediaError('FRAME_UNREADABLE', `${head.error.message} ${head.error.mend}`))
  const graph = fitGraph(head.value, fit)
  const input = [...QUIET, ...imageInput(picturePath, head.value.contentType)]
  const outputs =
    fit.contentType === 'image/png'
      ? [pngOutput('[out]', outPath)]
      : QUALITIES.map((quality) => jpegOutput('[out]', quality, outPath))
  for (const output of outputs) {
    const args = [...input, '-filter_complex', graph, ...output]
    const run = await runner.run({ args, signal, timeoutMs: 60_000 })
    if (!run.ok) return run
    const { size } = await stat(outPath)
    if (fit.maxBytes === null || size <= fit.maxBytes) return ok(undefined)
  }
  await rm(outPath, { force: true })
  const most = Math.floor((fit.maxBytes ?? 0) / 1000)
  const message = `The picture cannot be made small enough: this route takes ${most} kB. Use a smaller or plainer one.`
  return err(mediaError('FRAME_TOO_LARGE', message))
}

/** The filter graph from the picture `0:v` to `[out]`. Pure. */
export function fitGraph({ orientation }: Pick<ImageHead, 'orientation'>, fit: FrameFit): string {
  const upright = uprightFilters(orientation).join(',')
  const end = fit.contentType === 'image/png' ? 'format=rgb24' : JPEG_END
  return `[0:v]${upright},${shaping(fit)},setsar=1,${end}[out]`
}

const JPEG_END = `scale=${JPEG_COLOURS},format=yuvj420p`

function shaping(fit: FrameFit): string {
  const size = `${fit.width}:${fit.height}`
  const cover = `scale=${size}:force_original_aspect_ratio=increase:flags=lanczos`
  const contain = `scale=${size}:force_original_aspect_ratio=decrease:flags=lanczos`
  switch (fit.how) {
    case 'crop': {
      const { x, y } = fit.focus ?? MIDDLE
      return `${cover},crop=${size}:${part('w', x)}:${part('h', y)}`
    }
    case 'pad':
      return `${contain},pad=${size}:(ow-iw)/2:(oh-ih)/2`
    case 'blurPad': {
      const sigma = (Math.min(fit.width, fit.height) / 22).toFixed(1)
      const back = `${cover},crop=${size},gblur=sigma=${sigma}`
      return `split[wide][whole];[wide]${back}[back];[whole]${contain}[front];[back][front]overlay=(W-w)/2:(H-h)/2:format=gbrp`
    }
    case 'reencode':
      return `scale=${size}:flags=lanczos`
  }
}

/** Where the cut begins, so that the focus comes as near to its middle as the picture allows. */
const part = (side: 'w' | 'h', share: number): string =>
  `clip(i${side}*${share.toFixed(4)}-o${side}/2\\,0\\,i${side}-o${side})`
