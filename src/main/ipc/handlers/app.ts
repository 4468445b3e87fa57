import { join } from 'node:path'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { ipcError, type IpcError } from '../../../shared/ipc/ipcError.ts'
import { reportText } from '../report.ts'
import { appInfo, type AppServices } from '../services.ts'
import type { HandlersFor } from '../dispatch.ts'
import type { Settings } from '../../../shared/domain/settings.ts'
import type { UpdateAnswer } from '../../../shared/ipc/appInfo.ts'
import type { appRoutes } from '../../../shared/ipc/routes/app.ts'
import { newAddress } from './newAddress.ts'

export function appHandlers(services: AppServices): HandlersFor<typeof appRoutes> {
  const { settings, system } = services
  const setFolder = (folder: keyof Settings['folders'], path: string | null): Promise<Settings> =>
    settings.set(({ folders }) => ({ folders: { ...folders, [folder]: path } }))
  return {
    'app.info': () => ok(appInfo(services)),
    'app.retryEngine': async () => ok(await services.host.open()),
    'app.dismissNotice': ({ id }) => {
      services.notices.dismiss(id)
      return ok(undefined)
    },
    'app.openFolder': async ({ folder }) => {
      const { outDir, exportDir, logsDir, dataDir } = services.folders()
      const models = join(dataDir, 'models')
      const path = { out: outDir, exports: exportDir, logs: logsDir, data: dataDir, models }[folder]
      const problem = await system.openFolder(path)
      if (problem === null) return ok(undefined)
      return err(ipcError('SYSTEM_REFUSED', `${path} could not be opened: ${problem}.`))
    },
    'app.copyReport': () => copyReport(services),
    'app.licences': async () => ok(await services.licences()),
    'app.askForUpdate': () => askForUpdate(services),
    'app.quit': () => {
      services.quit()
      return ok(undefined)
    },
    'settings.get': () => ok(settings.get()),
    'settings.set': async ({ whenDone, ...patch }) => {
      if (whenDone === undefined) return ok(await settings.set(patch))
      const keeping = ({ whenDone: { program } }: Settings) => ({
        whenDone: { ...whenDone, program },
      })
      return ok(await settings.set((now) => ({ ...patch, ...keeping(now) })))
    },
    'settings.chooseFolder': async ({ folder }) => {
      const start = services.folders()[folder]
      const path = await system.pickFolder({ title: FOLDER_TITLES[folder], start })
      return ok(path === null ? null : await setFolder(folder, path))
    },
    'settings.chooseCertificates': () => chooseCertificates(services),
    'settings.resetCertificates': async () => ok(await settings.set({ network: { caFile: null } })),
    'settings.setUpdateFeed': ({ url }) => setFeed(services, url),
    'settings.resetFolder': async ({ folder }) => ok(await setFolder(folder, null)),
  }
}

async function setFeed(
  services: AppServices,
  url: string | null,
): Promise<Result<Settings, IpcError>> {
  const { settings } = services
  const detail = 'It is asked for the newest version, whenever you say so.'
  const address = url === null ? ok(null) : await newAddress(services, { url, detail })
  if (!address.ok) return address
  const isKept = url !== null && address.value === null
  return ok(isKept ? settings.get() : await settings.set({ updates: { feedUrl: address.value } }))
}

async function askForUpdate({
  settings,
  askFeed,
}: AppServices): Promise<Result<UpdateAnswer | null, IpcError>> {
  const { feedUrl } = settings.get().updates
  if (feedUrl === null) return ok(null)
  const asked = await askFeed(feedUrl)
  return asked.ok ? asked : err(ipcError('FEED_FAILED', asked.error.message))
}

/** Looked at before it is kept: a file without a certificate would trust nobody. */
async function chooseCertificates({
  system,
  settings,
  checkCertificates,
}: AppServices): Promise<Result<Settings | null, IpcError>> {
  const [path] = await system.pickFiles({
    title: 'Certificates to trust',
    kinds: [{ name: 'Certificates (PEM)', endings: ['pem', 'crt', 'cer'] }],
    many: false,
  })
  if (path === undefined) return ok(null)
  const checked = await checkCertificates(path)
  return checked.ok
    ? ok(await settings.set({ network: { caFile: path } }))
    : err(ipcError('BAD_INPUT', checked.error.message))
}

const FOLDER_TITLES = { outDir: 'Folder for new takes', exportDir: 'Folder for exports' } as const

/** Gives how many lines are in the clipboard now. */
async function copyReport(
  services: AppServices,
): Promise<Result<{ readonly lines: number }, IpcError>> {
  const reads = services.host.reads()
  const text = reportText({
    ...services.machine,
    at: services.now(),
    info: appInfo(services),
    desk: reads.ok ? reads.value.book.desk() : null,
    logLines: await services.logLines(),
    redact: (raw) => services.redact(raw),
  })
  const problem = await services.system.copyText(text)
  if (problem === null) return ok({ lines: text.trimEnd().split('\n').length })
  return err(ipcError('SYSTEM_REFUSED', `The clipboard took nothing: ${problem}.`))
}
