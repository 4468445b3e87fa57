import type { FrameSource } from '../domain/generation.ts'
import type { FrameRole, Mode } from '../domain/model.ts'

/** The mode follows from the frames: reference, else last frame, else first frame, else text alone. */
export function modeOf(frames: readonly FrameSource[]): Mode {
  const has = (role: FrameRole) => frames.some((frame) => frame.role === role)
  if (has('reference')) return 'referenceToVideo'
  if (has('lastFrame')) return 'firstLastFrame'
  if (has('firstFrame')) return 'imageToVideo'
  return 'textToVideo'
}

/** For people: what a mode is called in a sentence. */
export const MODE_WORDS: Readonly<Record<Mode, string>> = {
  textToVideo: 'video from text alone',
  imageToVideo: 'video from a first frame',
  firstLastFrame: 'video between a first and a last frame',
  referenceToVideo: 'video from reference pictures',
}
