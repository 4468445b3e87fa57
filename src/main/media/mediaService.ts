import pLimit from 'p-limit'
import type { MediaService } from './port.ts'
import { probe } from './probe.ts'
import type { FfmpegRunner } from './runFfmpeg.ts'
import { makeStills } from './stills.ts'

/** On two cores a second ffmpeg doubles the rate and a third gains nothing (measured). */
const AT_ONCE = 2

/** What the queue needs of media, on ffmpeg and mediabunny. */
export function createMediaService(runner: FfmpegRunner): MediaService {
  const limit = pLimit(AT_ONCE)
  return {
    facts: (path) => probe(path),
    stills: (job, signal) => limit(() => makeStills(runner, job, signal)),
  }
}
