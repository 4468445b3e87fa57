import { join } from 'node:path'
import type { AppPaths } from './storage/appPaths.ts'
import { openAppEngine, openAppReader, type AppComposeOptions } from './composeApp.ts'
import { createLog, type Log } from './log.ts'
import { redact } from './providers/http/redact.ts'
import { openSettingsStore, type SettingsStore } from './storage/settingsStore.ts'
import { systemChance } from './systemClock.ts'
import { startDesktop, type Desktop, type DesktopOptions } from './window/desktop.ts'

export interface DesktopParts extends Pick<DesktopOptions, 'window' | 'memory' | 'handed'> {
  readonly paths: AppPaths
  /** Folder of the catalogue, fonts, samples and icons. */
  readonly resources: string
  readonly appVersion: string
  /** The log is there: what happened before it can be written down, too. */
  readonly onLog: (log: Log) => void
}

/**
 * Everything behind the window. Loaded while the page loads, since the libraries in here take longer
 * than Electron itself.
 */
export function composeDesktop(parts: DesktopParts): Desktop {
  const { paths, resources } = parts
  const log = createLog({
    logsDir: paths.logs,
    level: process.env['DAILIES_LOG'],
    redact: (text) => redact(text, null),
  }).child({ area: 'window' })
  parts.onLog(log)
  const settings = openSettingsStore(paths.dataDir, Date.now)
  const compose = composeOptions(parts, settings)
  const { exportDir } = compose
  return startDesktop({
    window: parts.window,
    memory: parts.memory,
    handed: parts.handed,
    open: () => openAppEngine(compose),
    openReader: () => openAppReader(compose),
    settings,
    log,
    folders: () => ({
      dataDir: paths.dataDir,
      outDir: compose.outDir() ?? paths.media,
      exportDir: exportDir(),
      logsDir: paths.logs,
    }),
    trayIcon: `${resources}/icon/tray.png`,
    newId: () => systemChance.newId('take').slice('take_'.length),
  })
}

function composeOptions(
  { paths, resources, appVersion }: DesktopParts,
  settings: SettingsStore,
): AppComposeOptions {
  const outDir = (): string | null => settings.get().folders.outDir
  return {
    dataDir: paths.dataDir,
    face: 'app',
    appVersion,
    resources,
    env: process.env,
    outDir,
    exportDir: () => settings.get().folders.exportDir ?? join(outDir() ?? paths.media, 'Exports'),
    settings: () => ({
      ffmpegPath: null,
      namingTemplate: settings.get().naming.template,
      mediaDir: outDir(),
      providers: {},
      keys: () => [],
    }),
  }
}
