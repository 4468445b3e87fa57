import { z } from 'zod'
import { providerIdSchema } from './ids.ts'
import { DEFAULT_NAMING } from './naming.ts'
import { providerSettingsSchema } from './providerKey.ts'
import { routePreferenceSchema } from './routePreference.ts'
import { nightPlanSchema } from './nightPlan.ts'
import { whenDoneSchema } from './whenDone.ts'

/** Everything a person can set. Each part falls back to its default, so that an older file still reads. */
export const settingsSchema = z.object({
  folders: z
    .object({
      /** Where takes go; null: the media folder inside the data folder. */
      outDir: z.string().nullable().default(null),
      /** Where exports go; null: the folder Exports beside the takes. */
      exportDir: z.string().nullable().default(null),
    })
    .prefault({}),
  naming: z
    .object({
      /** File name of a take, without its ending. */
      template: z.string().trim().min(1).max(300).default(DEFAULT_NAMING),
    })
    .prefault({}),
  appearance: z
    .object({
      theme: z.enum(['system', 'dark', 'light']).default('system'),
      density: z.enum(['comfortable', 'compact']).default('comfortable'),
      /** `system` follows the system's own wish. */
      reducedMotion: z.enum(['system', 'always']).default('system'),
    })
    .prefault({}),
  notifications: z
    .object({
      batchFinished: z.boolean().default(true),
      needsYou: z.boolean().default(true),
    })
    .prefault({}),
  /** Keys of commands that the person changed, by id; an empty list: none. */
  shortcuts: z.record(z.string().max(60), z.array(z.string().min(1).max(40)).max(4)).default({}),
  /** Base URLs, limits and switches. Keys are kept elsewhere. */
  providers: z.record(providerIdSchema, providerSettingsSchema).default({}),
  routes: z
    .object({
      /** Which way is taken where a row names a model and no provider. */
      prefer: routePreferenceSchema.prefault({}),
      /** Jobs that were never sent go another way to their model where theirs is held. */
      fallOver: z.boolean().default(false),
    })
    .prefault({}),
  network: z
    .object({
      /** Certificates to trust beside the built-in ones, in PEM; null: none. */
      caFile: z.string().nullable().default(null),
    })
    .prefault({}),
  updates: z
    .object({
      /** Where a newer version is asked for, when the person asks; null: nowhere. */
      feedUrl: z.string().nullable().default(null),
    })
    .prefault({}),
  models: z
    .object({
      /** Ask providers once a day what they offer, as far as their key is here. */
      refreshDaily: z.boolean().default(true),
    })
    .prefault({}),
  /** When work for the night is sent. */
  nights: nightPlanSchema.prefault({}),
  whenDone: whenDoneSchema.prefault({}),
  /** Send nothing new while the machine runs on its battery. */
  pauseOnBattery: z.boolean().default(false),
  /** Progress and what needs the person on the app's icon. */
  taskbarProgress: z.boolean().default(true),
  /** Keep the machine awake while work is left, and only then. */
  keepAwake: z.boolean().default(true),
  /** Closing the window leaves the queue running in the tray. */
  closeToTray: z.boolean().default(true),
  /** What a person has seen once and need not see again. */
  seen: z.object({ trayNotice: z.boolean().default(false) }).prefault({}),
})

export type Settings = z.infer<typeof settingsSchema>
