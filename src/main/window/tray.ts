import { Menu, Tray } from 'electron'
import type { TonightView } from '../../shared/domain/views.ts'
import type { Countdown } from '../../shared/domain/whenDone.ts'
import { countdownText, trayText } from './sentences.ts'

export interface TrayOptions {
  readonly icon: string
  readonly open: () => void
  readonly pauseOrResume: () => void
  readonly quit: () => void
  readonly stopCountdown: () => void
}

/** The icon beside the clock: counts, pause, open, quit. */
export interface AppTray {
  /** @param countdown what is about to be done unless it is stopped */
  update(tonight: TonightView | null, countdown: Countdown | null): void
  remove(): void
}

export function createTray({
  icon,
  open,
  pauseOrResume,
  quit,
  stopCountdown,
}: TrayOptions): AppTray {
  const tray = new Tray(icon)
  tray.on('click', open)
  let shown = ''
  const update = (tonight: TonightView | null, countdown: Countdown | null): void => {
    const text = trayText(tonight)
    const soon = countdown === null ? '' : countdownText(countdown.action)
    if (`${text}${soon}` === shown) return
    shown = `${text}${soon}`
    tray.setToolTip(text)
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: text, enabled: false },
        ...(soon === '' ? [] : [{ label: `${soon}: stop that`, click: stopCountdown }]),
        { type: 'separator' },
        { label: 'Open Dailies', click: open },
        {
          label: tonight?.paused === true ? 'Resume' : 'Pause',
          enabled: tonight !== null,
          click: pauseOrResume,
        },
        { type: 'separator' },
        { label: 'Quit', click: quit },
      ]),
    )
  }
  update(null, null)
  return { update, remove: () => tray.destroy() }
}
