import { z } from 'zod'
import { clipIdSchema, type ClipView } from '../../domain/clip.ts'
import { takeIdSchema } from '../../domain/ids.ts'
import { defineRoute, gives, someOf } from '../route.ts'

/** A day of 120 frames a second; more is a slip. */
const frame = z.int().min(0).max(10_368_000)
const theseClips = z.strictObject({ ids: someOf(clipIdSchema) })

/** Clips are a take's in and out points, kept as data: no file is made until an export. */
export const clipRoutes = {
  /** Of these takes, in the order they were made; takes without a clip have none. */
  'clips.ofTakes': defineRoute(
    z.strictObject({ takeIds: someOf(takeIdSchema) }),
    gives<readonly ClipView[]>(),
  ),
  /** `id` null makes a new one. The out point is the frame behind the last one shown. */
  'clips.save': defineRoute(
    z
      .strictObject({
        id: clipIdSchema.nullable(),
        takeId: takeIdSchema,
        name: z.string().trim().max(200),
        inFrame: frame,
        outFrame: frame,
      })
      .refine(({ inFrame, outFrame }) => outFrame > inFrame, {
        error: 'a clip ends behind the frame that it begins with',
        path: ['outFrame'],
      }),
    gives<ClipView>(),
  ),
  /** `clips.restore` brings them back until the app is closed. */
  'clips.remove': defineRoute(theseClips, gives<void>()),
  'clips.restore': defineRoute(theseClips, gives<void>()),
} as const
