import type { AppInfo, Licence, Notice, UpdateAnswer } from '../../shared/ipc/appInfo.ts'
import type { Result } from '../../shared/domain/result.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import type { NightsView } from '../../shared/domain/whenDone.ts'
import { err, ok } from '../../shared/domain/result.ts'
import { ipcError, type IpcError } from '../../shared/ipc/ipcError.ts'
import type { SheetReader } from '../library/batchFile/sheetReader.ts'
import type { KeyStore } from '../storage/keys/keyStore.ts'
import type { SettingsChange } from '../storage/settingsStore.ts'
import type { AppEngine, AppReads } from './appEngine.ts'
import type { Drops } from './drops.ts'
import type { EngineHost } from './engineHost.ts'
import type { Publisher } from './publish.ts'
import type { SystemPort } from './systemPort.ts'

/** Everything that the handlers work with. */
export interface AppServices {
  readonly host: EngineHost
  readonly settings: AppSettings
  readonly keys: KeyStore
  readonly sheets: SheetReader
  readonly checkBaseUrl: (text: string) => Result<string, { readonly message: string }>
  /** Whether it leads to this machine or its own network. */
  readonly isLocalUrl: (url: string) => boolean
  /** Whether the file holds certificates. */
  readonly checkCertificates: (
    path: string,
  ) => Promise<Result<unknown, { readonly message: string }>>
  /** The newest version that an update feed names. */
  readonly askFeed: (feedUrl: string) => Promise<Result<UpdateAnswer, { readonly message: string }>>
  readonly system: SystemPort
  readonly drops: Drops
  readonly notices: Notices
  readonly publisher: Publisher
  readonly folders: () => Pick<AppInfo, 'dataDir' | 'outDir' | 'exportDir' | 'logsDir'>
  readonly versions: Pick<AppInfo, 'version' | 'electron' | 'platform'>
  readonly nights: NightsPort
  /** The end of the log, oldest line first. */
  readonly logLines: () => Promise<readonly string[]>
  /** Takes every key out of a text. */
  readonly redact: (text: string) => string
  /** Operating system and processor, for reports. */
  readonly machine: { readonly system: string; readonly home: string }
  readonly licences: () => Promise<readonly Licence[]>
  readonly now: () => number
  readonly quit: () => void
}

/** What the page may ask of the night beyond its settings. */
export interface NightsPort {
  view(): NightsView
  stopCountdown(): void
  /** Writes the report of the running or last night; its path, or why not. */
  writeReport(): Promise<Result<string, IpcError>>
}

export interface AppSettings {
  get(): Settings
  set(change: SettingsChange): Promise<Settings>
}

export interface Notices {
  list(): readonly Notice[]
  add(notice: Notice): void
  dismiss(id: string): void
}

export const createNotices = (onChange: () => void): Notices => {
  let notices: readonly Notice[] = []
  return {
    list: () => notices,
    add(notice) {
      notices = [...notices.filter(({ id }) => id !== notice.id), notice]
      onChange()
    },
    dismiss(id) {
      notices = notices.filter((notice) => notice.id !== id)
      onChange()
    },
  }
}

export const appInfo = (services: AppServices): AppInfo => ({
  ...services.versions,
  ...services.folders(),
  engine: services.host.state(),
  notices: services.notices.list(),
})

/** Answers a request that only looks; refused while there is nothing to look at. */
export function looking<T>(
  { host }: AppServices,
  answer: (reads: AppReads) => T,
): Result<T, IpcError> {
  const reads = host.reads()
  return reads.ok ? ok(answer(reads.value)) : reads
}

/** The same for what may be missing. */
export function lookingFor<T>(
  services: AppServices,
  what: string,
  answer: (reads: AppReads) => T | null,
): Result<T, IpcError> {
  const looked = looking(services, answer)
  return looked.ok ? found(what, looked.value) : looked
}

/** The same for what takes its time, or may be refused. */
export async function inquiring<T>(
  { host }: AppServices,
  answer: (reads: AppReads) => Promise<Result<T, IpcError>>,
): Promise<Result<T, IpcError>> {
  const reads = host.reads()
  return reads.ok ? answer(reads.value) : reads
}

/** Carries out a request that changes something; refused while another engine holds the data folder. */
export async function working<T>(
  { host }: AppServices,
  act: (engine: AppEngine) => Promise<T> | T,
): Promise<Result<T, IpcError>> {
  const works = host.works()
  return works.ok ? ok(await act(works.value)) : works
}

/** The same for acts that may be refused. */
export async function trying<T>(
  { host }: AppServices,
  act: (engine: AppEngine) => Promise<Result<T, IpcError>> | Result<T, IpcError>,
): Promise<Result<T, IpcError>> {
  const works = host.works()
  return works.ok ? act(works.value) : works
}

/** Null: it is not there any more. */
export const found = <T>(what: string, value: T | null): Result<T, IpcError> =>
  value === null ? err(notFound(what)) : ok(value)

export const notFound = (what: string): IpcError =>
  ipcError('NOT_FOUND', `This ${what} is not there any more.`)
