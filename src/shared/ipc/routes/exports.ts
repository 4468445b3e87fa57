import { z } from 'zod'
import {
  exportIdSchema,
  exportItemSchema,
  exportSettingsSchema,
  type ExportPlan,
  type ExportView,
} from '../../domain/export.ts'
import { defineRoute, gives, nothing, someOf } from '../route.ts'

const wish = z.strictObject({ items: someOf(exportItemSchema), settings: exportSettingsSchema })
const anExport = z.strictObject({ exportId: exportIdSchema })

export const exportRoutes = {
  /** What would become of each item: its name, whether it is encoded anew, and why. Writes nothing. */
  'exports.plan': defineRoute(wish, gives<ExportPlan>()),
  /** Begins; `exports.changed` tells how far it is. Settings that are left out have their defaults. */
  'exports.start': defineRoute(wish, gives<ExportView>()),
  /** Those of this run of the app, latest first. */
  'exports.list': defineRoute(nothing, gives<readonly ExportView[]>()),
  /** Files that are whole stay, and no half of one does. */
  'exports.cancel': defineRoute(anExport, gives<void>()),
  /**
   * Begins a drag out of the window, while the button of the mouse is down: takes as they lie there,
   * clips cut at once.
   */
  'exports.dragOut': defineRoute(
    z.strictObject({ items: someOf(exportItemSchema) }),
    gives<void>(),
  ),
  'exports.openFolder': defineRoute(anExport, gives<void>()),
} as const
