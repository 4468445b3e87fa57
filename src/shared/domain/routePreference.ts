import { z } from 'zod'
import { providerIdSchema } from './ids.ts'

/** Which way is taken where a row names a model and no provider. Ways with a key come first in each. */
export const routePreferenceSchema = z.object({
  by: z
    .enum([
      'listed', // providers in the order below, the others as the catalogue lists them
      'price', // the lowest price of the very request
      'speed', // the shortest measured time of renders on this machine's own account
    ])
    .default('listed'),
  /** Kept while another order is chosen. */
  providers: z.array(providerIdSchema).max(40).default([]),
})

export type RoutePreference = z.infer<typeof routePreferenceSchema>

export const AS_LISTED: RoutePreference = Object.freeze({ by: 'listed', providers: [] })
