import { app, nativeTheme } from 'electron'
import { commandsUnder } from '../../shared/ipc/shortcuts.ts'
import { CHANNELS } from '../../shared/ipc/api.ts'
import type { CommandId } from '../../shared/ipc/commands.ts'
import type { Notice } from '../../shared/ipc/appInfo.ts'
import type { OpenError } from '../engine.ts'
import type { Result } from '../../shared/domain/result.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import type { AppEngine, AppReads } from '../ipc/appEngine.ts'
import { startDailyOffers } from '../library/dailyOffers.ts'
import { createDispatch, type Dispatch } from '../ipc/dispatch.ts'
import { createDrops, type Drops } from '../ipc/drops.ts'
import { createEngineHost, type EngineHost } from '../ipc/engineHost.ts'
import { publishEngine } from '../ipc/engineEvents.ts'
import { createHandlers } from '../ipc/handlers.ts'
import { createPublisher, type Publisher, type PublishOptions } from '../ipc/publish.ts'
import { appInfo, createNotices, type AppServices, type AppSettings } from '../ipc/services.ts'
import type { CrashLog } from './crashHooks.ts'
import type { HandedFiles } from './handedFiles.ts'
import { readLicences } from './licences.ts'
import { createLocate } from './locateMedia.ts'
import type { MainWindow } from './mainWindow.ts'
import type { LocateMedia } from './mediaProtocol.ts'
import { installMenu } from './menu.ts'
import { createNightDesk, type NightDesk } from './nightDesk.ts'
import { announce } from './notifications.ts'
import { watchPower } from './power.ts'
import { createPresence, type Presence } from './presence.ts'
import { createSystem } from './systemDialogs.ts'
import { systemActs } from './systemActs.ts'
import type { WindowMemory } from './windowMemory.ts'

export interface DesktopOptions {
  readonly open: () => Promise<Result<AppEngine, OpenError>>
  readonly openReader: () => Promise<Result<AppReads, { readonly message: string }>>
  readonly settings: AppSettings & {
    subscribe(listener: (settings: Settings) => void): () => void
  }
  /** Services that know nothing of a window. */
  readonly provided: Pick<
    AppServices,
    | 'keys'
    | 'checkBaseUrl'
    | 'isLocalUrl'
    | 'checkCertificates'
    | 'askFeed'
    | 'sheets'
    | 'redact'
    | 'logLines'
    | 'machine'
    | 'folders'
  >
  /** What went wrong before the window was there. */
  readonly notices: readonly Notice[]
  readonly log: CrashLog
  readonly window: MainWindow
  readonly memory: WindowMemory
  readonly trayIcon: string
  /** Waits of the app's own, shortened by tests. */
  readonly after: (ms: number, fn: () => void) => () => void
  readonly newId: () => string
  /** Files that the app is opened with. */
  readonly handed: HandedFiles
}

/** The running app behind its window. */
export interface Desktop {
  readonly dispatch: Dispatch
  readonly drops: Drops
  readonly locate: LocateMedia
  /** Saves, stops the engine, frees the data folder. */
  close(): Promise<void>
}

/** Puts the app together behind the window, and opens the engine. */
export function startDesktop(options: DesktopOptions): Desktop {
  const { log, window } = options
  let isQuitting = false
  const publisher = buildPublisher(options, (name, event) => {
    window.current()?.webContents.send(CHANNELS.event, name, JSON.stringify(event))
    presence.hear(name, event.data)
  })
  const host = createEngineHost({
    open: options.open,
    openReader: options.openReader,
    onRunning(opened) {
      publishWork(opened, publisher)
      presence.follow(opened)
      nights.follow(opened)
      opened.engine.start({ obeyWindows: true })
    },
    onState: () => publisher.changed('app.changed', () => appInfo(services)),
  })
  const nights = buildNights(options, () => services, host)
  const services = buildServices(options, { host, publisher, nights })
  const presence = buildPresence(options, services)
  window.setCloseRules({
    shouldStay: () => !isQuitting && presence.shouldStay(),
    onHidden: () => tellOfTray(options),
  })
  showMenu(options, publisher)
  followSettings(options, services, presence)
  const watches = watchesOf(options, services)
  options.handed.listen(() => publisher.said('files.handed', null))
  for (const notice of options.notices) services.notices.add(notice)
  void host.open()
  return {
    drops: services.drops,
    locate: createLocate(() => valueOrNull(host.reads())),
    dispatch: createDispatch({
      handlers: createHandlers(services),
      report: (error, route) => log.error({ err: error, route }, 'a request failed'),
    }),
    async close() {
      isQuitting = true
      for (const stop of watches) stop()
      nights.stopCountdown()
      window.current()?.hide()
      await host.close()
      publisher.close()
      presence.close()
    },
  }
}

const watchesOf = (options: DesktopOptions, services: AppServices): readonly (() => void)[] => [
  watchPower({ onChange: () => lookAgain(services) }),
  followOffers(options, services),
]

