import { z } from 'zod'
import { settingsSchema, type Settings } from '../../domain/settings.ts'
import { whenDoneSchema } from '../../domain/whenDone.ts'
import { defineRoute, gives, nothing } from '../route.ts'
import type { AppInfo, EngineState, Licence, UpdateAnswer } from '../appInfo.ts'

const settings = settingsSchema.shape

export const appRoutes = {
  'app.info': defineRoute(nothing, gives<AppInfo>()),
  /** After `readOnly` or `failed`: tries to open the engine again. */
  'app.retryEngine': defineRoute(nothing, gives<EngineState>()),
  'app.dismissNotice': defineRoute(z.strictObject({ id: z.string().max(100) }), gives<void>()),
  /** Shows a folder that main knows in the system's file manager. */
  'app.openFolder': defineRoute(
    z.strictObject({ folder: z.enum(['models', 'out', 'exports', 'logs', 'data']) }),
    gives<void>(),
  ),
  /** The licences of everything that the app is made of. */
  'app.licences': defineRoute(nothing, gives<readonly Licence[]>()),
  /** Versions, states and the end of the log into the clipboard; no key, no name of the account. */
  'app.copyReport': defineRoute(nothing, gives<{ readonly lines: number }>()),
  /** Asks the update feed that is set which version is the newest; null: none is set. */
  'app.askForUpdate': defineRoute(nothing, gives<UpdateAnswer | null>()),
  'app.quit': defineRoute(nothing, gives<void>()),

  'settings.get': defineRoute(nothing, gives<Settings>()),
  /** Each named part replaces the old one; without `unwrap` a part that is not named would get its default. Folders are chosen by dialog, see `settings.chooseFolder`. */
  'settings.set': defineRoute(
    z.strictObject({
      naming: settings.naming.unwrap().optional(),
      appearance: settings.appearance.unwrap().optional(),
      notifications: settings.notifications.unwrap().optional(),
      shortcuts: settings.shortcuts.unwrap().optional(),
      routes: settings.routes.unwrap().optional(),
      models: settings.models.unwrap().optional(),
      nights: settings.nights.unwrap().optional(),
      /** The program is chosen by dialog, see `nights.chooseProgram`. */
      whenDone: whenDoneSchema.omit({ program: true }).optional(),
      pauseOnBattery: z.boolean().optional(),
      taskbarProgress: z.boolean().optional(),
      keepAwake: z.boolean().optional(),
      closeToTray: z.boolean().optional(),
    }),
    gives<Settings>(),
  ),
  /** Asks by the system's dialog and stores the answer; null: the person closed it. */
  'settings.chooseFolder': defineRoute(
    z.strictObject({ folder: z.enum(['outDir', 'exportDir']) }),
    gives<Settings | null>(),
  ),
  /** Certificates to trust, by the system's dialog; null: the person closed it. */
  'settings.chooseCertificates': defineRoute(nothing, gives<Settings | null>()),
  'settings.resetCertificates': defineRoute(nothing, gives<Settings>()),
  /** Null: no feed. */
  'settings.setUpdateFeed': defineRoute(
    z.strictObject({ url: z.string().max(500).nullable() }),
    gives<Settings>(),
  ),
  'settings.resetFolder': defineRoute(
    z.strictObject({ folder: z.enum(['outDir', 'exportDir']) }),
    gives<Settings>(),
  ),
} as const
