import { z } from 'zod'
import { frameIdSchema, takeIdSchema } from '../../domain/ids.ts'
import { readFitWish } from '../../normalise/fitWish.ts'
import { defineRoute, gives, nothing, pageOf, searchText, someOf } from '../route.ts'
import type { FramesAdded, FrameView } from '../../domain/referenceFrame.ts'
import type { Page } from '../../domain/views.ts'

const tags = z.array(z.string().trim().min(1).max(100)).max(100)

const MOST_PASTED_BYTES = 50_000_000

export const frameRoutes = {
  /** Latest first. */
  'frames.list': defineRoute(
    z.strictObject({
      text: searchText.optional(),
      tag: z.string().max(100).optional(),
      ...pageOf(500),
    }),
    gives<Page<FrameView>>(),
  ),
  /** In the order asked for, removed ones too: drafts may still use them. Unknown ids are left out. */
  'frames.get': defineRoute(
    z.strictObject({ ids: someOf(frameIdSchema) }),
    gives<readonly FrameView[]>(),
  ),
  'frames.tags': defineRoute(nothing, gives<readonly { tag: string; frames: number }[]>()),
  /** The same picture twice is one frame. None added: the person closed the dialog. */
  'frames.addFromDialog': defineRoute(nothing, gives<FramesAdded>()),
  /** A folder of pictures, not the folders in it. None added: the person closed the dialog. */
  'frames.addFolder': defineRoute(nothing, gives<FramesAdded>()),
  /** Images, and folders of images, that were dropped on the window (see `IpcApi.drop`). */
  'frames.addDropped': defineRoute(
    z.strictObject({ dropIds: z.array(z.string().max(100)).min(1).max(2000) }),
    gives<FramesAdded>(),
  ),
  /** A picture out of a paste event; PNG, JPEG or WebP bytes of at most 50 MB. */
  'frames.addPasted': defineRoute(
    z.strictObject({
      name: z.string().trim().min(1).max(300),
      bytes: z.instanceof(Uint8Array).refine(({ byteLength }) => byteLength <= MOST_PASTED_BYTES),
    }),
    gives<FramesAdded>(),
  ),
  'frames.addFromTake': defineRoute(
    z.strictObject({
      takeId: takeIdSchema,
      at: z.union([z.literal('first'), z.literal('last'), z.strictObject({ seconds: z.number() })]),
    }),
    gives<FramesAdded>(),
  ),
  'frames.update': defineRoute(
    z.strictObject({
      ids: someOf(frameIdSchema),
      patch: z.strictObject({
        name: z.string().trim().min(1).max(300).optional(),
        tags: tags.optional(),
        fit: z
          .string()
          .max(40)
          .refine((fit) => fit === '' || readFitWish(fit) !== undefined)
          .optional(),
      }),
    }),
    gives<readonly FrameView[]>(),
  ),
  /** Tags of several at once; what else each of them has stays. */
  'frames.tag': defineRoute(
    z.strictObject({ ids: someOf(frameIdSchema), add: tags, remove: tags }),
    gives<void>(),
  ),
  /** Ends what is being brought in (see `frames.coming`); what is in stays. */
  'frames.stopComing': defineRoute(nothing, gives<void>()),
  /** Out of the library; drafts and jobs that use one keep it. `frames.restore` brings them back. */
  'frames.remove': defineRoute(z.strictObject({ ids: someOf(frameIdSchema) }), gives<void>()),
  'frames.restore': defineRoute(z.strictObject({ ids: someOf(frameIdSchema) }), gives<void>()),
} as const
