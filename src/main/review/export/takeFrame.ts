import type { MediaFacts, TakeView } from '../../../shared/domain/take.ts'
import { ok, type Result } from '../../../shared/domain/result.ts'
import { probe } from '../../media/probe.ts'

/** Size and rate of pictures. */
export type Frame = Pick<MediaFacts, 'width' | 'height' | 'fps'>

/** Of a take; where its facts could not be read when it came, its file is read now. */
export async function takeFrame({
  path,
  width,
  height,
  fps,
}: TakeView): Promise<Result<Frame, { readonly message: string }>> {
  if (width === undefined || height === undefined || fps === undefined) return probe(path)
  return ok({ width, height, fps })
}
