import { NO_COUNTS } from '../../shared/domain/batch.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import type { Countdown } from '../../shared/domain/whenDone.ts'
import type { TonightView } from '../../shared/domain/views.ts'
import type { EventName, Events } from '../../shared/ipc/events.ts'
import type { CommandId } from '../../shared/ipc/commands.ts'
import type { AppEngine } from '../ipc/appEngine.ts'
import { createAnnouncer, type Announcer } from './announcer.ts'
import { createKeepAwake } from './keepAwake.ts'
import { announce } from './notifications.ts'
import { isWorking, workLeft } from './sentences.ts'
import { createTray, type AppTray, type TrayOptions } from './tray.ts'

export interface PresenceOptions {
  readonly settings: () => Settings
  readonly isWatched: () => boolean
  /** Shows the window and does a command in it. */
  readonly openAt: (command: CommandId) => void
  readonly tray: TrayOptions
  /** The app's icon in the taskbar or dock. */
  readonly icon: AppIcon
  /** A desktop without a place for tray icons. */
  readonly onNoTray: (error: unknown) => void
}

/** @param share 0 to 1; null: nothing is under way */
export interface AppIcon {
  progress(share: number | null): void
  badge(count: number): void
}

/** What the app is outside its window: tray, keep-awake, notifications. Fed by the page's own events. */
export interface Presence {
  /** From now on this engine's state is shown. */
  follow(engine: AppEngine): void
  hear(name: EventName, data: unknown): void
  settingsChanged(): void
  /** There is work that goes on without a window, and a tray to find the app again. */
  shouldStay(): boolean
  close(): void
}

export function createPresence(options: PresenceOptions): Presence {
  const { settings } = options
  const keepAwake = createKeepAwake()
  const showOnIcon = iconProgress(options.icon)
  const tray = trayOrNull(options)
  const announcer = announcerFor(options)
  let engine: AppEngine | null = null
  let tonight: TonightView | null = null
  let countdown: Countdown | null = null
  const show = (): void => {
    tray?.update(tonight, countdown)
    showOnIcon(settings().taskbarProgress ? tonight : null)
    keepAwake.set(settings().keepAwake && tonight !== null && isWorking(tonight))
  }
  const parts: { readonly [E in EventName]?: (data: Events[E]) => void } = {
    'tonight.changed': (next) => {
      tonight = next
      announcer.halted(next.halted)
      show()
    },
    'nights.changed': (nights) => {
      countdown = nights.countdown
      show()
    },
    'batches.changed': ({ rows }) => rows.forEach((row) => announcer.batch(row)),
    'needsYou.changed': ({ count }) => announcer.needsYou(count),
    'asks.changed': (asks) => announcer.asks(asks),
  }
  return {
    follow(opened) {
      engine = opened
      const { queries } = opened
      tonight = queries.tonight()
      announcer.start(known(queries))
      show()
    },
    hear: (name, data) => (parts[name] as ((data: unknown) => void) | undefined)?.(data),
    settingsChanged: show,
    shouldStay: () =>
      tray !== null &&
      settings().closeToTray &&
      workLeft(engine?.queries.counts() ?? NO_COUNTS) > 0,
    close() {
      keepAwake.set(false)
      tray?.remove()
    },
  }
}

const announcerFor = ({ settings, isWatched, openAt }: PresenceOptions): Announcer =>
  createAnnouncer({
    settings: () => settings().notifications,
    isWatched,
    show: ({ screen, ...news }) => announce({ ...news, onClick: () => openAt(`go.${screen}`) }),
  })

/** What is so already when the app begins is no news. */
const known = (queries: AppEngine['queries']): Parameters<Announcer['start']>[0] => ({
  batches: queries.batches({}),
  needsYou: queries.counts().needsYou,
  asks: queries.asks(),
})

/** How far the work is, from the most that was left since there was none. */
function iconProgress(icon: AppIcon): (tonight: TonightView | null) => void {
  let peak = 0
  return (tonight) => {
    const left = tonight === null ? 0 : workLeft(tonight.counts)
    peak = left === 0 ? 0 : Math.max(peak, left)
    icon.progress(left === 0 ? null : 1 - left / peak)
    icon.badge(tonight?.counts.needsYou ?? 0)
  }
}

function trayOrNull({ tray, onNoTray }: PresenceOptions): AppTray | null {
  try {
    return createTray(tray)
  } catch (error) {
    onNoTray(error)
    return null
  }
}
