import { z } from 'zod'
import { batchIdSchema, takeIdSchema } from '../../domain/ids.ts'
import { defineRoute, gives, someOf } from '../route.ts'
import type { Draft } from '../../domain/draft.ts'
import type { RunAgainReport } from '../reports.ts'

const seed = z.enum(['same', 'new'])

/** From takes back to work: run again, or written into a draft. */
export const againRoutes = {
  /**
   * One further take of each, queued at once in its own batch and under its cap: with the same request,
   * or with a fresh seed. It is paid for like any other job: ask the person first where it costs.
   */
  'takes.again': defineRoute(
    z.strictObject({ ids: someOf(takeIdSchema), seed }),
    gives<RunAgainReport>(),
  ),
  /** A new draft with a row for each request behind the takes named, or behind all rejected ones. */
  'drafts.fromTakes': defineRoute(
    z.strictObject({
      name: z.string().trim().min(1).max(200),
      takes: z.union([
        z.strictObject({ ids: someOf(takeIdSchema) }),
        /** Null: of every batch. */
        z.strictObject({ rejectedOf: batchIdSchema.nullable() }),
      ]),
      seed,
      /** Of each row; absent: one. */
      takesEach: z.int().min(1).max(20).optional(),
    }),
    gives<Draft>(),
  ),
} as const
