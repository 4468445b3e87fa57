import { z } from 'zod'
import {
  MAKERS,
  pairIdSchema,
  ROUNDS,
  VOTES,
  type BlindPair,
  type OpenedPair,
  type Rating,
} from '../../domain/arena.ts'
import { batchIdSchema } from '../../domain/ids.ts'
import { defineRoute, gives } from '../route.ts'

const round = z.string().regex(/^[0-9A-Za-z]{4,40}$/)

/** Blind comparisons. Until a round is done nothing that comes out names a maker. */
export const arenaRoutes = {
  /** Draws a round of pairs; none: there are no two takes to compare. */
  'arena.begin': defineRoute(
    z.strictObject({
      of: z.enum(ROUNDS),
      batchId: batchIdSchema.nullable(),
      most: z.int().min(1).max(200),
    }),
    gives<{ readonly round: string; readonly pairs: readonly BlindPair[] }>(),
  ),
  /** `vote` null takes it back. */
  'arena.vote': defineRoute(
    z.strictObject({ pairId: pairIdSchema, vote: z.enum(VOTES).nullable() }),
    gives<void>(),
  ),
  /** Ends a round early: pairs without a vote count as skipped. */
  'arena.end': defineRoute(z.strictObject({ round }), gives<void>()),
  /** Who made what; refused while the round has a pair without a vote. */
  'arena.opened': defineRoute(z.strictObject({ round }), gives<readonly OpenedPair[]>()),
  'arena.frameTimes': defineRoute(
    z.strictObject({ pairId: pairIdSchema, side: z.enum(['a', 'b']) }),
    gives<readonly number[]>(),
  ),
  'arena.ratings': defineRoute(z.strictObject({ by: z.enum(MAKERS) }), gives<readonly Rating[]>()),
} as const
