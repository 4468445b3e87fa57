import { err, ok } from '../../../shared/domain/result.ts'
import { ipcError } from '../../../shared/ipc/ipcError.ts'
import { appInfo, type AppServices } from '../services.ts'
import type { HandlersFor } from '../dispatch.ts'
import type { appRoutes } from '../../../shared/ipc/routes/app.ts'

export function appHandlers(services: AppServices): HandlersFor<typeof appRoutes> {
  const { settings, system } = services
  const setOutDir = (outDir: string | null) => settings.set({ folders: { outDir } })
  return {
    'app.info': () => ok(appInfo(services)),
    'app.retryEngine': async () => ok(await services.host.open()),
    'app.dismissNotice': ({ id }) => {
      services.notices.dismiss(id)
      return ok(undefined)
    },
    'app.openFolder': async ({ folder }) => {
      const { outDir, logsDir, dataDir } = services.folders()
      const path = { out: outDir, logs: logsDir, data: dataDir }[folder]
      const problem = await system.openFolder(path)
      if (problem === null) return ok(undefined)
      return err(ipcError('SYSTEM_REFUSED', `${path} could not be opened: ${problem}.`))
    },
    'app.quit': () => {
      services.quit()
      return ok(undefined)
    },
    'settings.get': () => ok(settings.get()),
    'settings.set': (patch) => ok(settings.set(patch)),
    'settings.chooseFolder': async () => {
      const start = services.folders().outDir
      const path = await system.pickFolder({ title: 'Folder for new takes', start })
      return ok(path === null ? null : setOutDir(path))
    },
    'settings.resetFolder': () => ok(setOutDir(null)),
  }
}
