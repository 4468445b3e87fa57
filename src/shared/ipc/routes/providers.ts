import { z } from 'zod'
import { credentialIdSchema, providerIdSchema } from '../../domain/ids.ts'
import {
  providerSettingsSchema,
  type KeyTest,
  type ProviderDesk,
} from '../../domain/providerKey.ts'
import { defineRoute, gives, nothing } from '../route.ts'

const key = { provider: providerIdSchema, id: credentialIdSchema }
const name = z.string().trim().min(1).max(60)
const limits = providerSettingsSchema.shape

export const providerRoutes = {
  'providers.desk': defineRoute(nothing, gives<ProviderDesk>()),
  /** The key goes in here and comes out nowhere. Gives its id. */
  'keys.add': defineRoute(
    z.strictObject({
      provider: providerIdSchema,
      name,
      apiKey: z.string().max(4000),
      /** Asked for where the system has no keyring. */
      place: z.enum(['session', 'file']).nullable(),
    }),
    gives<{ readonly id: string }>(),
  ),
  'keys.rename': defineRoute(z.strictObject({ ...key, name }), gives<void>()),
  /** To that place in the order of use, from 0. */
  'keys.move': defineRoute(z.strictObject({ ...key, to: z.int().min(0).max(200) }), gives<void>()),
  'keys.remove': defineRoute(z.strictObject(key), gives<void>()),
  /** By a call that costs nothing. */
  'keys.test': defineRoute(z.strictObject(key), gives<KeyTest>()),
  /** Null puts back the environment's or the default. */
  'providers.setBaseUrl': defineRoute(
    z.strictObject({
      provider: providerIdSchema,
      name: z.string().max(40),
      url: z.string().trim().max(500).nullable(),
    }),
    gives<void>(),
  ),
  'providers.setLimits': defineRoute(
    z.strictObject({
      provider: providerIdSchema,
      concurrency: limits.concurrency.unwrap(),
      createsPerMinute: limits.createsPerMinute.unwrap(),
    }),
    gives<void>(),
  ),
  'providers.setOptions': defineRoute(
    z.strictObject({ provider: providerIdSchema, options: limits.options.unwrap() }),
    gives<void>(),
  ),
} as const
