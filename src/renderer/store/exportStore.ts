import { create } from 'zustand'
import { persist } from 'zustand/middleware'

import type { ExportSettings, ExportView } from '../../shared/domain/export.ts'
import { USUAL_EXPORT } from '../../shared/domain/usualExport.ts'
import { ask, listen } from '../ipc/client.ts'
import { act, notify, notifyFailure } from './notify.ts'
import { plural } from '../ui/format.ts'

/** Which takes go out: the chosen one, the picked ones of the view, or all that it shows. */
export type ExportScope = 'chosen' | 'picked' | 'shown'

interface ExportStore {
  readonly isOpen: boolean
  readonly scope: ExportScope
  readonly settings: ExportSettings
  /** Latest first. */
  readonly exports: readonly ExportView[]
  readonly open: (isOpen: boolean) => void
  readonly setScope: (scope: ExportScope) => void
  readonly set: (change: Partial<ExportSettings>) => void
  readonly exportsArrived: (exports: readonly ExportView[]) => void
}

export const useExports = create<ExportStore>()(
  persist(
    (set, get) => ({
      isOpen: false,
      scope: 'chosen',
      settings: USUAL_EXPORT,
      exports: [],
      open: (isOpen) => set({ isOpen }),
      setScope: (scope) => set({ scope }),
      set: (change) => set({ settings: { ...get().settings, ...change } }),
      exportsArrived: (exports) => {
        const before = get().exports
        set({ exports })
        for (const now of exports) {
          const was = before.find(({ id }) => id === now.id)
          // An open dialog says it itself.
          if (was?.state === 'running' && now.state !== 'running' && !get().isOpen) tellEnd(now)
        }
      },
    }),
    {
      name: 'dailies.export',
      version: 1,
      // As `useView`: see `restoreKept`.
      skipHydration: true,
      partialize: ({ settings }) => ({ settings }),
      merge: (kept, fresh) => ({
        ...fresh,
        settings: { ...fresh.settings, ...(kept as Partial<ExportStore> | undefined)?.settings },
      }),
    },
  ),
)

function tellEnd({ id, state, written, failed, failures }: ExportView): void {
  const files = plural(written, 'file')
  if (failed > 0) {
    const [first] = failures
    notifyFailure(`${plural(failed, 'file')} could not be exported.`, first?.message ?? '')
  }
  if (written === 0) return
  notify({
    text: state === 'cancelled' ? `Stopped; ${files} were whole.` : `${files} exported.`,
    action: { label: 'Open folder', run: () => void openExportFolder(id) },
  })
}

export const openExportFolder = (exportId: ExportView['id']): Promise<unknown> =>
  act('The folder was not opened.', 'exports.openFolder', { exportId })

/** What is whole stays; nothing half-written does. */
export const stopExport = (exportId: ExportView['id']): Promise<unknown> =>
  act('The export was not stopped.', 'exports.cancel', { exportId })

/** Follows exports while the app is open. Returns its unsubscribe. */
export function followExports(): () => void {
  const { exportsArrived } = useExports.getState()
  void ask('exports.list').then((answer) => {
    if (answer.ok) exportsArrived(answer.data)
  })
  return listen('exports.changed', ({ data }) => exportsArrived(data))
}
