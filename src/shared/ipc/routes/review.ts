import { z } from 'zod'
import { takeIdSchema } from '../../domain/ids.ts'
import { defineRoute, gives } from '../route.ts'

export const reviewRoutes = {
  /** When each frame is first shown, seconds, in order: what stepping is exact by. */
  'takes.frameTimes': defineRoute(
    z.strictObject({ takeId: takeIdSchema }),
    gives<readonly number[]>(),
  ),
  /** How loud each of some hundred equal parts of its sound is, 0 to 1. */
  'takes.soundPeaks': defineRoute(
    z.strictObject({ takeId: takeIdSchema }),
    gives<readonly number[]>(),
  ),
} as const
