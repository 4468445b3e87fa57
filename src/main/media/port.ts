import type { MediaFacts } from '../../shared/domain/take.ts'
import type { JobError } from '../../shared/domain/errors.ts'
import type { Result } from '../../shared/domain/result.ts'

/** What the queue needs of media. The real one runs ffmpeg and mediabunny. */
export interface MediaService {
  /** Facts from the file itself; an error of kind `media` when it is not a playable video. */
  facts(path: string, signal: AbortSignal): Promise<Result<MediaFacts, JobError>>
  /**
   * Poster (first frame, JPEG, at most 720 px high) and filmstrip (10 stills side by side, each 120 px
   * high, JPEG) from one decode. Files are written whole or not at all.
   */
  stills(job: StillsJob, signal: AbortSignal): Promise<Result<void, JobError>>
}

export interface StillsJob {
  readonly videoPath: string
  readonly facts: MediaFacts
  readonly posterPath: string
  readonly filmstripPath: string
}
