import { defineRoute, gives, nothing } from '../route.ts'
import type { NightsView } from '../../domain/whenDone.ts'
import type { Settings } from '../../domain/settings.ts'

export const nightRoutes = {
  'nights.state': defineRoute(nothing, gives<NightsView>()),
  /** Takes back what would be done now that the night's work is done. */
  'nights.stopCountdown': defineRoute(nothing, gives<void>()),
  /** By the system's dialog; null: the person closed it. */
  'nights.chooseProgram': defineRoute(nothing, gives<Settings | null>()),
  /** Writes the report of the running or last night to the folder of takes and opens it. */
  'nights.openReport': defineRoute(nothing, gives<{ readonly path: string }>()),
} as const
