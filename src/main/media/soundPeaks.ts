import type { JobError } from '../../shared/domain/errors.ts'
import { ok, type Result } from '../../shared/domain/result.ts'
import { QUIET, fileUrl } from './ffmpegArgs.ts'
import type { FfmpegRunner } from './runFfmpeg.ts'

const RATE = 8_000
const PARTS = 400
const PEAK = /Peak_level=(\S+)/g

export interface SoundJob {
  readonly path: string
  /** Length of the sound. */
  readonly seconds: number
}

/**
 * How loud each of about 400 equal parts of a video's sound is at its loudest, 0 to 1. Errors as
 * `FfmpegRunner.run`, also when there is no sound.
 */
export async function readSoundPeaks(
  runner: FfmpegRunner,
  { path, seconds }: SoundJob,
  signal: AbortSignal,
): Promise<Result<readonly number[], JobError>> {
  const samples = Math.max(1, Math.ceil((RATE * seconds) / PARTS))
  const filter = [
    `aresample=${RATE}`,
    `asetnsamples=n=${samples}`,
    'astats=metadata=1:reset=1:measure_perchannel=none:measure_overall=Peak_level',
    'ametadata=mode=print:file=-',
  ].join(',')
  const args = [...QUIET, '-i', fileUrl(path), '-map', '0:a:0', '-af', filter, '-f', 'null', '-']
  const run = await runner.run({ args, signal })
  return run.ok ? ok([...run.value.stdout.matchAll(PEAK)].map(([, level]) => share(level))) : run
}

/** Decibels below full scale as a share of it; silence is `-inf`. */
function share(level: string | undefined): number {
  const decibels = Number(level)
  return Number.isFinite(decibels) ? Math.min(1, 10 ** (decibels / 20)) : 0
}
