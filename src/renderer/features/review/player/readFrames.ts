import type { TakeView } from '../../../../shared/domain/take.ts'
import { ask } from '../../../ipc/client.ts'
import { evenFrames, indexedFrames, type Frames } from './frames.ts'

const DEFAULT_FPS = 24

/** As the facts of a take have them; `readFrames` is exact. */
export const framesOf = ({ durationSeconds = 0, fps = DEFAULT_FPS }: TakeView): Frames =>
  evenFrames(durationSeconds, fps)

/** Frames of a take by the file's own index, or even ones where it cannot be read. */
export async function readFrames(take: TakeView): Promise<Frames> {
  const answer = await ask('takes.frameTimes', { takeId: take.id })
  return answer.ok ? indexedFrames(answer.data, take.durationSeconds ?? 0) : framesOf(take)
}
