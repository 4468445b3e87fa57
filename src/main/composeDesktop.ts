import { homedir, release, type } from 'node:os'
import { join } from 'node:path'
import { NO_PROVIDER_SETTINGS } from '../shared/domain/providerKey.ts'
import type { Notice } from '../shared/ipc/appInfo.ts'
import type { AppPaths } from './storage/appPaths.ts'
import { openAppEngine, openAppReader, type AppComposeOptions } from './composeApp.ts'
import { takeEnvironment, withoutKeysOf, type Environment } from './composeEnvironment.ts'
import { openHttp } from './composeParts.ts'
import { createLog, readLogEnd, type Log } from './log.ts'
import { credentialOf } from './providers/credentialId.ts'
import { sheetReaderAside } from './library/batchFile/sheetReader.ts'
import { checkBaseUrl, isLocalHost } from './providers/http/urlRules.ts'
import { readExtraCa } from './providers/http/trust.ts'
import { proxyFromSystem } from './providers/http/proxy.ts'
import { openKeyStore, type KeyStore } from './storage/keys/keyStore.ts'
import { systemKeyring } from './storage/secrets.ts'
import { openSettingsStore, type SettingsStore } from './storage/settingsStore.ts'
import type { TestClock } from '../shared/domain/testClock.ts'
import { newUlid } from './systemClock.ts'
import { isOnBattery } from './window/power.ts'
import { systemProxy } from './window/systemProxy.ts'
import { askFeed } from './window/updateFeed.ts'
import { startDesktop, type Desktop, type DesktopOptions } from './window/desktop.ts'

export interface DesktopParts extends Pick<DesktopOptions, 'window' | 'memory' | 'handed'> {
  readonly paths: AppPaths
  /** Folder of the catalogue, fonts, samples and icons. */
  readonly resources: string
  /** File of the thread that reads batch files. */
  readonly sheetWorker: string
  readonly appVersion: string
  readonly testClock: TestClock
  /** The log is there: what happened before it can be written down, too. */
  readonly onLog: (log: Log) => void
}

/**
 * Everything behind the window. Loaded while the page loads, since the libraries in here take longer
 * than Electron itself.
 */
export function composeDesktop(parts: DesktopParts): Desktop {
  const { paths, resources } = parts
  const env = takeEnvironment()
  const keys = keysIn(paths)
  const withoutKeys = withoutKeysOf(env, () => keys.secrets())
  const level = env['DAILIES_LOG']
  const wholeLog = createLog({ logsDir: paths.logs, level, redact: withoutKeys })
  const log = wholeLog.child({ area: 'window' })
  parts.onLog(log)
  const settings = openSettingsStore(paths.dataDir, Date.now)
  const compose = composeOptions(parts, { settings, keys, env, log: wholeLog })
  return startDesktop({
    window: parts.window,
    memory: parts.memory,
    handed: parts.handed,
    open: () => openAppEngine(compose),
    openReader: () => openAppReader(compose),
    settings,
    provided: provided(paths, { keys, compose, redact: withoutKeys, log }),
    notices: noticesOf({ settings: settings.notice, keys: keys.notice }),
    log,
    trayIcon: `${resources}/icon/tray.png`,
    after: (ms, fn) => {
      const timer = setTimeout(fn, ms / parts.testClock.timeScale)
      return () => clearTimeout(timer)
    },
    newId: newUlid,
  })
}

interface Providing {
  readonly keys: KeyStore
  readonly compose: AppComposeOptions
  readonly redact: (text: string) => string
  readonly log: Log
}

const provided = (
  paths: AppPaths,
  { keys, compose, redact: withoutKeys, log }: Providing,
): DesktopOptions['provided'] => ({
  keys,
  checkBaseUrl,
  isLocalUrl: (url) => isLocalHost(new URL(url)),
  checkCertificates: (path) => readExtraCa([path]),
  askFeed: (feedUrl) => askFeedOnce(feedUrl, compose, log),
  sheets: compose.sheets,
  redact: withoutKeys,
  logLines: () => readLogEnd(paths.logs),
  machine: { system: `${type()} ${release()} ${process.arch}`, home: homedir() },
  folders: () => ({
    dataDir: paths.dataDir,
    outDir: compose.outDir() ?? paths.media,
    exportDir: compose.exportDir(),
    logsDir: paths.logs,
  }),
})

/** Seldom asked: its connection goes with the answer. */
async function askFeedOnce(
  feedUrl: string,
  compose: AppComposeOptions,
  log: Log,
): ReturnType<DesktopOptions['provided']['askFeed']> {
  const http = openHttp(compose, log)
  const { platform, arch } = process
  try {
    return await askFeed(http, feedUrl, { version: compose.appVersion, platform, arch })
  } finally {
    await http.close()
  }
}

const keysIn = (paths: AppPaths): KeyStore =>
  openKeyStore({ path: paths.keys, keyring: systemKeyring, idOf: credentialOf, now: Date.now })

const noticesOf = (found: Readonly<Record<string, string | null>>): readonly Notice[] =>
  Object.entries(found).flatMap(([id, message]) => (message === null ? [] : [{ id, message }]))
const ON_BATTERY = {
  code: 'onBattery',
  message:
    'The machine runs on its battery. What runs is finished; the rest goes on by itself when it is plugged in.',
} as const

interface OpenedHere {
  readonly settings: SettingsStore
  readonly keys: KeyStore
  readonly env: Environment
  readonly log: Log
}

function composeOptions(
  { paths, resources, sheetWorker, appVersion, testClock }: DesktopParts,
  { settings, keys, env, log }: OpenedHere,
): AppComposeOptions {
  const outDir = (): string | null => settings.get().folders.outDir
  return {
    dataDir: paths.dataDir,
    face: 'app',
    proxyOf: proxyFromSystem(env, systemProxy),
    appVersion,
    resources,
    env,
    log,
    outDir,
    sheets: sheetReaderAside(sheetWorker),
    exportDir: () => settings.get().folders.exportDir ?? join(outDir() ?? paths.media, 'Exports'),
    keys,
    providerSettings: (id) => settings.get().providers[id] ?? NO_PROVIDER_SETTINGS,
    nightPlan: () => settings.get().nights,
    guard: () => (settings.get().pauseOnBattery && isOnBattery() ? ON_BATTERY : null),
    ...testClock,
    settings: () => ({
      ffmpegPath: null,
      namingTemplate: settings.get().naming.template,
      mediaDir: outDir(),
      providers: settings.get().providers,
      caFile: settings.get().network.caFile,
      prefer: settings.get().routes.prefer,
      fallOver: settings.get().routes.fallOver,
      keys: (provider) => keys.usable(provider),
      allKeys: () => keys.secrets(),
    }),
  }
}
