import type { StateCreator } from 'zustand'

import type { Settings } from '../../shared/domain/settings.ts'
import type { AppInfo } from '../../shared/ipc/appInfo.ts'
import type { Screen } from '../../shared/ipc/commands.ts'
import type { InputOf } from '../../shared/ipc/routes.ts'
import { ask } from '../ipc/client.ts'
import { act } from './notify.ts'
import type { Store } from './store.ts'

export interface AppSlice {
  readonly info: AppInfo | null
  readonly settings: Settings | null
  readonly screen: Screen
  readonly overlay: 'none' | 'palette' | 'keys' | 'licences' | 'nights'
  /** Said by the live region; a counter makes the same words heard twice. */
  readonly spoken: { readonly text: string; readonly count: number }

  readonly infoArrived: (info: AppInfo) => void
  readonly settingsArrived: (settings: Settings) => void
  readonly go: (screen: Screen) => void
  readonly showOverlay: (overlay: AppSlice['overlay']) => void
  readonly say: (text: string) => void
  readonly changeSettings: (change: InputOf<'settings.set'>) => Promise<void>
  readonly retryEngine: () => Promise<void>
  readonly dismissNotice: (id: string) => Promise<void>
}

export const createAppSlice: StateCreator<Store, [], [], AppSlice> = (set, get) => ({
  info: null,
  settings: null,
  screen: 'draft',
  overlay: 'none',
  spoken: { text: '', count: 0 },

  infoArrived: (info) => set({ info }),
  settingsArrived: (settings) => {
    const before = JSON.stringify(get().settings?.routes)
    set({ settings })
    if (before === undefined || before === JSON.stringify(settings.routes)) return
    // Another order of ways: what the picker and the rows of a draft say of them is old.
    void get().readCatalogue()
    get().checkSoon()
  },
  go: (screen) => set({ screen, overlay: 'none' }),
  showOverlay: (overlay) => set({ overlay }),
  say: (text) => set({ spoken: { text, count: get().spoken.count + 1 } }),
  changeSettings: async (change) => {
    const answer = await act('The setting was not saved.', 'settings.set', change)
    if (answer.ok) get().settingsArrived(answer.data)
  },
  retryEngine: async () => {
    const answer = await ask('app.retryEngine')
    const { info } = get()
    if (answer.ok && info !== null) set({ info: { ...info, engine: answer.data } })
  },
  dismissNotice: async (id) => {
    const { info } = get()
    if (info !== null) {
      set({ info: { ...info, notices: info.notices.filter((notice) => notice.id !== id) } })
    }
    await ask('app.dismissNotice', { id })
  },
})
