import type { StateCreator } from 'zustand'

import type { ProviderId } from '../../shared/domain/ids.ts'
import type { ProviderDesk } from '../../shared/domain/providerKey.ts'
import { act } from './notify.ts'
import type { Store } from './store.ts'

export interface ProvidersSlice {
  /** Null until the settings or a question about keys needed it. */
  readonly desk: ProviderDesk | null
  /** The dialog for a new key; its provider null: the person chooses. */
  readonly keyDialog: { readonly provider: ProviderId | null } | null
  /** Opened when the settings are shown next. */
  readonly providerWanted: ProviderId | null
  readonly readDesk: () => Promise<void>
  /** Goes to the settings of one provider; null: it was shown. */
  readonly showProvider: (provider: ProviderId | null) => void
  /** Something about keys, base URLs or limits changed: read again what the page shows of it. */
  readonly providersChanged: () => void
  /** Work went on: what is out and what was spent may be other figures now. */
  readonly workWentOn: () => void
  readonly addKey: (provider: ProviderId | null) => void
  readonly closeKeyDialog: () => void
}

export const createProvidersSlice: StateCreator<Store, [], [], ProvidersSlice> = (set, get) => ({
  desk: null,
  keyDialog: null,
  providerWanted: null,
  showProvider: (provider) =>
    set(
      provider === null
        ? { providerWanted: null }
        : { providerWanted: provider, screen: 'settings' },
    ),
  readDesk: async () => {
    const answer = await act('Keys and providers cannot be shown.', 'providers.desk')
    if (answer.ok) set({ desk: answer.data })
  },
  providersChanged: () => {
    void get().readCatalogue()
    if (get().desk !== null) void get().readDesk()
  },
  workWentOn: () => {
    if (get().desk !== null && get().screen === 'settings') void get().readDesk()
  },
  addKey: (provider) => {
    set({ keyDialog: { provider } })
    void get().readDesk()
  },
  closeKeyDialog: () => set({ keyDialog: null }),
})
