import { constants } from 'node:fs'
import { copyFile, open } from 'node:fs/promises'
import type { JobError } from '../../../shared/domain/errors.ts'
import { assertNever, err, ok, type Result } from '../../../shared/domain/result.ts'
import { fileError, mediaError } from '../mediaError.ts'
import { metadataBox, type FileWords } from '../mp4/metadataBox.ts'
import type { InstantPlan } from '../mp4/instantPlan.ts'
import { writeInstant } from '../mp4/writeInstant.ts'
import type { FfmpegRunner } from '../runFfmpeg.ts'
import type { ClipSource } from './clipSource.ts'
import { encodeArgs, encodedLength, type EncodeJob } from './encodeArgs.ts'

/** A file to be made, decided already. */
export type ClipWork =
  | { readonly method: 'copy'; readonly source: ClipSource }
  | {
      readonly method: 'instant'
      readonly source: ClipSource
      readonly plan: InstantPlan
      readonly words: FileWords | null
    }
  | { readonly method: 'exact'; readonly job: Omit<EncodeJob, 'outPath'> }

export interface ClipTools {
  readonly runner: FfmpegRunner
  readonly signal: AbortSignal
  /** 0 to 1. */
  readonly onProgress: (progress: number) => void
}

/** A render of hours is still a render; one that hangs is cancelled by the person. */
const LONGEST_MS = 12 * 3_600_000

/** Writes a clip to a temporary name. Errors of kind `disk`, or as `FfmpegRunner.run`. */
export async function writeClip(
  tools: ClipTools,
  work: ClipWork,
  outPath: string,
): Promise<Result<void, JobError>> {
  switch (work.method) {
    case 'copy':
      return attempt(outPath, () => copyFile(work.source.path, outPath, constants.COPYFILE_FICLONE))
    case 'instant':
      return attempt(outPath, () => writeFromPackets(tools, work, outPath))
    case 'exact':
      return encode(tools, { ...work.job, outPath })
    default:
      return assertNever(work)
  }
}

async function attempt(path: string, write: () => Promise<void>): Promise<Result<void, JobError>> {
  try {
    await write()
    return ok(undefined)
  } catch (cause) {
    return err(fileError(cause, `write ${path}`))
  }
}

async function writeFromPackets(
  { signal }: ClipTools,
  { source, plan, words }: Extract<ClipWork, { method: 'instant' }>,
  outPath: string,
): Promise<void> {
  if (!source.instant.ok) throw new TypeError('an instant trim was planned without its packets')
  const { movie } = source.instant.value
  const more = words === null ? [] : [metadataBox(words)]
  const file = await open(source.path, 'r')
  try {
    await writeInstant({ source: file, movie, plan, outPath, more, signal })
  } finally {
    await file.close()
  }
}

async function encode(
  { runner, signal, onProgress }: ClipTools,
  job: EncodeJob,
): Promise<Result<void, JobError>> {
  const { frames } = encodedLength(job)
  const run = await runner.run({
    args: encodeArgs(job),
    signal,
    timeoutMs: LONGEST_MS,
    onProgress: ({ frame }) => onProgress(Math.min(1, frame / Math.max(1, frames))),
  })
  if (run.ok) return ok(undefined)
  if (/Unknown encoder|Encoder not found/i.test(run.error.message)) return err(NO_ENCODER)
  return run
}

const NO_ENCODER = mediaError(
  'NO_ENCODER',
  'This ffmpeg cannot write that format. Choose another format, or name another ffmpeg in FFMPEG_PATH.',
)
