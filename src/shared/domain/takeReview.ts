import { z } from 'zod'
import { pairIdSchema, VOTES } from './arena.ts'
import { clipIdSchema } from './clip.ts'
import { takeIdSchema } from './ids.ts'
import { TAKE_FLAGS } from './take.ts'

/** All that a person said of one take, as its sidecar keeps it. Times are epoch ms. */
export const takeReviewSchema = z.looseObject({
  /** 0 is unrated, else 1 to 5. */
  rating: z.int().min(0).max(5),
  flag: z.enum(TAKE_FLAGS),
  tags: z.array(z.string()),
  note: z.string(),
  seenAt: z.int().nullable(),
  trashedAt: z.int().nullable(),
  /** Its files were deleted for good; the sidecar alone is left. */
  deletedAt: z.int().nullable().default(null),
  clips: z.array(
    z.looseObject({
      id: clipIdSchema,
      name: z.string(),
      inFrame: z.int().nonnegative(),
      outFrame: z.int().positive(),
      createdAt: z.int(),
    }),
  ),
  /** Votes on pairs whose first side it is; each stands in one sidecar alone. */
  votes: z.array(
    z.looseObject({
      pair: pairIdSchema,
      round: z.string(),
      against: takeIdSchema,
      vote: z.enum(VOTES),
      votedAt: z.int(),
    }),
  ),
})
export type TakeReview = z.infer<typeof takeReviewSchema>
