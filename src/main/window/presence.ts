import { NO_COUNTS } from '../../shared/domain/batch.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import type { TonightView } from '../../shared/domain/views.ts'
import type { EventName, Events } from '../../shared/ipc/events.ts'
import type { CommandId } from '../../shared/ipc/commands.ts'
import type { AppEngine } from '../ipc/appEngine.ts'
import { createAnnouncer } from './announcer.ts'
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
  /** A desktop without a place for tray icons. */
  readonly onNoTray: (error: unknown) => void
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
  const { settings, isWatched, openAt } = options
  const keepAwake = createKeepAwake()
  const tray = trayOrNull(options)
  const announcer = createAnnouncer({
    settings: () => settings().notifications,
    isWatched,
    show: ({ title, body, screen }) =>
      announce({ title, body, onClick: () => openAt(`go.${screen}`) }),
  })
  let engine: AppEngine | null = null
  let tonight: TonightView | null = null
  const show = (): void => {
    tray?.update(tonight)
    keepAwake.set(settings().keepAwake && tonight !== null && isWorking(tonight))
  }
  const parts: { readonly [E in EventName]?: (data: Events[E]) => void } = {
    'tonight.changed': (next) => {
      tonight = next
      show()
    },
    'batches.changed': ({ rows }) => rows.forEach((row) => announcer.batch(row)),
    'needsYou.changed': ({ count }) => announcer.needsYou(count),
  }
  return {
    follow(opened) {
      engine = opened
      const { queries } = opened
      tonight = queries.tonight()
      announcer.start({ batches: queries.batches({}), needsYou: queries.needsYou().length })
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

function trayOrNull({ tray, onNoTray }: PresenceOptions): AppTray | null {
  try {
    return createTray(tray)
  } catch (error) {
    onNoTray(error)
    return null
  }
}
