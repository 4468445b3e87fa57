import { app, nativeTheme } from 'electron'
import { CHANNELS } from '../../shared/ipc/api.ts'
import type { CommandId } from '../../shared/ipc/commands.ts'
import type { AppInfo } from '../../shared/ipc/appInfo.ts'
import type { OpenError } from '../engine.ts'
import type { Result } from '../../shared/domain/result.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import type { AppEngine, AppReads } from '../ipc/appEngine.ts'
import { createDispatch } from '../ipc/dispatch.ts'
import { createDrops } from '../ipc/drops.ts'
import { createEngineHost, type EngineHost } from '../ipc/engineHost.ts'
import { publishEngine } from '../ipc/engineEvents.ts'
import { createHandlers } from '../ipc/handlers.ts'
import { createPublisher, type Publisher, type PublishOptions } from '../ipc/publish.ts'
import { openRouter } from '../ipc/router.ts'
import { appInfo, createNotices, type AppServices, type AppSettings } from '../ipc/services.ts'
import { isTrustedSender } from '../ipc/validateSender.ts'
import { reloadCrashedPage, type CrashLog } from './crashHooks.ts'
import { guardSession } from './guards.ts'
import { createLocate } from './locateMedia.ts'
import { createMainWindow, type MainWindow } from './mainWindow.ts'
import { serveMedia } from './mediaProtocol.ts'
import { installMenu } from './menu.ts'
import { announce } from './notifications.ts'
import { PAGE_ORIGIN, servePage } from './pageProtocol.ts'
import { createPresence, type Presence } from './presence.ts'
import { createSystem } from './systemDialogs.ts'
import { openWindowMemory } from './windowState.ts'

export interface DesktopOptions {
  readonly open: () => Promise<Result<AppEngine, OpenError>>
  readonly openReader: () => Promise<Result<AppReads, { readonly message: string }>>
  readonly settings: AppSettings & {
    readonly notice: string | null
    subscribe(listener: (settings: Settings) => void): () => void
  }
  readonly log: CrashLog
  readonly folders: () => Pick<AppInfo, 'dataDir' | 'outDir' | 'logsDir'>
  /** Where the built page, the preload and the icons lie. */
  readonly files: {
    readonly page: string
    readonly preload: string
    readonly icon: string
    readonly trayIcon: string
  }
  readonly newId: () => string
}

/** The running app. */
export interface Desktop {
  /** Brings the window to the front, e.g. because the app was started a second time. */
  show(): void
  /** Saves, stops the engine, frees the data folder. */
  close(): Promise<void>
}

/** Puts the app together once Electron is ready, and opens engine and window side by side. */
export function startDesktop(options: DesktopOptions): Desktop {
  const { settings, files } = options
  let isQuitting = false
  const window = createMainWindow({
    preload: files.preload,
    icon: files.icon,
    memory: openWindowMemory(options.folders().dataDir),
    shouldStay: () => !isQuitting && presence.shouldStay(),
    onHidden: () => tellOfTray(options),
    onOpened: (contents) => reloadCrashedPage(contents, options.log),
  })
  const publisher = buildPublisher(options, (name, event) => {
    window.current()?.webContents.send(CHANNELS.event, name, event)
    presence.hear(name, event.data)
  })
  const host = createEngineHost({
    open: options.open,
    openReader: options.openReader,
    onRunning(opened) {
      publishEngine(opened.engine, publisher)
      presence.follow(opened)
      opened.engine.start({ obeyWindows: true })
    },
    onState: () => publisher.changed('app.changed', () => appInfo(services)),
  })
  const services = buildServices(options, { host, publisher, window })
  const presence = buildPresence(options, { host, publisher, window })
  serve(options, services, window)
  installMenu((id) => chooseIn(window, publisher, id))
  followSettings(options, publisher, presence)
  if (settings.notice !== null) services.notices.add({ id: 'settings', message: settings.notice })
  window.show()
  void host.open()
  return {
    show: () => window.show(),
    async close() {
      isQuitting = true
      window.current()?.hide()
      await host.close()
      publisher.close()
      presence.close()
    },
  }
}

const buildPublisher = ({ log }: DesktopOptions, send: PublishOptions['send']): Publisher =>
  createPublisher({
    send,
    now: Date.now,
    schedule(run, afterMs) {
      const timer = setTimeout(run, afterMs)
      return () => clearTimeout(timer)
    },
    report: (error, name) => log.error({ err: error, event: name }, 'an event could not be made'),
  })

interface Parts {
  readonly host: EngineHost
  readonly publisher: Publisher
  readonly window: MainWindow
}

function buildServices(options: DesktopOptions, { host, publisher, window }: Parts): AppServices {
  const services: AppServices = {
    host,
    publisher,
    settings: options.settings,
    system: createSystem(() => window.current()),
    drops: createDrops(options.newId),
    notices: createNotices(() => publisher.changed('app.changed', () => appInfo(services))),
    folders: options.folders,
    versions: {
      version: app.getVersion(),
      electron: process.versions['electron'] ?? '',
      platform: process.platform,
    },
    now: Date.now,
    quit: () => app.quit(),
  }
  return services
}

function buildPresence(
  { settings, files, log }: DesktopOptions,
  { host, publisher, window }: Parts,
): Presence {
  const open = (): void => window.show()
  return createPresence({
    settings: () => settings.get(),
    isWatched: () => window.current()?.isFocused() === true,
    openAt: (command) => chooseIn(window, publisher, command),
    tray: {
      icon: files.trayIcon,
      open,
      quit: () => app.quit(),
      pauseOrResume() {
        const works = host.works()
        if (!works.ok) return open()
        const { queries, commands } = works.value.engine
        void (queries.tonight().paused
          ? commands.resume({ all: true })
          : commands.pause({ all: true }))
      },
    },
    onNoTray: (error) => log.error({ err: error }, 'no tray on this desktop'),
  })
}

/** Opens the two schemes and the two channels to the page, and closes everything else. */
function serve(options: DesktopOptions, services: AppServices, window: MainWindow): void {
  const { log, files } = options
  guardSession()
  servePage(files.page)
  serveMedia(
    createLocate(() => {
      const reads = services.host.reads()
      return reads.ok ? reads.value : null
    }),
  )
  const page = { origin: PAGE_ORIGIN, contentsId: () => window.current()?.webContents.id ?? null }
  openRouter({
    dispatch: createDispatch({
      handlers: createHandlers(services),
      report: (error, route) => log.error({ err: error, route }, 'a request failed'),
    }),
    drops: services.drops,
    isTrusted: (event) => isTrustedSender(event, page),
  })
}

/** A command belongs to the page; a window that was closed is opened for it. */
function chooseIn(window: MainWindow, publisher: Publisher, id: CommandId): void {
  window.show()
  publisher.said('command.chosen', id)
}

function followSettings(
  { settings }: DesktopOptions,
  publisher: Publisher,
  presence: Presence,
): void {
  nativeTheme.themeSource = settings.get().appearance.theme
  settings.subscribe((changed) => {
    nativeTheme.themeSource = changed.appearance.theme
    presence.settingsChanged()
    publisher.changed('settings.changed', () => settings.get())
  })
}

/** Once: the window is closed, the work goes on, and where to find it. */
function tellOfTray({ settings, log }: DesktopOptions): void {
  if (settings.get().seen.trayNotice) return
  settings.set({ seen: { trayNotice: true } })
  const body = 'The queue goes on. Open the window or quit from the icon beside the clock.'
  const isShown = announce({ title: 'Dailies is still running', body })
  if (!isShown) log.error({}, 'this desktop shows no notifications')
}