/** What providers offer, once a day and free. One that does not answer is asked again an hour later. */
const followOffers = (
  { settings, after, log }: DesktopOptions,
  { host, publisher }: AppServices,
): (() => void) =>
  startDailyOffers({
    isOn: () => settings.get().models.refreshDaily,
    async askDue() {
      const works = host.works()
      const asked = works.ok ? await works.value.modelFiles.askDueProviders() : []
      return asked.filter(({ listed }) => listed !== null).length
    },
    onAsked: () => publisher.changed('providers.changed', () => null),
    report: (error) => log.error({ err: error }, 'what providers offer could not be kept'),
    after,
  })

function publishWork({ engine, exports }: AppEngine, publisher: Publisher): void {
  publishEngine(engine, publisher)
  exports.subscribe(() => publisher.changed('exports.changed', () => exports.list()))
}

const valueOrNull = <T>(result: Result<T, unknown>): T | null => (result.ok ? result.value : null)

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

function buildNights(
  { settings, after }: DesktopOptions,
  services: () => AppServices,
  host: EngineHost,
): NightDesk {
  const nights = createNightDesk({
    settings: () => settings.get(),
    host,
    acts: systemActs,
    after,
    onChange: () => services().publisher.changed('nights.changed', () => nights.view()),
    announce: (news) => announce({ ...news, onClick: () => openReport(services()) }),
    onTrouble: (message) => services().notices.add({ id: 'nights', message }),
  })
  return nights
}

function buildServices(
  options: DesktopOptions,
  { host, publisher, nights }: Pick<AppServices, 'host' | 'publisher' | 'nights'>,
): AppServices {
  const services: AppServices = {
    ...options.provided,
    host,
    publisher,
    settings: options.settings,
    system: createSystem(() => options.window.current(), options.trayIcon),
    drops: createDrops({ newId: options.newId, takeHanded: () => options.handed.take() }),
    notices: createNotices(() => publisher.changed('app.changed', () => appInfo(services))),
    versions: {
      version: app.getVersion(),
      electron: process.versions['electron'] ?? '',
      platform: process.platform,
    },
    nights,
    licences: () => readLicences(app.getAppPath()),
    now: Date.now,
    quit: () => app.quit(),
  }
  return services
}

function buildPresence(
  { settings, trayIcon, log, window }: DesktopOptions,
  { host, publisher, nights }: AppServices,
): Presence {
  const open = (): void => window.show()
  return createPresence({
    settings: () => settings.get(),
    isWatched: () => window.current()?.isFocused() === true,
    openAt: (command) => chooseIn(window, publisher, command),
    tray: {
      icon: trayIcon,
      open,
      quit: () => app.quit(),
      stopCountdown: () => nights.stopCountdown(),
      pauseOrResume() {
        const works = host.works()
        if (!works.ok) return open()
        const { queries, commands } = works.value.engine
        void (queries.tonight().paused
          ? commands.resume({ all: true })
          : commands.pause({ all: true }))
      },
    },
    icon: {
      progress: (share) => window.current()?.setProgressBar(share ?? -1),
      badge: (count) => void app.setBadgeCount(count),
    },
    onNoTray: (error) => log.error({ err: error }, 'no tray on this desktop'),
  })
}

/** A command belongs to the page; a window that was closed is opened for it. */
function chooseIn(window: MainWindow, publisher: Publisher, id: CommandId): void {
  window.show()
  publisher.said('command.chosen', id)
}

/** The night plan, the power or the clock may have changed. */
function lookAgain({ host, publisher }: AppServices): void {
  const works = host.works()
  if (!works.ok) return
  const { engine } = works.value
  engine.look()
  publisher.mayHaveChanged('tonight.changed', () => engine.queries.tonight())
}

/** From the notification: the page with the figures, in the browser. */
function openReport({ nights, system, notices }: AppServices): void {
  const path = nights.view().lastEnd?.reportPath ?? null
  if (path === null) return
  void system.openFolder(path).then((problem) => {
    if (problem !== null) notices.add({ id: 'nights', message: `The report is at ${path}.` })
  })
}

/** The menu under the person's own keys, built again when those change. */
function showMenu({ settings, window }: DesktopOptions, publisher: Publisher): void {
  let shown: Settings['shortcuts'] | null = null
  const show = ({ shortcuts }: Settings): void => {
    if (shown === shortcuts) return
    shown = shortcuts
    installMenu(commandsUnder(shortcuts), (id) => chooseIn(window, publisher, id))
  }
  show(settings.get())
  settings.subscribe(show)
}

function followSettings(
  { settings, memory }: DesktopOptions,
  services: AppServices,
  presence: Presence,
): void {
  const applyTheme = ({ appearance: { theme } }: Settings): void => {
    nativeTheme.themeSource = theme
    memory.set({ theme })
  }
  applyTheme(settings.get())
  settings.subscribe((changed) => {
    applyTheme(changed)
    presence.settingsChanged()
    services.publisher.changed('settings.changed', () => settings.get())
    lookAgain(services)
  })
}

/** Once: the window is closed, the work goes on, and where to find it. */
function tellOfTray({ settings, log }: DesktopOptions): void {
  if (settings.get().seen.trayNotice) return
  settings
    .set({ seen: { trayNotice: true } })
    .catch((error: unknown) => log.error({ err: error }, 'the settings could not be written'))
  const body = 'The queue goes on. Open the window or quit from the icon beside the clock.'
  const isShown = announce({ title: 'Dailies is still running', body })
  if (!isShown) log.error({}, 'this desktop shows no notifications')
}
