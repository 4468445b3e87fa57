import { defineRoute, gives, nothing } from '../route.ts'
import type { ModelOption, ProviderOption } from '../../domain/modelOption.ts'

export const catalogueRoutes = {
  /** Retired models too: they are shown and cannot be queued. */
  'models.list': defineRoute(nothing, gives<readonly ModelOption[]>()),
  'providers.list': defineRoute(nothing, gives<readonly ProviderOption[]>()),
} as const
