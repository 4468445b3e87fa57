import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { app } from 'electron'
import { openAppEngine, openAppReader, type AppComposeOptions } from './composeApp.ts'
import { createLog } from './log.ts'
import { redact } from './providers/http/redact.ts'
import { appPaths, dataDirFrom, makeDataDir, type AppPaths } from './storage/appPaths.ts'
import { openSettingsStore, type SettingsStore } from './storage/settingsStore.ts'
import { systemChance } from './systemClock.ts'
import { catchCrashes } from './window/crashHooks.ts'
import { startDesktop, type Desktop } from './window/desktop.ts'
import { guardContents } from './window/guards.ts'
import { endWithMessage, isOnlyInstance, quitAfter } from './window/lifecycle.ts'
import { registerSchemes } from './window/pageProtocol.ts'

const isTest = process.env['NODE_ENV'] === 'test'
let desktop: Desktop | null = null

start()

function start(): void {
  const { values } = parseArgs({
    args: process.argv.slice(1),
    options: { 'data-dir': { type: 'string' } },
    // Chromium's own switches and the path of the app stand here too.
    strict: false,
  })
  const option = typeof values['data-dir'] === 'string' ? values['data-dir'] : undefined
  const paths = appPaths(dataDirFrom({ option, env: process.env }))
  const made = makeDataDir(paths)
  if (!made.ok) return endWithMessage(made.error.message, isTest)
  // Chromium's profile and the single-instance lock belong to the data folder, too.
  app.setPath('userData', join(paths.dataDir, 'window'))
  if (!isOnlyInstance(() => desktop?.show())) {
    process.stderr.write('Dailies is open on this data folder already; its window is shown.\n')
    return app.exit(0)
  }
  registerSchemes()
  guardContents()
  quitAfter(async () => desktop?.close())
  app.on('activate', () => desktop?.show())
  void app.whenReady().then(() => {
    desktop = open(paths)
  })
}

function open(paths: AppPaths): Desktop {
  const log = createLog({
    logsDir: paths.logs,
    level: process.env['DAILIES_LOG'],
    redact: (text) => redact(text, null),
  }).child({ area: 'window' })
  catchCrashes({ log, logsDir: paths.logs, isQuiet: isTest })
  const settings = openSettingsStore(paths.dataDir, Date.now)
  const compose = composeOptions(paths, settings)
  const out = join(app.getAppPath(), 'out')
  const icons = join(compose.resources, 'icon')
  return startDesktop({
    open: () => openAppEngine(compose),
    openReader: () => openAppReader(compose),
    settings,
    log,
    folders: () => ({
      dataDir: paths.dataDir,
      outDir: compose.outDir() ?? paths.media,
      logsDir: paths.logs,
    }),
    files: {
      page: join(out, 'renderer'),
      preload: join(out, 'preload', 'index.cjs'),
      icon: join(icons, 'icon.png'),
      trayIcon: join(icons, 'tray.png'),
    },
    newId: () => systemChance.newId('take').slice('take_'.length),
  })
}

function composeOptions(paths: AppPaths, settings: SettingsStore): AppComposeOptions {
  const outDir = (): string | null => settings.get().folders.outDir
  return {
    dataDir: paths.dataDir,
    face: 'app',
    appVersion: app.getVersion(),
    resources: join(app.getAppPath(), 'resources'),
    env: process.env,
    outDir,
    settings: () => ({
      ffmpegPath: null,
      namingTemplate: settings.get().naming.template,
      mediaDir: outDir(),
      providers: {},
      keys: () => [],
    }),
  }
}
