import { open, type FileHandle } from 'node:fs/promises'
import type { JobError } from '../../../shared/domain/errors.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { fileError, mediaError } from '../mediaError.ts'
import { secondsAt, shownFrames, type ShownFrames } from '../mp4/frames.ts'
import { readMovie, type Movie, type NotPlain } from '../mp4/movie.ts'
import { openVideoFile } from '../videoFile.ts'

/** A video that clips are cut from: when each of its pictures is shown. */
export interface ClipSource {
  readonly path: string
  /** Seconds, one for each picture as shown, and the end of the last one behind them. */
  readonly times: readonly number[]
  /** Pictures that can be decoded without any other. */
  readonly isKey: (frame: number) => boolean
  /** When the first of its tracks begins: players count from there. */
  readonly startSeconds: number
  readonly hasAudio: boolean
  /** For a cut without encoding; or why there is none. */
  readonly instant: Result<InstantSource, NotPlain>
}
export interface InstantSource {
  readonly movie: Movie
  readonly frames: ShownFrames
}

export const frameCount = ({ times }: Pick<ClipSource, 'times'>): number => times.length - 1

/** Reads when the pictures of a video are shown. Errors: `media` where it is none, `disk` where unreadable. */
export async function readClipSource(path: string): Promise<Result<ClipSource, JobError>> {
  let file: FileHandle
  try {
    file = await open(path, 'r')
  } catch (cause) {
    return err(fileError(cause, `read ${path}`))
  }
  try {
    const movie = await readMovie(file)
    return movie.ok ? plainSource(path, movie.value) : await packetSource(path, movie.error)
  } catch (cause) {
    return err(fileError(cause, `read ${path}`))
  } finally {
    await file.close()
  }
}

function plainSource(path: string, movie: Movie): Result<ClipSource, JobError> {
  const frames = shownFrames(movie)
  if (frames.samples.length === 0) return err(NO_VIDEO)
  const { video, audio } = movie
  const times = [...frames.showAt, frames.endAt].map((tick) => secondsAt(video, tick))
  return ok({
    path,
    times,
    isKey: (frame) => video.samples[frames.samples[frame] ?? -1]?.isKey === true,
    startSeconds: Math.min(...[video, ...audio].map(({ delaySeconds }) => delaySeconds)),
    hasAudio: audio.length > 0,
    instant: ok({ movie, frames }),
  })
}

/** WebM, fragmented MP4 and others: packet by packet, slower, and only good for encoding anew. */
async function packetSource(path: string, why: NotPlain): Promise<Result<ClipSource, JobError>> {
  const file = await openVideoFile(path)
  const { input } = file
  try {
    const video = await input.getPrimaryVideoTrack()
    if (video === null) return err(NO_VIDEO)
    const shown: { at: number; end: number; isKey: boolean }[] = []
    for await (const { timestamp, duration, type } of file.packets(video)) {
      if (timestamp + duration <= 0) continue
      shown.push({ at: timestamp, end: timestamp + duration, isKey: type === 'key' })
    }
    shown.sort((a, b) => a.at - b.at)
    const last = shown.at(-1)
    if (last === undefined) return err(NO_VIDEO)
    return ok({
      path,
      times: [...shown.map(({ at }) => at), last.end],
      isKey: (frame) => shown[frame]?.isKey === true,
      startSeconds: Math.max(0, await input.getFirstTimestamp()),
      hasAudio: (await input.getPrimaryAudioTrack()) !== null,
      instant: err(why),
    })
  } catch {
    // What mediabunny throws on a broken file is not specified beyond "Error".
    return err(NO_VIDEO)
  } finally {
    file.close()
  }
}

const NO_VIDEO = mediaError('NOT_A_VIDEO', 'The file is not a video, or it is damaged.')
