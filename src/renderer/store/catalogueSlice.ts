import type { StateCreator } from 'zustand'

import type { ModelOption, ProviderOption } from '../../shared/domain/modelOption.ts'
import { ask } from '../ipc/client.ts'
import type { Store } from './store.ts'

export interface CatalogueSlice {
  readonly models: readonly ModelOption[]
  readonly providers: readonly ProviderOption[]
  readonly readCatalogue: () => Promise<void>
}

export const createCatalogueSlice: StateCreator<Store, [], [], CatalogueSlice> = (set) => ({
  models: [],
  providers: [],
  readCatalogue: async () => {
    const [models, providers] = await Promise.all([ask('models.list'), ask('providers.list')])
    if (models.ok) set({ models: models.data })
    if (providers.ok) set({ providers: providers.data })
  },
})
