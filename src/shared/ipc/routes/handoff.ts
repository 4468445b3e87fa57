import { z } from 'zod'
import { exportItemSchema } from '../../domain/export.ts'
import { HANDOFF_FORMATS } from '../../domain/handoff.ts'
import { takeIdSchema } from '../../domain/ids.ts'
import { defineRoute, gives, someOf } from '../route.ts'

const name = z.string().trim().min(1).max(200)

/** Each asks where by dialog, and shows the file in its folder. False: the person closed the dialog. */
export const handoffRoutes = {
  /** An edit list of these, in order; prompts are its markers. */
  'handoff.write': defineRoute(
    z.strictObject({ name, items: someOf(exportItemSchema), format: z.enum(HANDOFF_FORMATS) }),
    gives<boolean>(),
  ),
  /** Stills in a grid with their prompts; the ending that is chosen says PNG or PDF. */
  'handoff.contactSheet': defineRoute(
    z.strictObject({ name, takeIds: someOf(takeIdSchema), format: z.enum(['pdf', 'png']) }),
    gives<boolean>(),
  ),
} as const
