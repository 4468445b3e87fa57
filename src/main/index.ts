import { join } from 'node:path'
import { inspect, parseArgs } from 'node:util'
import { app, Menu } from 'electron'
import { openRouter } from './ipc/router.ts'
import { isTrustedSender } from './ipc/validateSender.ts'
import { outsideArchive } from './media/outsideArchive.ts'
import { appPaths, dataDirFrom, makeDataDir, type AppPaths } from './storage/appPaths.ts'
import { readTestClock, type TestClock } from '../shared/domain/testClock.ts'
import { catchCrashes, reloadCrashedPage, type CrashLog } from './window/crashHooks.ts'
import type { Desktop } from './window/desktop.ts'
import { drawByWhatThereIs } from './window/drawing.ts'
import { guardContents, guardSession } from './window/guards.ts'
import { createHandedFiles } from './window/handedFiles.ts'
import { endWithMessage, isOnlyInstance, quitAfter } from './window/lifecycle.ts'
import { createMainWindow, type MainWindow } from './window/mainWindow.ts'
import { serveMedia } from './window/mediaProtocol.ts'
import { openWindowMemory } from './window/windowMemory.ts'
import { PAGE_ORIGIN, registerSchemes, servePage } from './window/pageProtocol.ts'
import { isSandboxKept, whyUnsafe } from './window/sandbox.ts'

// Only what the window needs is loaded here; the rest follows while the page loads.
interface Shell {
  readonly window: MainWindow
  readonly started: Promise<Desktop>
}

const isTest = process.env['NODE_ENV'] === 'test'
let shell: Shell | null = null
const handed = createHandedFiles()
let log: CrashLog = {
  error: (details, message) => process.stderr.write(`${message} ${inspect(details)}\n`),
}

start()

function start(): void {
  const { values } = parseArgs({
    args: process.argv.slice(1),
    options: { 'data-dir': { type: 'string' } },
    // Chromium's own switches and the path of the app stand here too.
    strict: false,
  })
  const option = typeof values['data-dir'] === 'string' ? values['data-dir'] : undefined
  const testClock = readTestClock(process.env)
  if (!testClock.ok) return void endWithMessage(testClock.error, isTest)
  const paths = appPaths(dataDirFrom({ option, env: process.env }))
  const made = makeDataDir(paths)
  if (!made.ok) return void endWithMessage(made.error.message, isTest)
  // Chromium's profile and the single-instance lock belong to the data folder, too.
  app.setPath('userData', join(paths.dataDir, 'window'))
  const withoutSandbox = app.commandLine.hasSwitch('no-sandbox')
  const unsafe = whyUnsafe({ withoutSandbox, uid: process.getuid?.(), isKept: isSandboxKept() })
  if (unsafe !== null) return void endWithMessage(unsafe, isTest)
  handed.add(process.argv, process.cwd())
  app.on('open-file', (event, path) => {
    event.preventDefault()
    handed.add([path], '/')
  })
  const isOnly = isOnlyInstance((args, folder) => {
    handed.add(args, folder)
    shell?.window.show()
  })
  if (!isOnly) {
    process.stderr.write('Dailies is open on this data folder already; its window is shown.\n')
    return app.exit(0)
  }
  const late: CrashLog = { error: (details, message) => log.error(details, message) }
  catchCrashes({ log: late, logsDir: paths.logs, isQuiet: isTest })
  // Ours comes with the rest of the desktop; Electron's would be built first, for nothing.
  Menu.setApplicationMenu(null)
  drawByWhatThereIs()
  registerSchemes()
  guardContents()
  quitAfter(async () => (await shell?.started)?.close())
  app.on('activate', () => shell?.window.show())
  void app.whenReady().then(() => {
    shell = openShell({ paths, late, testClock: testClock.value })
  })
}

interface ShellParts {
  readonly paths: AppPaths
  readonly late: CrashLog
  readonly testClock: TestClock
}

function openShell({ paths, late, testClock }: ShellParts): Shell {
  // ffmpeg reads the fonts in there.
  const resources = outsideArchive(join(app.getAppPath(), 'resources'))
  const out = join(app.getAppPath(), 'out')
  const memory = openWindowMemory(join(paths.dataDir, 'window.json'))
  const window = createMainWindow({
    preload: join(out, 'preload', 'index.cjs'),
    icon: join(resources, 'icon', 'icon.png'),
    memory,
    onOpened: (contents) => reloadCrashedPage(contents, late),
  })
  guardSession()
  const pageServed = servePage(join(out, 'renderer'))
  const appVersion = app.getVersion()
  const sheetWorker = join(out, 'main', 'sheetWorker.js')
  const onLog = (opened: CrashLog): void => void (log = opened)
  // Loading blocks main, and a page that waits for its script shows nothing.
  const started = Promise.race([pageServed, window.loaded])
    .then(() => import('./composeDesktop.ts'))
    .then(({ composeDesktop }) =>
      composeDesktop({
        paths,
        resources,
        sheetWorker,
        appVersion,
        testClock,
        window,
        memory,
        handed,
        onLog,
      }),
    )
  serveMedia(started.then(({ locate }) => locate))
  const page = { origin: PAGE_ORIGIN, contentsId: () => window.current()?.webContents.id ?? null }
  openRouter({ answers: started, isTrusted: (event) => isTrustedSender(event, page) })
  window.show()
  return { window, started }
}
