import type { JobError } from '../../shared/domain/errors.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { mediaError } from './mediaError.ts'
import { openVideoFile } from './videoFile.ts'

/**
 * When each frame of a video is first shown, in seconds and in order; read from the file's index, no
 * frame is decoded. Errors of kind `media`: NOT_A_VIDEO, also when the file is gone.
 */
export async function readFrameTimes(path: string): Promise<Result<readonly number[], JobError>> {
  const file = await openVideoFile(path)
  try {
    const video = await file.input.getPrimaryVideoTrack()
    if (video === null) return err(UNREADABLE)
    const times: number[] = []
    for await (const { timestamp } of file.packets(video)) times.push(timestamp)
    // Packets come in the order of decoding. What lies before zero is cut by an edit list.
    const shown = times.filter((time) => time > -1e-6).toSorted((a, b) => a - b)
    return shown.length === 0 ? err(UNREADABLE) : ok(shown)
  } catch {
    // What mediabunny throws on a broken or missing file is not specified beyond "Error".
    return err(UNREADABLE)
  } finally {
    file.close()
  }
}

const UNREADABLE = mediaError('NOT_A_VIDEO', 'The frames of the file could not be read.')
