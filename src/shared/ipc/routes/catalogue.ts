import { z } from 'zod'
import { modelIdSchema } from '../../domain/ids.ts'
import { defineRoute, gives, nothing } from '../route.ts'
import type { CatalogueView, ProviderAsked } from '../../domain/catalogueView.ts'
import type { ModelOption, ProviderOption } from '../../domain/modelOption.ts'

export const catalogueRoutes = {
  /** Retired models too: they are shown and cannot be queued. */
  'models.list': defineRoute(nothing, gives<readonly ModelOption[]>()),
  'providers.list': defineRoute(nothing, gives<readonly ProviderOption[]>()),
  /** With every price, its day and its source, and what is wrong with files of the person's own. */
  'models.catalogue': defineRoute(nothing, gives<CatalogueView>()),
  /** Reads all files again. */
  'models.reload': defineRoute(nothing, gives<CatalogueView>()),
  /** Asks providers for their lists, a call that costs nothing; then the catalogue with what they said. */
  'models.askProviders': defineRoute(
    nothing,
    gives<{ readonly view: CatalogueView; readonly asked: readonly ProviderAsked[] }>(),
  ),
  /** Begins a file of one's own prices for a model and shows it in the file manager. */
  'models.startPrices': defineRoute(z.strictObject({ model: modelIdSchema }), gives<void>()),
} as const
