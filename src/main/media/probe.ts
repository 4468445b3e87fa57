import { stat } from 'node:fs/promises'
import type { InputVideoTrack } from 'mediabunny'
import type { JobError } from '../../shared/domain/errors.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import type { MediaFacts } from '../../shared/domain/take.ts'
import { fileError, mediaError } from './mediaError.ts'
import { isWholeMp4 } from './mp4Boxes.ts'
import { openVideoFile, type VideoFile } from './videoFile.ts'

/**
 * Facts from the file itself. Errors of kind `media`: NOT_A_VIDEO (no film in it), NOT_WHOLE (part of
 * it is missing), NOT_PLAYABLE (a codec nobody knows, no duration); of kind `disk` when unreadable.
 */
export async function probe(path: string): Promise<Result<MediaFacts, JobError>> {
  try {
    if ((await stat(path)).size === 0) return err(mediaError('NOT_A_VIDEO', 'The file is empty.'))
  } catch (cause) {
    return err(fileError(cause, `read ${path}`))
  }
  const file = await openVideoFile(path)
  try {
    return await factsOf(file, path)
  } catch {
    // What mediabunny throws on a broken file is not specified beyond "Error".
    return err(mediaError('NOT_A_VIDEO', 'The file is not a video, or it is damaged.'))
  } finally {
    file.close()
  }
}

async function factsOf(file: VideoFile, path: string): Promise<Result<MediaFacts, JobError>> {
  const { input } = file
  const format = (await input.getFormat()).name
  const video = await input.getPrimaryVideoTrack()
  if (video === null) return err(mediaError('NOT_A_VIDEO', 'The file holds no video track.'))
  const isMp4 = format === 'MP4' || format.startsWith('QuickTime')
  if (isMp4 && !(await isWholeMp4(path))) return err(NOT_WHOLE)

  const codec = await video.getCodec()
  const durationSeconds = await video.computeDuration()
  if (codec === null || (await video.getDecoderConfig()) === null) return err(NOT_PLAYABLE)
  if (!(durationSeconds > 0)) return err(NOT_PLAYABLE)
  // Its last picture is read too: this finds cuts that a container without exact sizes hides.
  if (!(await file.hasLastPacket(video))) return err(NOT_WHOLE)

  const audio = await input.getPrimaryAudioTrack()
  return ok({
    durationSeconds: rounded(durationSeconds, 6),
    width: await video.getDisplayWidth(),
    height: await video.getDisplayHeight(),
    fps: await frameRate(video),
    hasAudio: audio !== null,
    videoCodec: codec,
    audioCodec: audio === null ? null : await audio.getCodec(),
  })
}

const NOT_WHOLE = mediaError('NOT_WHOLE', 'The file is cut off: part of the video is missing.')
const NOT_PLAYABLE = mediaError(
  'NOT_PLAYABLE',
  'The video cannot be played: codec or length unknown.',
)

/** Frames a second: 24, 23.976, ...; the average where frames come unevenly. */
async function frameRate(video: InputVideoTrack): Promise<number> {
  const metrics = await video.computeFrameRateMetrics()
  if (metrics.underlyingFrameRate !== null) return rounded(metrics.underlyingFrameRate, 3)
  return rounded((await video.computePacketStats()).averagePacketRate, 3)
}

const rounded = (value: number, digits: number): number =>
  Math.round(value * 10 ** digits) / 10 ** digits
